import type { ConversationRow } from "@recado/contract/console/inbox";
import type { Desk } from "../state/desk.ts";

/** Conversations that one action may name; the server takes no more. */
const TICKED_MAX = 200;
/** Where a range begins: the row that was ticked last. */
let anchor: string | null = null;

/** Ticks or unticks a row; with `isRange` all between it and the one before. */
export function tickRows(
  desk: Desk,
  rows: readonly ConversationRow[],
  { id, isRange }: { id: string; isRange: boolean },
): void {
  const from = rows.findIndex((row) => row.id === (isRange ? anchor : id));
  const to = rows.findIndex((row) => row.id === id);
  anchor = id;
  desk.selected.update((ticked) => {
    const next = new Map(ticked);
    const row = rows[to];
    if (!isRange || from < 0) {
      if (!next.delete(id) && row !== undefined) next.set(id, row);
    } else {
      const [low, high] = from < to ? [from, to] : [to, from];
      for (const one of rows.slice(low, high + 1)) if (!next.has(one.id)) next.set(one.id, one);
    }
    return new Map([...next].slice(0, TICKED_MAX));
  });
}
