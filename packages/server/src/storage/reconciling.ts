import type { Queryable } from "./connect.ts";

/** A message whose worker may be gone. */
export interface StrandedMessage {
  accountId: string;
  id: string;
  owner: string | null;
  attemptId: string | null;
  /** Number of that attempt. */
  attempts: number;
  leaseUntilMs: number;
}

/** What is found in one look at most. */
export const RECONCILED_MAX = 2_000;

/**
 * Messages in this lane whose owner is one of the given, or whose lease has ended. Not locked: whoever
 * acts on one locks it and looks again.
 */
export async function findStranded(
  sql: Queryable,
  lane: "calling" | "preparing",
  of: { owners: readonly string[]; nowMs: number },
): Promise<StrandedMessage[]> {
  const { rows } = await sql.query<{
    account_id: string;
    id: string;
    owner: string | null;
    attempt_id: string | null;
    attempts: number;
    due_at: Date;
  }>(
    `select m.account_id, m.id, m.owner, m.due_at, m.attempts, (
       select a.id from attempts a
       where a.account_id = m.account_id and a.message_id = m.id and a.number = m.attempts
       order by a.id desc limit 1
     ) as attempt_id
     from messages m
     where m.lane = $1 and (m.owner = any($2::uuid[]) or m.due_at <= $3)
     limit ${RECONCILED_MAX}`,
    [lane, of.owners, new Date(of.nowMs)],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    owner: row.owner,
    attemptId: row.attempt_id,
    attempts: row.attempts,
    leaseUntilMs: row.due_at.getTime(),
  }));
}

/** Messages in this lane whose time is up. */
export async function findOverdue(
  sql: Queryable,
  lane: "unknown" | "awaiting",
  nowMs: number,
): Promise<{ accountId: string; id: string }[]> {
  const { rows } = await sql.query<{ account_id: string; id: string }>(
    `select account_id, id from messages where lane = $1 and due_at <= $2 limit ${RECONCILED_MAX}`,
    [lane, new Date(nowMs)],
  );
  return rows.map((row) => ({ accountId: row.account_id, id: row.id }));
}

/** Locks those of these messages that are still in the lane with that owner. */
export async function lockStranded(
  sql: Queryable,
  accountId: string,
  wanted: { lane: string; owner: string | null; ids: readonly string[] },
): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from messages
     where account_id = $1 and id = any($2::uuid[]) and lane = $3 and owner is not distinct from $4
     order by id for update skip locked`,
    [accountId, wanted.ids, wanted.lane, wanted.owner],
  );
  return new Set(rows.map((row) => row.id));
}

/** Locks those of these messages that are still overdue in the lane. */
export async function lockOverdue(
  sql: Queryable,
  accountId: string,
  wanted: { lane: string; ids: readonly string[]; nowMs: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from messages
     where account_id = $1 and id = any($2::uuid[]) and lane = $3 and due_at <= $4
     order by id for update skip locked`,
    [accountId, wanted.ids, wanted.lane, new Date(wanted.nowMs)],
  );
  return rows.map((row) => row.id);
}

/** Messages past their deadline that no call was begun for. Reads all that wait: not for every second. */
export async function findLate(
  sql: Queryable,
  nowMs: number,
): Promise<{ accountId: string; id: string }[]> {
  const { rows } = await sql.query<{ account_id: string; id: string }>(
    `select account_id, id from messages
     where lane in ('queued', 'unprepared') and deadline_at <= $1 limit ${RECONCILED_MAX}`,
    [new Date(nowMs)],
  );
  return rows.map((row) => ({ accountId: row.account_id, id: row.id }));
}

/** Locks those of these messages that still wait past their deadline. */
export async function lockLate(
  sql: Queryable,
  accountId: string,
  wanted: { ids: readonly string[]; nowMs: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from messages
     where account_id = $1 and id = any($2::uuid[]) and lane in ('queued', 'unprepared')
       and deadline_at <= $3
     order by id for update skip locked`,
    [accountId, wanted.ids, new Date(wanted.nowMs)],
  );
  return rows.map((row) => row.id);
}

/** Whether this process still holds any message. */
export async function findOwnedCount(sql: Queryable, owner: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from messages
     where lane in ('calling', 'preparing') and owner = $1`,
    [owner],
  );
  return rows[0]?.count ?? 0;
}
