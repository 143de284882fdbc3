import type { Days } from "./resale-calls.ts";

/** Spans that have a name, in the order in which they are offered. */
export const NAMED_DAYS = ["month", "lastMonth", "quarter", "year"] as const;

/** One of {@link NAMED_DAYS}. */
export type NamedDays = (typeof NAMED_DAYS)[number];

const DAY_MS = 86_400_000;
const QUARTER_DAYS = 90;
const YEAR_DAYS = 365;

/** The days that a name means today, in UTC as the books count them. */
export function daysOf(name: NamedDays, nowMs: number): Days {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const back = (days: number) => ({ from: dayOf(nowMs - (days - 1) * DAY_MS), to: dayOf(nowMs) });
  switch (name) {
    case "month":
      return { from: dayOf(Date.UTC(year, month, 1)), to: dayOf(nowMs) };
    case "lastMonth":
      return { from: dayOf(Date.UTC(year, month - 1, 1)), to: dayOf(Date.UTC(year, month, 0)) };
    case "quarter":
      return back(QUARTER_DAYS);
    case "year":
      return back(YEAR_DAYS);
  }
}

/** How many days a span has; 0 or less when it ends before it begins, and NaN for what are no days. */
export function countDays({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}

/** The day before one, `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  return dayOf(Date.parse(day) - DAY_MS);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, "2026-11-22".length);
}
