import { isUuid } from "../platform/ids.ts";
import type { Slice } from "../storage/accounts.ts";
import { refuseField } from "./check-fields.ts";

/** Which page of a list a caller wants. */
export interface PageRequest {
  /** Rows at most. */
  limit: number;
  /** The `nextCursor` of the page before; absent: the first page. */
  cursor?: string | undefined;
}

/** A page of a list. */
export interface Page<Row> {
  items: Row[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * Reads one page of rows that are listed by descending id. One row more than asked for is read, to know
 * whether there is a next page. Refuses a cursor that this list did not give.
 */
export async function readPage<Row extends { id: string }>(
  request: PageRequest,
  read: (slice: Slice) => Promise<Row[]>,
): Promise<Page<Row>> {
  const before = request.cursor === undefined ? null : (openCursor(request.cursor)[0] ?? null);
  if (before !== null && !isUuid(before)) refuseCursor();
  const rows = await read({ before, limit: request.limit + 1 });
  return cutPage(rows, request.limit, (row) => [row.id]);
}

/** Cuts the row that was read too many, and points at the last one that stays. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly string[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? sealCursor(placeOf(last)) : null,
  };
}

/** The parts of a cursor. Refuses what is not one. */
export function openCursor(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parts) &&
      parts.length > 0 &&
      parts.every((part) => typeof part === "string")
    ) {
      return parts;
    }
  } catch {
    // Refused below like any other cursor that is not ours.
  }
  return refuseCursor();
}

/** Refuses a cursor. */
export function refuseCursor(): never {
  return refuseField("cursor", "is not one that this list gave; begin without one");
}

function sealCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}
