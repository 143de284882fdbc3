import type { Queryable } from "./connect.ts";
import { uuidFloor } from "./partitions.ts";

/** How long an account's things are kept, in days; null: for ever. */
export interface RetentionRow {
  accountId: string;
  bodiesDays: number | null;
  eventsDays: number | null;
  deliveriesDays: number | null;
  journalDays: number | null;
  /** Null: never set. */
  updatedAt: Date | null;
}

const COLUMNS = `account_id as "accountId", bodies_days as "bodiesDays", events_days as "eventsDays",
  deliveries_days as "deliveriesDays", journal_days as "journalDays", updated_at as "updatedAt"`;

/** What an account has set, or null. */
export async function findRetention(
  sql: Queryable,
  accountId: string,
): Promise<RetentionRow | null> {
  const { rows } = await sql.query<RetentionRow>(
    `select ${COLUMNS} from retention where account_id = $1`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** Stores what an account has set. */
export async function putRetention(
  sql: Queryable,
  row: RetentionRow & { updatedAt: Date },
): Promise<void> {
  await sql.query(
    `insert into retention
       (account_id, bodies_days, events_days, deliveries_days, journal_days, updated_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id) do update set bodies_days = excluded.bodies_days,
       events_days = excluded.events_days, deliveries_days = excluded.deliveries_days,
       journal_days = excluded.journal_days, updated_at = excluded.updated_at`,
    [
      row.accountId,
      row.bodiesDays,
      row.eventsDays,
      row.deliveriesDays,
      row.journalDays,
      row.updatedAt,
    ],
  );
}

/** Every account that has set something (null), or the one, if it has. */
export async function listRetention(
  sql: Queryable,
  accountId: string | null,
): Promise<RetentionRow[]> {
  const { rows } = await sql.query<RetentionRow>(
    `select ${COLUMNS} from retention where $1::uuid is null or account_id = $1
     order by account_id`,
    [accountId],
  );
  return rows;
}

/** Whether what was said at a moment is older than its account keeps it. */
export async function isForgotten(
  sql: Queryable,
  accountId: string,
  of: { saidAt: Date; now: Date },
): Promise<boolean> {
  const { rows } = await sql.query<{ old: boolean }>(
    `select exists (
       select from retention where account_id = $1
         and $2 < $3::timestamptz - make_interval(days => bodies_days)) as old`,
    [accountId, of.saidAt, of.now],
  );
  return rows[0]?.old ?? false;
}

/** A batch of an account's rows that are older than a moment. */
export interface OldRows {
  accountId: string;
  before: Date;
  limit: number;
}

/** A message as blanking looks at it. */
export interface OldMessage {
  id: string;
  /** Something is still to be done with it. */
  owed: boolean;
}

/** Below this id an account's messages have been blanked; the smallest id before the first time. */
export async function findBlankedUntil(sql: Queryable, accountId: string): Promise<string> {
  const { rows } = await sql.query<{ id: string | null }>(
    "select bodies_until as id from retention where account_id = $1",
    [accountId],
  );
  return rows[0]?.id ?? "00000000-0000-0000-0000-000000000000";
}

/** Notes how far blanking has come. */
export async function setBlankedUntil(
  sql: Queryable,
  accountId: string,
  id: string,
): Promise<void> {
  await sql.query("update retention set bodies_until = $2 where account_id = $1", [accountId, id]);
}

/** The next old messages after one, by id. */
export async function listOldMessages(
  sql: Queryable,
  old: OldRows & { after: string },
): Promise<OldMessage[]> {
  const { rows } = await sql.query<OldMessage>(
    `select id, lane is not null as owed from messages
     where account_id = $1 and id > $2 and id < $3 order by id limit $4`,
    [old.accountId, old.after, uuidFloor(old.before.getTime()), old.limit],
  );
  return rows;
}

/**
 * Takes what was said out of messages: text, variables, file, custom field, digest. The rows stay, with number, price,
 * status and times: the ledger, the marketing window and statuses that come late stand on them.
 */
export async function blankMessages(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<number> {
  const { rowCount } = await sql.query(
    `update messages set body = '', variables = '{}', media = null, content = null, custom_field = '',
       digest = null
     where account_id = $1 and id = any ($2::uuid[]) and lane is null`,
    [accountId, ids],
  );
  return rowCount ?? 0;
}

/** Lets go of old files, but those of messages that are still owed something. Their bytes go with the sweep after their last row. */
export function deleteFiles(sql: Queryable, old: OldRows): Promise<number> {
  return deleteOld(
    sql,
    `delete from media f where f.account_id = $1 and f.id in (
       select o.id from media o where o.account_id = $1 and o.id < $2 and not exists (
         select from messages m where m.account_id = $1 and m.id = o.message_id and m.lane is not null)
       order by o.id limit $3)`,
    old,
  );
}

/** Deletes old notes about conversations, and drafts that nobody has finished. */
export async function deleteNotes(sql: Queryable, old: OldRows): Promise<number> {
  await sql.query(`delete from mentions m where m.account_id = $1 and m.note_id < $2`, [
    old.accountId,
    uuidFloor(old.before.getTime()),
  ]);
  await sql.query("delete from drafts where account_id = $1 and updated_at < $2", [
    old.accountId,
    old.before,
  ]);
  return deleteOld(
    sql,
    `delete from notes n where n.account_id = $1 and n.id in (
       select o.id from notes o where o.account_id = $1 and o.id < $2 order by o.id limit $3)`,
    old,
  );
}

/** Deletes old events, but those of messages that are still owed something. */
export function deleteEvents(sql: Queryable, old: OldRows): Promise<number> {
  return deleteOld(
    sql,
    `delete from events e where e.account_id = $1 and e.id in (
       select o.id from events o where o.account_id = $1 and o.id < $2 and not exists (
         select from messages m where m.account_id = $1 and m.id = o.message_id and m.lane is not null)
       order by o.id limit $3)`,
    old,
  );
}

/** Deletes old attempts of messages that are owed nothing any more. */
export function deleteAttempts(sql: Queryable, old: OldRows): Promise<number> {
  return deleteOld(
    sql,
    `delete from attempts a where a.account_id = $1 and a.id in (
       select o.id from attempts o where o.account_id = $1 and o.id < $2 and not exists (
         select from messages m where m.account_id = $1 and m.id = o.message_id and m.lane is not null)
       order by o.id limit $3)`,
    old,
  );
}

/** Deletes old deliveries that have ended, with all their attempts; what waits or is parked stays. */
export function deleteDeliveries(sql: Queryable, old: OldRows): Promise<number> {
  return deleteOld(
    sql,
    `with gone as (
       delete from deliveries d where d.account_id = $1 and d.state in ('delivered', 'exhausted') and d.id in (
         select id from deliveries where account_id = $1 and id < $2
           and state in ('delivered', 'exhausted') order by id limit $3)
       returning d.id
     ), tried as (
       delete from delivery_attempts t using gone where t.account_id = $1 and t.delivery_id = gone.id
     )
     select from gone`,
    old,
  );
}

/** Deletes old posts of providers that have been read. */
export function deleteJournal(sql: Queryable, old: OldRows): Promise<number> {
  return deleteOld(
    sql,
    `delete from journal j where j.account_id = $1 and j.state <> 'new' and j.id in (
       select id from journal where account_id = $1 and id < $2 and state <> 'new'
       order by id limit $3)`,
    old,
  );
}

async function deleteOld(sql: Queryable, text: string, old: OldRows): Promise<number> {
  const { rowCount } = await sql.query(text, [
    old.accountId,
    uuidFloor(old.before.getTime()),
    old.limit,
  ]);
  return rowCount ?? 0;
}
