import pg from "pg";
import type { Database, Queryable } from "./connect.ts";
import { dropMonth, uuidFloor } from "./partitions.ts";

/*
 * A month of which nothing need be kept goes by dropping its table: milliseconds, where deleting its rows takes minutes and leaves
 * work for vacuum. The table is shut meanwhile, and everybody who comes queues behind us; so we wait for it only for a moment, and
 * come again.
 */

/** A table whose months retention empties, and the setting by which. */
export interface PassingTable {
  name: "events" | "attempts" | "deliveries" | "delivery_attempts" | "journal";
  days: "eventsDays" | "deliveriesDays" | "journalDays";
  /** Whether something of before the id `$1` is still owed to somebody: a statement. */
  owed: string;
}

const OWED_MESSAGES = "select from messages where lane is not null and id < $1 limit 1";
const OWED_DELIVERIES =
  "select from deliveries where state in ('pending', 'calling', 'parked') and id < $1 limit 1";
const OWED_POSTS = "select from journal where state = 'new' and id < $1 limit 1";

/** All of them. */
export const PASSING_TABLES: readonly PassingTable[] = [
  { name: "events", days: "eventsDays", owed: OWED_MESSAGES },
  { name: "attempts", days: "eventsDays", owed: OWED_MESSAGES },
  { name: "delivery_attempts", days: "deliveriesDays", owed: OWED_DELIVERIES },
  { name: "deliveries", days: "deliveriesDays", owed: OWED_DELIVERIES },
  { name: "journal", days: "journalDays", owed: OWED_POSTS },
];

/** A month's partition that ended before some moment. */
export interface OldMonth {
  partition: string;
  /** The first millisecond after it. */
  endMs: number;
}

const MONTH_NAME = /_y(\d{4})m(\d{2})$/u;

/** Months of a table that ended by `beforeMs`, the oldest first. */
export async function listOldMonths(
  sql: Queryable,
  table: string,
  beforeMs: number,
): Promise<OldMonth[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = to_regclass(quote_ident($1)) order by c.relname`,
    [table],
  );
  return rows.flatMap(({ name }) => {
    const [, year, month] = MONTH_NAME.exec(name) ?? [];
    if (year === undefined) return [];
    const endMs = Date.UTC(Number(year), Number(month));
    return endMs <= beforeMs ? [{ partition: name, endMs }] : [];
  });
}

/** Whose rows a partition has, by jumping from one account to the next in its key. */
export async function listMonthAccounts(sql: Queryable, partition: string): Promise<string[]> {
  const table = pg.escapeIdentifier(partition);
  const { rows } = await sql.query<{ account_id: string }>(
    `with recursive jump as (
       (select account_id from ${table} order by account_id limit 1)
       union all
       select next.account_id from jump cross join lateral (
         select t.account_id from ${table} t where t.account_id > jump.account_id
         order by t.account_id limit 1
       ) next
     )
     select account_id from jump`,
  );
  return rows.map((row) => row.account_id);
}

/** A month that nobody wants to keep. */
export interface ForgottenMonth extends OldMonth {
  table: PassingTable;
  /** Whose rows it has. Each must have set that they are not kept that long. */
  accountIds: readonly string[];
  nowMs: number;
}

/**
 * Drops it; false when something in it is still owed, when an account has just been set to keep it, or when the table was in use at
 * every try. There is no way back.
 */
export async function dropForgottenMonth(pool: Database, month: ForgottenMonth): Promise<boolean> {
  if (await isOwed(pool, month)) return false;
  if (month.table.name === "deliveries") await deleteLateAttempts(pool, month);
  return dropMonth(pool, {
    ...{ table: month.table.name, partition: month.partition },
    mayDrop: async (sql) => (await holdWishes(sql, month)) && !(await isOwed(sql, month)),
  });
}

async function isOwed(sql: Queryable, { table, endMs }: ForgottenMonth): Promise<boolean> {
  const { rowCount } = await sql.query(table.owed, [uuidFloor(endMs)]);
  return rowCount !== 0;
}

/** Keeps the accounts' wishes as they are until the transaction ends; false when they are not what they were. */
async function holdWishes(sql: Queryable, month: ForgottenMonth): Promise<boolean> {
  const { rows } = await sql.query<{ days: number | null }>(
    `select ${DAYS_COLUMNS[month.table.days]} as days from retention
     where account_id = any ($1::uuid[]) for share`,
    [month.accountIds],
  );
  return (
    rows.length === month.accountIds.length &&
    rows.every(({ days }) => days !== null && isForgotten(month, days))
  );
}

/** Whether all of a month is older than so many days. */
export function isForgotten(month: { endMs: number; nowMs: number }, days: number): boolean {
  return month.endMs <= month.nowMs - days * DAY_MS;
}

const DAY_MS = 86_400_000;
const DAYS_COLUMNS = {
  eventsDays: "events_days",
  deliveriesDays: "deliveries_days",
  journalDays: "journal_days",
};

/** Calls of a month's last webhooks that were made after it had ended: nothing would find them any more. */
async function deleteLateAttempts(pool: Database, month: ForgottenMonth): Promise<void> {
  for (const accountId of month.accountIds) {
    await pool.query(
      "delete from delivery_attempts where account_id = $1 and delivery_id < $2 and id >= $2",
      [accountId, uuidFloor(month.endMs)],
    );
  }
}
