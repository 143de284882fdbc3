import pg from "pg";
import {
  allowScans,
  createPool,
  type Database,
  type Queryable,
  withTransaction,
} from "../connect.ts";
import { migrate, readMigrations } from "../migrate.ts";
import { ensurePartitions } from "../partitions.ts";
import { checkHoldable, findTables } from "./copy-database.ts";
import { BackupError, type Manifest, tablePath } from "./manifest.ts";
import { readLines } from "./write-lines.ts";

const ROWS_PER_INSERT = 500;

/**
 * Puts a backup's rows into the empty database at `url`: all of them or none, together with what `then`
 * does in the same transaction. The database has the schema of the backup afterwards.
 *
 * Refuses a database that has anything in it, and a backup of a newer version.
 */
export async function restoreDatabase(
  url: string,
  { folder, manifest }: { folder: string; manifest: Manifest },
  then: (sql: Queryable) => Promise<void>,
): Promise<void> {
  await checkVersion(manifest);
  checkHoldable(manifest.tables.map((table) => table.name));
  await migrate(url, { upTo: manifest.migrations.at(-1) ?? "" });
  const pool = createPool(url, {
    applicationName: "recado-restore",
    connectionsMax: 2,
    statementTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });
  try {
    await checkEmpty(pool);
    for (const month of manifest.months) {
      await ensurePartitions(pool, { now: new Date(month), monthsAhead: 0 });
    }
    await withTransaction(
      pool,
      async (sql) => {
        await allowScans(sql);
        await checkColumns(sql, manifest);
        for (const table of manifest.tables) await loadTable(sql, folder, table);
        for (const sequence of manifest.sequences) await setSequence(sql, sequence);
        await then(sql);
      },
      { attemptsMax: 1 },
    );
  } finally {
    await pool.end();
  }
}

async function checkVersion(manifest: Manifest): Promise<void> {
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (manifest.migrations.length === 0 || unknown.length > 0) {
    throw new BackupError(
      `The backup is of a newer version (${unknown.join(", ") || "no version"}): install that one, restore, and go on from there.`,
    );
  }
}

async function checkEmpty(pool: Database): Promise<void> {
  for (const table of await findTables(pool)) {
    const { rowCount } = await pool.query(`select from ${pg.escapeIdentifier(table.name)} limit 1`);
    if (rowCount !== 0) {
      throw new BackupError(
        `The database is not empty: ${table.name} has rows. Restore into an empty one, such as that of a new DATA_DIR.`,
      );
    }
  }
}

/** The names go into statements: only those that the database itself has are used. */
async function checkColumns(sql: Queryable, manifest: Manifest): Promise<void> {
  const there = new Map((await findTables(sql)).map((table) => [table.name, table.columns]));
  for (const table of manifest.tables) {
    const columns = there.get(table.name);
    const strange = table.columns.filter((column) => !columns?.includes(column));
    if (columns === undefined || strange.length > 0) {
      throw new BackupError(`The schema has no ${table.name} with ${strange.join(", ")}.`);
    }
  }
}

async function loadTable(
  sql: Queryable,
  folder: string,
  table: Manifest["tables"][number],
): Promise<void> {
  const name = pg.escapeIdentifier(table.name);
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  let loaded = 0;
  for await (const lines of readLines(tablePath(folder, table.name), ROWS_PER_INSERT)) {
    const { rowCount } = await sql.query(
      `insert into ${name} (${columns})
       select ${columns} from json_populate_recordset(null::${name}, $1::json)`,
      [`[${lines.join(",")}]`],
    );
    loaded += rowCount ?? 0;
  }
  if (loaded !== table.rows) {
    throw new BackupError(`${table.name} has ${loaded} rows instead of ${table.rows}.`);
  }
}

async function setSequence(
  sql: Queryable,
  { name, lastValue, isCalled }: Manifest["sequences"][number],
): Promise<void> {
  await sql.query("select setval(quote_ident($1)::regclass, $2::bigint, $3)", [
    name,
    lastValue,
    isCalled,
  ]);
}
