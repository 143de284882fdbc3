import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** A provider's post, verified and not yet read. */
export interface NewJournalRow {
  accountId: string;
  /** UUIDv7; the order in which posts are read. */
  id: string;
  appId: string;
  provider: string;
  body: Buffer;
  receivedAt: Date;
}

/** Stores posts as they came; after the commit they may be answered 200. */
export async function insertJournal(sql: Queryable, rows: readonly NewJournalRow[]): Promise<void> {
  await sql.query({
    name: "insert-journal",
    text: `insert into journal (account_id, id, app_id, provider, body, received_at)
           select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::timestamptz[])`,
    values: [
      rows.map((row) => row.accountId),
      rows.map((row) => row.id),
      rows.map((row) => row.appId),
      rows.map((row) => row.provider),
      rows.map((row) => row.body),
      rows.map((row) => row.receivedAt),
    ],
  });
}

/** Accounts with posts to read, found by jumping from one to the next in the index. */
export async function findJournalAccounts(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-journal-accounts",
    text: `with recursive jump as (
             (select account_id from journal where state = 'new' order by account_id limit 1)
             union all
             select next.account_id from jump cross join lateral (
               select j.account_id from journal j
               where j.state = 'new' and j.account_id > jump.account_id
               order by j.account_id limit 1
             ) next
           )
           select account_id from jump`,
  });
  return rows.map((row) => row.account_id);
}

/** Takes a lane of an account for this transaction; false while another process has it. */
export async function lockLane(sql: Queryable, accountId: string, lane: string): Promise<boolean> {
  await sql.query({
    name: "insert-lane-lock",
    text: "insert into lane_locks (account_id, lane) values ($1, $2) on conflict do nothing",
    values: [accountId, lane],
  });
  const { rowCount } = await sql.query({
    name: "lock-lane",
    text: "select from lane_locks where account_id = $1 and lane = $2 for update skip locked",
    values: [accountId, lane],
  });
  return rowCount === 1;
}

/** A post to read. */
export interface JournalRow {
  accountId: string;
  id: string;
  appId: string;
  provider: string;
  body: Buffer;
  receivedAt: Date;
}

/** How much is read together. */
export interface JournalSlice {
  countMax: number;
  /** No further post is read once those before it have so many bytes. */
  bytesMax: number;
}

/** Bytes of a post that is fetched at once; the few that are larger are fetched when it is known how many there may be. */
const LARGE_BYTES = 64 * 1024;

/** The next posts of an account, in the order in which they came; one at least, whatever its size. */
export async function findNewJournal(
  sql: Queryable,
  accountId: string,
  { countMax, bytesMax }: JournalSlice,
): Promise<JournalRow[]> {
  const { rows } = await sql.query<NewRow>({
    name: "find-new-journal",
    // A body's length stands beside it: none is fetched for being measured.
    text: `select id, app_id, provider, received_at, octet_length(body) as bytes,
             case when octet_length(body) <= $3 then body end as body
           from journal where account_id = $1 and state = 'new' order by id limit $2`,
    values: [accountId, countMax, LARGE_BYTES],
  });
  let bytes = 0;
  const taken = rows.filter((row) => {
    const isTaken = bytes < bytesMax;
    bytes += row.bytes;
    return isTaken;
  });
  const large = taken.filter((row) => row.body === null).map((row) => row.id);
  const bodies = large.length > 0 ? await findBodies(sql, accountId, large) : null;
  return taken.flatMap((row) => {
    const body = row.body ?? bodies?.get(row.id);
    if (body === undefined) return [];
    const { id, app_id: appId, provider, received_at: receivedAt } = row;
    return [{ accountId, id, appId, provider, body, receivedAt }];
  });
}

interface NewRow {
  id: string;
  app_id: string;
  provider: string;
  received_at: Date;
  bytes: number;
  /** Null: larger than {@link LARGE_BYTES}. */
  body: Buffer | null;
}

async function findBodies(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const { rows } = await sql.query<{ id: string; body: Buffer }>({
    name: "find-journal-bodies",
    text: "select id, body from journal where account_id = $1 and id = any($2::uuid[])",
    values: [accountId, ids],
  });
  return new Map(rows.map(({ id, body }) => [id, body]));
}

/** Whether there may be more than what was read with {@link findNewJournal}. */
export function isJournalLeft(rows: readonly JournalRow[], slice: JournalSlice): boolean {
  const bytes = rows.reduce((sum, row) => sum + row.body.length, 0);
  return rows.length === slice.countMax || bytes >= slice.bytesMax;
}

/** What reading a post came to. */
export interface JournalEnd {
  id: string;
  state: "done" | "failed" | "anomalous";
  items: number;
  /** What was kept and named but not acted upon, by name. */
  ignored: Record<string, number> | null;
  error: string | null;
}

/** Writes down what reading posts came to. */
export async function updateJournal(
  sql: Queryable,
  accountId: string,
  ends: { at: Date; rows: readonly JournalEnd[] },
): Promise<void> {
  await sql.query({
    name: "update-journal",
    text: `with ends as materialized (
             select $1::uuid as account_id, r.*
             from json_to_recordset($2) as r(id uuid, state text, items int, ignored jsonb, error text)
           )
           update journal j set state = r.state, items = r.items, ignored = r.ignored, error = r.error,
             processed_at = $3
           from ends r where j.account_id = r.account_id and j.id = r.id`,
    values: [accountId, formatJson(ends.rows), ends.at],
  });
}

/** Age of the oldest post that nobody has read, in milliseconds; 0 when there is none. */
export async function findJournalLagMs(sql: Queryable, now: Date): Promise<number> {
  const { rows } = await sql.query<{ lag: number | null }>({
    name: "find-journal-lag",
    // The oldest of each account, by one step in the index: ids grow with the time of arrival.
    text: `with recursive jump as (
               (select account_id, received_at from journal where state = 'new' order by account_id, id limit 1)
               union all
               select next.account_id, next.received_at from jump cross join lateral (
                 select j.account_id, j.received_at from journal j
                 where j.state = 'new' and j.account_id > jump.account_id
                 order by j.account_id, j.id limit 1
               ) next
             )
             select (extract(epoch from $1 - min(received_at)) * 1000)::float8 as lag from jump`,
    values: [now],
  });
  return Math.max(0, rows[0]?.lag ?? 0);
}

/** Marks the place to which {@link undoItem} returns: what one item of a post does can be undone alone. */
export async function beginItem(sql: Queryable): Promise<void> {
  await sql.query("savepoint item");
}

/** Keeps what was done since {@link beginItem}. */
export async function keepItem(sql: Queryable): Promise<void> {
  await sql.query("release savepoint item");
}

/** Undoes what was done since {@link beginItem}. */
export async function undoItem(sql: Queryable): Promise<void> {
  await sql.query("rollback to savepoint item");
}

/** How many things an account's providers have told it, and it has read. */
export async function countJournalItems(sql: Queryable, accountId: string): Promise<number> {
  const { rows } = await sql.query<{ items: number }>(
    "select coalesce(sum(items), 0)::int as items from journal where account_id = $1",
    [accountId],
  );
  return rows[0]?.items ?? 0;
}
