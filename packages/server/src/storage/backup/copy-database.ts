import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { allowScans, createPool, type Queryable } from "../connect.ts";
import { MIGRATION_TABLE } from "../migrate.ts";
import { BackupError, type Manifest, tablePath } from "./manifest.ts";
import { writeLines } from "./write-lines.ts";

/** What a backup knows of the database. */
export type CopiedDatabase = Pick<Manifest, "migrations" | "months" | "sequences" | "tables">;

const ROWS_PER_FETCH = 1_000;

/**
 * Copies every table of the database at `url` below `folder`, as it is at one moment: one transaction with
 * one snapshot reads them all, and nobody waits for it. What the scheduler of jobs keeps is left out: jobs
 * return by the clock.
 */
export async function copyDatabase(url: string, folder: string): Promise<CopiedDatabase> {
  await mkdir(join(folder, "database"), { mode: 0o700 });
  const pool = createPool(url, {
    applicationName: "recado-backup",
    connectionsMax: 1,
    statementTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });
  const sql = await pool.connect();
  try {
    await sql.query("begin isolation level repeatable read read only");
    await allowScans(sql);
    const tables: CopiedDatabase["tables"] = [];
    const found = await findTables(sql);
    checkHoldable(found.map((table) => table.name));
    for (const table of found) {
      let rows = 0;
      const count = (read: number) => {
        rows += read;
      };
      const part = await writeLines(
        tablePath(folder, table.name),
        readRows(sql, table.name, count),
      );
      tables.push({ ...table, ...part, rows });
    }
    const copied = {
      tables,
      migrations: await findMigrations(sql),
      months: await findMonths(sql),
      // After the rows: a number that a row has is never given again.
      sequences: await findSequences(sql),
    };
    await sql.query("commit");
    return copied;
  } finally {
    sql.release();
    await pool.end();
  }
}

/** Restored messages must be held, and a database from before that has nowhere to note them. */
export function checkHoldable(tables: readonly string[]): void {
  if (tables.includes("restored_messages")) return;
  throw new BackupError(
    "The database is of a version before backups. Bring it up to date: recado migrate",
  );
}

async function* readRows(
  sql: Queryable,
  table: string,
  count: (rows: number) => void,
): AsyncGenerator<string> {
  const name = pg.escapeIdentifier(table);
  await sql.query(
    `declare copied no scroll cursor for select to_json(t)::text as line from ${name} t`,
  );
  for (;;) {
    const { rows } = await sql.query<{ line: string }>(`fetch ${ROWS_PER_FETCH} from copied`);
    if (rows.length === 0) break;
    count(rows.length);
    for (const row of rows) yield row.line;
  }
  await sql.query("close copied");
}

/** Tables of ours with their columns; a partitioned one as a whole. */
export async function findTables(sql: Queryable): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await sql.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and c.relname not like $1
     group by c.relname order by c.relname`,
    [`${MIGRATION_TABLE}%`],
  );
  return rows;
}

async function findMigrations(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select name from ${MIGRATION_TABLE} order by name`,
  );
  return rows.map((row) => row.name);
}

async function findMonths(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ month: string }>(
    `select distinct regexp_replace(relname, '^.*_y(\\d{4})m(\\d{2})$', '\\1-\\2-01') as month
     from pg_class where relispartition and relkind = 'r' and relname ~ '_y\\d{4}m\\d{2}$'
       and relnamespace = current_schema()::regnamespace order by month`,
  );
  return rows.map((row) => row.month);
}

async function findSequences(sql: Queryable): Promise<Manifest["sequences"]> {
  const { rows: names } = await sql.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S'
       and relnamespace = current_schema()::regnamespace order by relname`,
  );
  const found: Manifest["sequences"] = [];
  for (const { name } of names) {
    const { rows } = await sql.query<{ last_value: bigint; is_called: boolean }>(
      `select last_value, is_called from ${pg.escapeIdentifier(name)}`,
    );
    const [row] = rows;
    if (row) found.push({ name, lastValue: String(row.last_value), isCalled: row.is_called });
  }
  return found;
}
