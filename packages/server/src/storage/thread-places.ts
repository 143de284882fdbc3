import { PLACE_AFTER_ID_MAX_MS, PLACE_BEFORE_ID_MAX_MS } from "../domain/thread-place.ts";
import { idTimeMs, lowestIdAt } from "../platform/ids.ts";
import type { Queryable } from "./connect.ts";
import type { ItemSlice } from "./thread-items.ts";

/** A message, and where it stands in its thread. */
export interface PlacedMessage {
  id: string;
  place: string;
}

/** Which messages of a thread. */
export interface PlacedSlice extends ItemSlice {
  /** Only of this project; absent or null: of all. */
  projectId?: string | null;
  /** Reactions as well; absent: a reaction belongs to its message, and only what is an item of its own is listed. */
  withReactions?: boolean;
}

/**
 * The messages of a slice, by place from the slice's end on. The index is by id, and a place lies near its id: as many as are
 * wanted are read by id first, and then whatever may stand among them.
 */
export async function listPlacedMessages(
  sql: Queryable,
  slice: PlacedSlice,
): Promise<PlacedMessage[]> {
  const near = sortPlaced(await readNear(sql, slice), slice.order);
  const edge = near[slice.limit - 1];
  if (edge === undefined) return near;
  return readBetween(sql, slice, edge.place);
}

/** Where an item of the account stands; null: it is no message. */
export async function findPlace(
  sql: Queryable,
  accountId: string,
  messageId: string,
): Promise<string | null> {
  const { rows } = await sql.query<{ place: string }>({
    name: "find-place",
    text: "select coalesce(place, id) as place from messages where account_id = $1 and id = $2",
    values: [accountId, messageId],
  });
  return rows[0]?.place ?? null;
}

/** For each address as many as the slice has room for, by id. */
async function readNear(sql: Queryable, slice: PlacedSlice): Promise<PlacedMessage[]> {
  const { after, before, order, limit } = slice;
  const direction = order === "newest" ? "desc" : "asc";
  const { rows } = await sql.query<PlacedMessage>({
    name: `list-near-messages-${direction}`,
    text: `select m.id, m.place from contact_addresses a
           cross join lateral (
             select m.id, coalesce(m.place, m.id) as place from messages m where ${MATCHES}
               and coalesce(m.place, m.id) > $8 and coalesce(m.place, m.id) < $9
             order by m.id ${direction} limit $10
           ) m
           where a.account_id = $1 and a.contact_id = $2`,
    values: [...valuesOf(slice), ...idsOf({ after, before }), after, before, limit],
  });
  return rows;
}

/** What stands from the slice's end on, up to and with the place of one of its messages. */
async function readBetween(
  sql: Queryable,
  slice: PlacedSlice,
  edge: string,
): Promise<PlacedMessage[]> {
  const { order, limit } = slice;
  const direction = order === "newest" ? "desc" : "asc";
  const after = order === "newest" ? edge : slice.after;
  const before = order === "newest" ? slice.before : edge;
  const { rows } = await sql.query<PlacedMessage>({
    name: `list-placed-messages-${direction}`,
    text: `select m.id, coalesce(m.place, m.id) as place from contact_addresses a
           join messages m on ${MATCHES}
           where a.account_id = $1 and a.contact_id = $2 and (coalesce(m.place, m.id) = $11
             or coalesce(m.place, m.id) > $8 and coalesce(m.place, m.id) < $9)
           order by 2 ${direction} limit $10`,
    values: [...valuesOf(slice), ...idsOf({ after, before }), after, before, limit, edge],
  });
  return rows;
}

const MATCHES = `m.account_id = a.account_id and m.mobile = a.value and m.channel_id = $3
  and ($4::uuid is null or m.project_id = $4) and ($5::boolean or m.kind <> 'reaction')
  and m.id > $6::uuid and m.id < $7::uuid`;

function valuesOf({ accountId, contactId, channelId, ...only }: PlacedSlice): unknown[] {
  const { projectId = null, withReactions = false } = only;
  return [accountId, contactId, channelId, projectId, withReactions];
}

/** Between which ids everything is whose place lies between two others. */
function idsOf({ after, before }: { after: string; before: string }): [string, string] {
  const highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  return [
    lowestIdAt(idTimeMs(after) - PLACE_AFTER_ID_MAX_MS),
    before === highest ? before : lowestIdAt(idTimeMs(before) + PLACE_BEFORE_ID_MAX_MS + 1),
  ];
}

function sortPlaced(rows: PlacedMessage[], order: ItemSlice["order"]): PlacedMessage[] {
  const sorted = rows.sort((left, right) => (left.place < right.place ? -1 : 1));
  return order === "newest" ? sorted.reverse() : sorted;
}
