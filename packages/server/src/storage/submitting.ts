import type { Queryable } from "./connect.ts";

/*
 * Statements that change rows by key take the account into the list of rows (`materialized`): beside a
 * constant account the planner of a young table prefers to read all of the account once.
 */

/** A number of an account with messages waiting to leave. */
export interface WaitingChannel {
  accountId: string;
  channelId: string;
}

/**
 * Every number that has messages in this lane, due or not, whose account and channel are read by
 * jumping from one to the next in the index: the cost grows with the numbers, not with the messages.
 */
export async function findWaitingChannels(sql: Queryable, lane: string): Promise<WaitingChannel[]> {
  const { rows } = await sql.query<{ account_id: string; channel_id: string }>({
    name: "find-waiting-channels",
    text: `with recursive jump as (
             (select account_id, channel_id from messages where lane = $1
              order by account_id, channel_id limit 1)
             union all
             select next.account_id, next.channel_id from jump
             cross join lateral (
               select m.account_id, m.channel_id from messages m
               where m.lane = $1 and (m.lane, m.account_id, m.channel_id) > ($1, jump.account_id, jump.channel_id)
               order by m.account_id, m.channel_id limit 1
             ) next
           )
           select account_id, channel_id from jump`,
    values: [lane],
  });
  return rows.map((row) => ({ accountId: row.account_id, channelId: row.channel_id }));
}

/** A message taken from the queue, locked until the transaction ends. */
export interface QueuedMessage {
  id: string;
  projectId: string;
  mobile: string;
  kind: "template" | "text" | "media" | "interactive" | "location" | "contacts" | "reaction";
  templateId: string | null;
  variables: string[];
  body: string;
  media: unknown;
  /** Null for most. */
  content: unknown;
  attempts: number;
  deadlineAtMs: number;
}

/**
 * Locks the next due messages of a number: authentication before utility and session before marketing,
 * the longest due first; those that another process holds are left to it.
 */
export async function lockQueued(
  sql: Queryable,
  from: WaitingChannel,
  limits: { nowMs: number; countMax: number },
): Promise<QueuedMessage[]> {
  const { rows } = await sql.query<{
    id: string;
    project_id: string;
    mobile: string;
    kind: QueuedMessage["kind"];
    template_id: string | null;
    variables: string[];
    body: string;
    media: unknown;
    content: unknown;
    attempts: number;
    deadline_at: Date;
  }>({
    name: "lock-queued",
    text: `select q.* from (values (0::smallint), (1::smallint), (2::smallint)) as c(class)
           cross join lateral (
             select m.id, m.project_id, m.mobile, m.kind, m.template_id, m.variables, m.body, m.media,
               m.content, m.attempts, m.deadline_at
             from messages m
             where m.lane = 'queued' and m.account_id = $1 and m.channel_id = $2 and m.class = c.class
               and m.due_at <= $3
             order by m.due_at limit $4 for update skip locked
           ) q
           order by c.class limit $4`,
    values: [from.accountId, from.channelId, new Date(limits.nowMs), limits.countMax],
  });
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    mobile: row.mobile,
    kind: row.kind,
    templateId: row.template_id,
    variables: row.variables,
    body: row.body,
    media: row.media,
    content: row.content,
    attempts: row.attempts,
    deadlineAtMs: row.deadline_at.getTime(),
  }));
}

/** How fast a number may go, and until when it rests (null: it does not). */
export interface Pace {
  tokens: number;
  restUntilMs: number | null;
}

/** Clocks of several processes differ by less. */
const CLOCKS_APART_MAX = "5 seconds";

/**
 * Refills a number's bucket up to now and holds it until the transaction ends, so that all processes
 * together keep its rate. `burst` is the most that it holds.
 */
export async function lockPace(
  sql: Queryable,
  channel: WaitingChannel,
  fill: { ratePerSecond: number; burst: number; nowMs: number },
): Promise<Pace> {
  const { rows } = await sql.query<{ tokens: number; rest_until: Date | null }>({
    name: "lock-pace",
    text: `insert into channel_pace as p (account_id, channel_id, tokens, refilled_at)
           values ($1, $2, $4, $5)
           on conflict (account_id, channel_id) do update set
             tokens = least($4, p.tokens + $3 * greatest(0, extract(epoch from $5 - p.refilled_at))),
             -- A moment a little ahead is another process's clock: what it has refilled is not refilled again. One far ahead is left
             -- by a clock that was set back since: it must not stop the refill.
             refilled_at = case when p.refilled_at between $5 and $5 + interval '${CLOCKS_APART_MAX}'
               then p.refilled_at else $5 end
           returning tokens,
             (select rest_until from channels c where c.account_id = $1 and c.id = $2 and c.rest_until > $5)`,
    values: [
      channel.accountId,
      channel.channelId,
      fill.ratePerSecond,
      fill.burst,
      new Date(fill.nowMs),
    ],
  });
  const [row] = rows;
  return { tokens: row?.tokens ?? 0, restUntilMs: row?.rest_until?.getTime() ?? null };
}

