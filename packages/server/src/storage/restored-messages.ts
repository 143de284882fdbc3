import type { Queryable } from "./connect.ts";

/** An account's messages that are held since a restore. */
export interface HeldCount {
  accountId: string;
  name: string;
  count: number;
  /** When the first of them was accepted. */
  oldest: Date;
}

/** A message that is held, and where it waited. */
export interface HeldMessage {
  accountId: string;
  id: string;
  projectId: string;
}

/**
 * Holds every message that waited when the backup was made: it may have left since, so nothing but an
 * operator sends it. A call that was under way then is unknown, as after any death. Processes of the old
 * installation are forgotten. For the transaction that restores.
 */
export async function holdRestored(
  sql: Queryable,
  when: { at: Date; until: Date; giveUpCallsAt: Date },
): Promise<{ held: number; unknown: number }> {
  const { rowCount: held } = await sql.query(
    `insert into restored_messages (account_id, message_id, lane, due_at, held_at)
     select account_id, id, case lane when 'queued' then 'queued' else 'unprepared' end,
       case lane when 'preparing' then $1 else due_at end, $1
     from messages where lane in ('unprepared', 'preparing', 'queued')
     on conflict do nothing`,
    [when.at],
  );
  await sql.query(
    `update messages set lane = 'unknown', owner = null, due_at = $1
     where lane in ('unprepared', 'preparing', 'queued')`,
    [when.until],
  );
  const { rowCount: unknown } = await sql.query(
    `update messages set lane = 'unknown', owner = null, due_at = least(deadline_at, $1)
     where lane = 'calling'`,
    [when.giveUpCallsAt],
  );
  // WhatsApp has these, and may have told of them since the backup: not knowing is no reason to fail and refund them.
  await sql.query("update messages set lane = null, due_at = null where lane = 'awaiting'");
  // Those that waited for money may have been paid for and sent since: their time is over, and nothing was charged.
  await sql.query("update messages set due_at = $1 where lane = 'held'", [when.at]);
  await sql.query("delete from opt_out_replies");
  // Answered since the backup, or their people have asked again.
  await sql.query("delete from password_resets");
  await sql.query(
    `update mail_outbox set state = 'failed', due_at = null, owner = null,
       error = 'it may have left before the restore'
     where state in ('pending', 'sending')`,
  );
  await sql.query("delete from instances");
  return { held: held ?? 0, unknown: unknown ?? 0 };
}

/** What is held, by account. What WhatsApp's own news settled meanwhile is no longer. */
export async function countHeld(sql: Queryable): Promise<HeldCount[]> {
  const { rows } = await sql.query<HeldCount>(
    `select r.account_id as "accountId", a.name, count(*)::int as count, min(m.accepted_at) as oldest
     from restored_messages r
     join messages m on m.account_id = r.account_id and m.id = r.message_id and m.lane = 'unknown'
     join accounts a on a.account_id = r.account_id
     group by r.account_id, a.name order by r.account_id`,
  );
  return rows;
}

/** Some held messages of an account, locked; those that are settled are forgotten. */
export async function takeHeld(
  sql: Queryable,
  accountId: string,
  countMax: number,
): Promise<HeldMessage[]> {
  await sql.query(
    `delete from restored_messages r using messages m
     where r.account_id = $1 and m.account_id = r.account_id and m.id = r.message_id
       and m.lane is distinct from 'unknown'`,
    [accountId],
  );
  const { rows } = await sql.query<HeldMessage>(
    `select m.account_id as "accountId", m.id, m.project_id as "projectId"
     from messages m
     where m.account_id = $1 and m.lane = 'unknown' and m.id in (
       select message_id from restored_messages where account_id = $1 order by message_id limit $2)
     order by m.id for update of m`,
    [accountId, countMax],
  );
  return rows;
}

/** Lets these messages wait where they waited before the backup. */
export async function releaseHeld(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  await sql.query(
    `update messages m set lane = r.lane, due_at = r.due_at, owner = null
     from restored_messages r
     where m.account_id = $1 and m.id = any($2::uuid[]) and m.lane = 'unknown'
       and r.account_id = m.account_id and r.message_id = m.id`,
    [accountId, ids],
  );
}

/** Forgets that these were held. */
export async function deleteHeld(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  await sql.query(
    "delete from restored_messages where account_id = $1 and message_id = any($2::uuid[])",
    [accountId, ids],
  );
}
