import type { Queryable } from "./connect.ts";

/*
 * Whoever follows the accounts' logs of events notes here how far it came. The row's lock is the right to go on: one process
 * at a time follows an account for one purpose, and what it derives is committed together with its new place.
 */

/** What a log is followed for. */
export type Follower = "search" | "work";

/** How far one has come in an account. */
export interface FollowerPlace {
  accountId: string;
  /** Number of the last event that was followed. */
  seq: bigint;
  /**
   * Up to which contact, and message, everything is made anew; null: nothing is. Whoever begins with the first event has a
   * `messagesAfter` until it has caught up, and no lag before.
   */
  contactsAfter: string | null;
  messagesAfter: string | null;
}

/** Before every id. */
export const LOWEST_ID = "00000000-0000-0000-0000-000000000000";

/** Accounts whose log reaches further than it was followed, in an order that changes. */
export async function listBehind(
  sql: Queryable,
  follower: Follower,
  countMax: number,
): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "list-behind",
    text: `select c.account_id from counters c
           left join log_followers f on f.account_id = c.account_id and f.follower = $1
           where f.account_id is null or f.seq < c.event_seq
             or f.contacts_after is not null or f.messages_after is not null
           order by random() limit $2`,
    values: [follower, countMax],
  });
  return rows.map((row) => row.account_id);
}

/** What a new follower of an account begins with. */
export interface FollowerStart {
  accountId: string;
  follower: Follower;
  /** `all`: with the first event; `rows`: everything is made of the rows there are, and followed from now on. */
  from: "all" | "rows";
}

/** Takes the right to follow an account until the transaction ends; null: another process has it. */
export async function lockFollower(
  sql: Queryable,
  start: FollowerStart,
): Promise<FollowerPlace | null> {
  await insertFollower(sql, start);
  const { rows } = await sql.query<FollowerPlace>({
    name: "lock-follower",
    text: `select account_id as "accountId", seq, contacts_after as "contactsAfter",
             messages_after as "messagesAfter"
           from log_followers where account_id = $1 and follower = $2 for update skip locked`,
    values: [start.accountId, start.follower],
  });
  return rows[0] ?? null;
}

/**
 * Keeps a follower from going on in an account until the transaction ends, and waits for what it is at. For whoever takes
 * away what it reads: it has not read it, or it has written down what it read.
 */
export async function holdFollower(
  sql: Queryable,
  accountId: string,
  follower: Follower,
): Promise<void> {
  await insertFollower(sql, { accountId, follower, from: "rows" });
  await sql.query("select from log_followers where account_id = $1 and follower = $2 for update", [
    accountId,
    follower,
  ]);
}

/** Notes a place. */
export async function updateFollower(
  sql: Queryable,
  follower: Follower,
  place: FollowerPlace,
): Promise<void> {
  await sql.query({
    name: "update-follower",
    text: `update log_followers set seq = $3, contacts_after = $4, messages_after = $5
           where account_id = $1 and follower = $2`,
    values: [place.accountId, follower, place.seq, place.contactsAfter, place.messagesAfter],
  });
}

/** An event as followers look at it. */
export interface FollowedEvent {
  seq: bigint;
  id: string;
  kind: string;
  at: Date;
  messageId: string | null;
  projectId: string | null;
  /** What it carries, without the body that integrators are told. */
  data: Record<string, unknown>;
}

/** A stretch of an account's log. */
export interface LogStretch {
  accountId: string;
  after: bigint;
  kinds: readonly string[];
  /** Events of any kind to go past at most. */
  countMax: number;
}

/** Events of some kinds in a stretch of the log, and how far it reaches. */
export async function readStretch(
  sql: Queryable,
  stretch: LogStretch,
): Promise<{ events: FollowedEvent[]; to: bigint; head: bigint }> {
  const { accountId, after, kinds, countMax } = stretch;
  const { rows: heads } = await sql.query<{ head: bigint; oldest: bigint | null }>({
    name: "find-stretch",
    text: `select c.event_seq as head, (
             select e.seq from events e where e.account_id = $1 and e.seq > $2 order by e.seq limit 1
           ) as oldest
           from counters c where c.account_id = $1`,
    values: [accountId, after],
  });
  const head = heads[0]?.head ?? after;
  // What is no longer kept is not looked for number by number.
  const from = heads[0]?.oldest == null ? head : heads[0].oldest - 1n;
  const to = from + BigInt(countMax) < head ? from + BigInt(countMax) : head;
  const { rows: events } = await sql.query<FollowedEvent>({
    name: "read-stretch",
    text: `select seq, id, kind, at, message_id as "messageId", project_id as "projectId",
             coalesce(data - 'told', '{}') as data
           from events
           where account_id = $1 and seq > $2 and seq <= $3 and kind = any($4::text[])
           order by seq`,
    values: [accountId, from, to, kinds],
  });
  return { events, to, head };
}

/** Age in milliseconds of the oldest event that a follower has not followed; accounts that are made anew do not count. */
export async function findFollowerLagMs(
  sql: Queryable,
  follower: Follower,
  now: Date,
): Promise<number> {
  const { rows } = await sql.query<{ at: Date | null }>({
    name: "find-follower-lag",
    text: `select min(e.at) as at from counters c
           join log_followers f on f.account_id = c.account_id and f.follower = $1
             and f.contacts_after is null and f.messages_after is null
           cross join lateral (
             select e.at from events e
             where e.account_id = c.account_id and e.seq > f.seq order by e.seq limit 1
           ) e
           where c.event_seq > f.seq`,
    values: [follower],
  });
  const at = rows[0]?.at;
  return at ? Math.max(0, now.getTime() - at.getTime()) : 0;
}

/** Begins to make everything anew out of the rows of an account, beside what there is. */
export async function restartFollower(
  sql: Queryable,
  accountId: string,
  follower: Follower,
): Promise<void> {
  await holdFollower(sql, accountId, follower);
  await sql.query(
    `update log_followers set contacts_after = $3, messages_after = $3
     where account_id = $1 and follower = $2`,
    [accountId, follower, LOWEST_ID],
  );
}

async function insertFollower(sql: Queryable, start: FollowerStart): Promise<void> {
  const contactsAfter = start.from === "rows" ? LOWEST_ID : null;
  await sql.query({
    name: "insert-follower",
    text: `insert into log_followers (account_id, follower, seq, contacts_after, messages_after)
           select c.account_id, $2, case when $3::uuid is null then 0 else c.event_seq end, $3, $4
           from counters c where c.account_id = $1
           on conflict do nothing`,
    values: [start.accountId, start.follower, contactsAfter, LOWEST_ID],
  });
}