/** Takes tokens from the bucket that the transaction holds. */
export async function takeTokens(
  sql: Queryable,
  channel: WaitingChannel,
  count: number,
): Promise<void> {
  await sql.query({
    name: "take-tokens",
    text: "update channel_pace set tokens = tokens - $3 where account_id = $1 and channel_id = $2",
    values: [channel.accountId, channel.channelId, count],
  });
}

/** Lets a number rest; a longer rest that is set already stays. */
export async function restChannel(
  sql: Queryable,
  channel: WaitingChannel,
  rest: { until: Date; reason: string },
): Promise<void> {
  await sql.query(
    `update channels set rest_until = greatest(coalesce(rest_until, $3), $3), rest_reason = $4
     where account_id = $1 and id = $2`,
    [channel.accountId, channel.channelId, rest.until, rest.reason],
  );
}

/** Until when each person is paid off, for those who are not. Held while the number's pace is held. */
export async function findPairs(
  sql: Queryable,
  channel: WaitingChannel,
  mobiles: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ mobile: string; free_at: Date }>({
    name: "find-pairs",
    text: `select mobile, free_at from pair_pace
           where account_id = $1 and channel_id = $2 and mobile = any($3::text[])`,
    values: [channel.accountId, channel.channelId, mobiles],
  });
  return new Map(rows.map((row) => [row.mobile, row.free_at.getTime()]));
}

/** Notes until when these people are paid off. */
export async function upsertPairs(
  sql: Queryable,
  channel: WaitingChannel,
  freeAtMs: ReadonlyMap<string, number>,
): Promise<void> {
  await sql.query({
    name: "upsert-pairs",
    text: `insert into pair_pace (account_id, channel_id, mobile, free_at)
           select $1, $2, p.mobile, p.free_at from unnest($3::text[], $4::timestamptz[]) as p(mobile, free_at)
           on conflict (account_id, channel_id, mobile) do update set free_at = excluded.free_at`,
    values: [
      channel.accountId,
      channel.channelId,
      [...freeAtMs.keys()],
      [...freeAtMs.values()].map((ms) => new Date(ms)),
    ],
  });
}

/** A call about to be made. */
export interface CallStart {
  messageId: string;
  attemptId: string;
  number: number;
}

/**
 * Writes down, before anything is sent, that these calls are made by `owner`, whose lease ends at
 * `leaseUntil`; the messages leave the queue.
 */
export async function insertCalls(
  sql: Queryable,
  accountId: string,
  calls: { owner: string; at: Date; leaseUntil: Date; starts: readonly CallStart[] },
): Promise<void> {
  await sql.query({
    name: "insert-calls",
    text: `with starts as materialized (
             select $1::uuid as account_id, s.*
             from unnest($5::uuid[], $6::uuid[], $7::smallint[]) as s(message_id, attempt_id, number)
           ), tried as (
             insert into attempts (account_id, id, message_id, number, owner, started_at)
             select account_id, attempt_id, message_id, number, $2, $3 from starts
           )
           update messages m set lane = 'calling', owner = $2, due_at = $4, attempts = s.number
           from starts s where m.account_id = s.account_id and m.id = s.message_id`,
    values: [
      accountId,
      calls.owner,
      calls.at,
      calls.leaseUntil,
      calls.starts.map((start) => start.messageId),
      calls.starts.map((start) => start.attemptId),
      calls.starts.map((start) => start.number),
    ],
  });
}

/** How a call ended. */
export interface CallEnd {
  attemptId: string;
  outcome: "accepted" | "refused" | "unknown" | "not-made";
  code: string | null;
  reason: string | null;
  at: Date;
}

/** Writes down how calls ended. */
export async function updateAttempts(
  sql: Queryable,
  accountId: string,
  ends: readonly CallEnd[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql.query({
    name: "update-attempts",
    text: `with ends as materialized (
             select $1::uuid as account_id, e.*
             from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
               as e(id, outcome, code, reason, at)
           )
           update attempts a set outcome = e.outcome, code = e.code, reason = e.reason, finished_at = e.at
           from ends e where a.account_id = e.account_id and a.id = e.id`,
    values: [
      accountId,
      ends.map((end) => end.attemptId),
      ends.map((end) => end.outcome),
      ends.map((end) => end.code),
      ends.map((end) => end.reason),
      ends.map((end) => end.at),
    ],
  });
}

/** Moves messages that the transaction has locked to another lane or time. */
export async function moveMessages(
  sql: Queryable,
  accountId: string,
  moves: readonly { id: string; lane: string | null; dueAtMs: number; owner: string | null }[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql.query({
    name: "move-messages",
    text: `with moves as materialized (
             select $1::uuid as account_id, v.*
             from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[]) as v(id, lane, due_at, owner)
           )
           update messages m set lane = v.lane, due_at = v.due_at, owner = v.owner
           from moves v where m.account_id = v.account_id and m.id = v.id`,
    values: [
      accountId,
      moves.map((move) => move.id),
      moves.map((move) => move.lane),
      moves.map((move) => new Date(move.dueAtMs)),
      moves.map((move) => move.owner),
    ],
  });
}

/** Forgets people who are paid off; answers how many. */
export async function deletePaidPairs(sql: Queryable, now: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from pair_pace where free_at < $1", [now]);
  return rowCount ?? 0;
}
