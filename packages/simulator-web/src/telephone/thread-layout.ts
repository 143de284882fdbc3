import type { ThreadEntry } from "../state/page-state.ts";

/** A chat as it is drawn: days, and bubbles of which the first of a run has a tail. */
export type ThreadRow =
  | { kind: "day"; key: string; at: string }
  | { kind: "bubble"; key: string; entry: ThreadEntry; tail: boolean };

/** Lays out one chat; `dayOf` gives the reader's calendar day of an ISO time. */
export function layOutThread(
  entries: readonly ThreadEntry[],
  dayOf: (at: string) => string = localDay,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = "";
  let direction = "";
  for (const entry of entries) {
    const { id, at } = entry.item;
    if (dayOf(at) !== day) {
      day = dayOf(at);
      direction = "";
      rows.push({ kind: "day", key: `day ${day} ${id}`, at });
    }
    rows.push({ kind: "bubble", key: id, entry, tail: entry.item.direction !== direction });
    direction = entry.item.direction;
  }
  return rows;
}

/** Days between an ISO time and now in the reader's calendar: 0 today, 1 yesterday. */
export function daysAgo(at: string, now: Date = new Date()): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now).getTime() - midnight(new Date(at)).getTime()) / 86_400_000);
}

function localDay(at: string): string {
  return new Date(at).toDateString();
}
