import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import { openCursor, refuseCursor } from "../accounts/page.ts";
import { isUuid } from "../platform/ids.ts";
import type { Queryable } from "../storage/connect.ts";
import { type ItemSlice, listItemEvents, listItemNotes } from "../storage/thread-items.ts";
import { findPlace, listPlacedMessages } from "../storage/thread-places.ts";
import { loadItems } from "./load-items.ts";

/** Which part of which thread. */
export interface ThreadWish {
  accountId: string;
  contactId: string;
  channelId: string;
  limit: number;
  cursor?: string | undefined;
  /** A page with this item in its middle. */
  around?: string | undefined;
  /** Up to which number of the log it is true: read before. */
  version: number;
  nowMs: number;
}

/** Items, oldest first. */
export interface ThreadPart {
  items: ThreadItem[];
  /** To what is older; null: nothing is. */
  nextCursor: string | null;
  /** To what is newer; null: nothing is, or nobody asked. */
  newerCursor: string | null;
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** A part of a thread, from its end backwards unless the wish says otherwise. */
export async function loadThread(sql: Queryable, wish: ThreadWish): Promise<ThreadPart> {
  if (wish.around !== undefined) return loadAround(sql, wish, wish.around);
  const place = wish.cursor === undefined ? { before: HIGHEST } : openPlace(wish.cursor);
  if ("after" in place) {
    const newer = await readSide(sql, wish, {
      order: "oldest",
      after: place.after,
      limit: wish.limit,
    });
    return { items: newer.items, nextCursor: null, newerCursor: newer.cursor };
  }
  const { before } = place;
  const older = await readSide(sql, wish, { order: "newest", before, limit: wish.limit });
  return { items: older.items, nextCursor: older.cursor, newerCursor: null };
}

async function loadAround(sql: Queryable, wish: ThreadWish, id: string): Promise<ThreadPart> {
  const half = Math.ceil(wish.limit / 2);
  const place = (await findPlace(sql, wish.accountId, id)) ?? id;
  // The bound is exclusive, and the item itself is wanted: the last place before it that there can be.
  const before = nextId(place);
  const [older, newer] = await Promise.all([
    readSide(sql, wish, { order: "newest", before, limit: half }),
    readSide(sql, wish, { order: "oldest", after: place, limit: half }),
  ]);
  const items = [...older.items, ...newer.items];
  return { items, nextCursor: older.cursor, newerCursor: newer.cursor };
}

type Side = { limit: number } & (
  | { order: "newest"; before: string }
  | { order: "oldest"; after: string }
);

/** One more than asked for is read of each source, to know whether there is more. */
async function readSide(
  sql: Queryable,
  wish: ThreadWish,
  side: Side,
): Promise<{ items: ThreadItem[]; cursor: string | null }> {
  const { accountId, contactId, channelId, version, nowMs } = wish;
  const bounds =
    side.order === "newest"
      ? { after: LOWEST, before: side.before }
      : { after: side.after, before: HIGHEST };
  const slice: ItemSlice = {
    ...{ accountId, contactId, channelId, ...bounds },
    ...{ order: side.order, limit: side.limit + 1 },
  };
  const [messages, notes, events] = await Promise.all([
    listPlacedMessages(sql, slice),
    listItemNotes(sql, slice),
    listItemEvents(sql, slice),
  ]);
  const placed = [...messages, ...[...notes, ...events].map(({ id }) => ({ id, place: id }))];
  placed.sort((left, right) => (left.place < right.place ? -1 : 1));
  if (side.order === "newest") placed.reverse();
  const page = placed.slice(0, side.limit);
  const kept = new Set(page.map(({ id }) => id));
  const loaded = await loadItems(sql, {
    ...{ accountId, version, nowMs },
    messageIds: messages.flatMap(({ id }) => (kept.has(id) ? [id] : [])),
    notes: notes.filter(({ id }) => kept.has(id)),
    events: events.filter(({ id }) => kept.has(id)),
  });
  const last = page.at(-1);
  const cursor = placed.length > side.limit && last ? sealPlace(side.order, last.place) : null;
  const items = page.flatMap(({ id }) => loaded.get(id) ?? []);
  return { items: side.order === "newest" ? items.reverse() : items, cursor };
}

function sealPlace(order: Side["order"], place: string): string {
  const parts = [order === "newest" ? "before" : "after", place];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function openPlace(cursor: string): { before: string } | { after: string } {
  const [side, place = ""] = openCursor(cursor);
  if (!isUuid(place)) return refuseCursor();
  if (side === "after") return { after: place };
  return side === "before" ? { before: place } : refuseCursor();
}

/** The smallest id after this one. */
function nextId(id: string): string {
  const value = BigInt(`0x${id.replaceAll("-", "")}`) + 1n;
  const hex = (value > MAX ? MAX : value).toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}

const MAX = (1n << 128n) - 1n;
