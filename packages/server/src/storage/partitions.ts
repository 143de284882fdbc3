import pg from "pg";
import { findSqlState, type Queryable, withTransaction } from "./connect.ts";

/*
 * Tables that grow without end are partitioned by the month of a UUIDv7 column, so that old months are retired by dropping a
 * table instead of deleting rows. The migrations make each such table with a default partition, which takes every id that
 * no month claims: a late call of `ensurePartitions` costs tidiness and never a row. A table is recognised by its
 * partition key (one uuid column, by range); there is no list to keep.
 *
 * A month is added by ATTACH, not by CREATE TABLE … PARTITION OF: the first lets others read and write the parent
 * meanwhile, the second shuts it (PostgreSQL manual, "ALTER TABLE", ATTACH PARTITION).
 */

export interface PartitionsReport {
  /** Months made by this call. Empty when all were there, or when another process made them. */
  readonly created: readonly string[];
  /** Months that could not be made; their rows go to the default partition, where they are found as well. */
  readonly left: readonly LeftPartition[];
}

export interface LeftPartition {
  readonly partition: string;
  /**
   * `default-holds-rows`: the default partition has rows of that month already; they stay where they are.
   * `busy`: a long transaction held the table; the next call tries again.
   */
  readonly reason: "default-holds-rows" | "busy";
}

/**
 * Makes the partitions of the month of `now` and of `monthsAhead` more for every table partitioned by month. Months are UTC.
 *
 * Safe to repeat and safe when many processes do it at once. Call it at every start and once a day.
 */
export async function ensurePartitions(
  pool: pg.Pool,
  when: { readonly now: Date; readonly monthsAhead: number },
): Promise<PartitionsReport> {
  const created: string[] = [];
  const left: LeftPartition[] = [];
  for (const table of await findPartitionedTables(pool)) {
    for (let ahead = 0; ahead <= when.monthsAhead; ahead += 1) {
      const month = startOfMonth(when.now, ahead);
      const partition = namePartition(table.name, month);
      const outcome = await makePartition(pool, { table: table.name, partition, month });
      if (outcome === "created") {
        created.push(partition);
      } else if (outcome !== "present") {
        left.push({ partition, reason: outcome });
      }
    }
  }
  return { created, left };
}

/**
 * Drops the partitions of `table` whose month ended before the month of `month` (UTC) begins, deletes the rows of those
 * months from the default partition, and says what it did. There is no way back.
 *
 * Waits a few seconds at most for transactions that use the table; then it throws, and may be called again.
 */
export async function dropPartitionsBefore(
  pool: pg.Pool,
  table: string,
  month: Date,
): Promise<{ dropped: string[]; deletedFromDefault: number }> {
  const key = (await findPartitionedTables(pool)).find(({ name }) => name === table)?.key;
  if (key === undefined) {
    throw new Error(`${table} is not partitioned by month.`);
  }
  const first = namePartition(table, startOfMonth(month, 0));
  const partitions = await findPartitions(pool, table);
  const dropped = partitions.filter((name) => MONTH_NAME.test(name) && name < first).toSorted();
  for (const partition of dropped) {
    await withTransaction(pool, async (sql) => {
      await sql.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await sql.query(`drop table if exists ${pg.escapeIdentifier(partition)}`);
    });
  }
  const { rowCount } = await pool.query(
    `delete from ${pg.escapeIdentifier(`${table}_default`)} where ${pg.escapeIdentifier(key)} < $1`,
    [uuidFloor(startOfMonth(month, 0).getTime())],
  );
  return { dropped, deletedFromDefault: rowCount ?? 0 };
}

/** The smallest UUIDv7 of a millisecond since 1970 (RFC 9562 §5.7). Refuses what does not fit into 48 bits. */
export function uuidFloor(ms: number): string {
  if (!Number.isInteger(ms) || ms < 0 || ms >= 2 ** 48) {
    throw new RangeError(`${ms} is not a millisecond that a UUIDv7 can hold.`);
  }
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Name of the partition of `table` for the UTC month of `month`, such as `messages_y2026m11`. */
export function namePartition(table: string, month: Date): string {
  const number = String(month.getUTCMonth() + 1).padStart(2, "0");
  return `${table}_y${month.getUTCFullYear()}m${number}`;
}

/** True for the name of a month's partition: what the dump of the schema leaves out. */
export function isMonthPartition(name: string): boolean {
  return MONTH_NAME.test(name);
}

const MONTH_NAME = /_y\d{4}m\d{2}$/;

/** Others queue up behind us while we wait for a table, so we do not wait for long. */
const LOCK_TIMEOUT_MS = 3_000;

function startOfMonth(date: Date, ahead: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead));
}

interface NewPartition {
  readonly table: string;
  readonly partition: string;
  readonly month: Date;
}

type Outcome = "created" | "present" | LeftPartition["reason"];

async function makePartition(pool: pg.Pool, wanted: NewPartition): Promise<Outcome> {
  if ((await findPartitions(pool, wanted.table)).includes(wanted.partition)) {
    return "present";
  }
  try {
    return await withTransaction(pool, (sql) => attachPartition(sql, wanted));
  } catch (error) {
    const outcome = OUTCOMES[findSqlState(error) ?? ""];
    if (outcome === undefined) {
      throw error;
    }
    return outcome;
  }
}

/** Failures that are answers. The names of the codes are PostgreSQL's (its manual, appendix A). */
const OUTCOMES: Record<string, Outcome> = {
  // check_violation: the default partition has rows that would belong here.
  "23514": "default-holds-rows",
  // lock_not_available.
  "55P03": "busy",
  // duplicate_table, unique_violation (in the catalog): another process was quicker, without the lock below.
  "42P07": "present",
  "23505": "present",
};

async function attachPartition(sql: Queryable, wanted: NewPartition): Promise<Outcome> {
  await sql.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await sql.query("select pg_advisory_xact_lock(hashtext('recado.partitions'))");
  if ((await findPartitions(sql, wanted.table)).includes(wanted.partition)) {
    return "present";
  }
  const table = pg.escapeIdentifier(wanted.table);
  const partition = pg.escapeIdentifier(wanted.partition);
  const from = uuidFloor(wanted.month.getTime());
  const to = uuidFloor(startOfMonth(wanted.month, 1).getTime());
  const options = await findStorageOptions(sql, `${wanted.table}_default`);
  await sql.query(
    `create table ${partition} (like ${table} including defaults including constraints including generated including storage) ${options}`,
  );
  await sql.query(
    `alter table ${table} attach partition ${partition} for values from ('${from}') to ('${to}')`,
  );
  return "created";
}

/** A partitioned table has no storage options itself, so its default partition is where a migration says them for every month. */
async function findStorageOptions(sql: Queryable, table: string): Promise<string> {
  const { rows } = await sql.query<{ options: string | null }>(
    `select 'with (' || array_to_string(reloptions, ', ') || ')' as options
     from pg_class where oid = to_regclass(quote_ident($1))`,
    [table],
  );
  return rows[0]?.options ?? "";
}

async function findPartitionedTables(sql: Queryable): Promise<{ name: string; key: string }[]> {
  const { rows } = await sql.query<{ name: string; key: string }>(
    `select c.relname as name, a.attname as key
     from pg_partitioned_table p
     join pg_class c on c.oid = p.partrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
     where p.partstrat = 'r' and p.partnatts = 1 and a.atttypid = 'uuid'::regtype
       and c.relnamespace = current_schema()::regnamespace
     order by c.relname`,
  );
  return rows;
}

async function findPartitions(sql: Queryable, table: string): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = to_regclass(quote_ident($1))`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Tables whose months may be dropped when nothing is left in them; the others are looked up by id for ever. */
const EMPTIED_TABLES = ["events", "attempts", "deliveries", "delivery_attempts", "journal"];

/**
 * Drops the months that ended before `month` (UTC) begins and hold no row any more, and names them. Nobody writes into such a month:
 * its ids are of the past; a month that is in use for longer than a few seconds is left for the next call.
 */
export async function dropEmptyPartitions(pool: pg.Pool, month: Date): Promise<string[]> {
  const dropped: string[] = [];
  for (const table of EMPTIED_TABLES) {
    const first = namePartition(table, startOfMonth(month, 0));
    const partitions = await findPartitions(pool, table);
    for (const name of partitions.filter((each) => MONTH_NAME.test(each) && each < first)) {
      if (await dropIfEmpty(pool, table, name)) dropped.push(name);
    }
  }
  return dropped.toSorted();
}

async function dropIfEmpty(pool: pg.Pool, table: string, partition: string): Promise<boolean> {
  const mayDrop = async (sql: Queryable) =>
    (await sql.query(`select from ${pg.escapeIdentifier(partition)} limit 1`)).rowCount === 0;
  // Looked at without a lock first: most months are full, and the lock shuts everybody out.
  return (await mayDrop(pool)) && (await dropMonth(pool, { table, partition, mayDrop }));
}

/** Every send waits as long for the table, if a long transaction holds it; then it goes on, and we come again. */
const DROP_TIMEOUT_MS = 200;
const DROP_TRIES_MAX = 5;

/**
 * Drops a partition if `mayDrop` says so once nobody else can touch its table. The table is locked first and its partition with it: who
 * locked the partition alone would meet, crosswise, statements that have the table and wait for the partition.
 */
export async function dropMonth(
  pool: pg.Pool,
  month: { table: string; partition: string; mayDrop(sql: Queryable): Promise<boolean> },
): Promise<boolean> {
  for (let time = 0; time < DROP_TRIES_MAX; time += 1) {
    try {
      return await withTransaction(pool, async (sql) => {
        await sql.query(`set local lock_timeout = ${DROP_TIMEOUT_MS}`);
        await sql.query("select pg_advisory_xact_lock(hashtext('recado.partitions'))");
        if (!(await findPartitions(sql, month.table)).includes(month.partition)) return false;
        await sql.query(
          `lock table only ${pg.escapeIdentifier(month.table)} in access exclusive mode`,
        );
        if (!(await month.mayDrop(sql))) return false;
        await sql.query(`drop table if exists ${pg.escapeIdentifier(month.partition)}`);
        return true;
      });
    } catch (error) {
      // lock_not_available, deadlock_detected: somebody is at work there.
      if (!["55P03", "40P01"].includes(findSqlState(error) ?? "")) throw error;
    }
  }
  return false;
}
