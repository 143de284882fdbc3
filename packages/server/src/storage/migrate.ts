import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kysely } from "kysely";
import type { MigrationProvider } from "kysely/migration";
import type pg from "pg";
import type { Logger } from "pino";
import { createPool } from "./connect.ts";

export interface MigrateOptions {
  /** Folder of the `NNNN-what.sql` files. Default: the product's own, beside this file. */
  readonly folder?: string;
  /** The last one to run, by name; for putting a backup back. Default: all. */
  readonly upTo?: string;
  /** Gets one line for every migration that was run. */
  readonly logger?: Pick<Logger, "info">;
}

/**
 * Brings the database at `url` to the schema of this code, and gives back the names of the migrations that it ran (none when
 * there was nothing to do).
 *
 * Every file runs in a transaction of its own together with the note that it ran, so a failure or a crash leaves the database
 * between two files and never inside one. Any number of processes may call this at once: one works, the others wait for it.
 * There is no way back: to undo something, write another file.
 *
 * Refuses with a `MigrationError`: files that are not numbered 0001, 0002, … without gap or repetition; files that begin or end a
 * transaction; a database that knows migrations which this code does not.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const all = await readMigrations(options.folder ?? MIGRATIONS_FOLDER);
  const { upTo } = options;
  const migrations = upTo === undefined ? all : all.filter(({ name }) => name <= upTo);
  const pool = createPool(url, {
    applicationName: "recado-migrate",
    connectionsMax: 1,
    statementTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });
  try {
    // Whatever is wrong with the database, the migrator says it better.
    if (await isCurrent(pool, migrations).catch(() => false)) return [];
    const { Kysely, PostgresDialect } = await import("kysely");
    const db = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) });
    return await migrateUp({ db, pool, migrations, options });
  } finally {
    await pool.end();
  }
}

/** One file of the migrations folder. */
export interface MigrationFile {
  /** The file's name without its ending, such as `0001-accounts`. */
  readonly name: string;
  readonly text: string;
}

/** The migration files of a folder in the order in which they run. Refuses as `migrate` says. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<MigrationFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const migrations: MigrationFile[] = [];
  for (const file of files) {
    const expected = String(migrations.length + 1).padStart(4, "0");
    if (!/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(file) || !file.startsWith(expected)) {
      throw new MigrationError(
        "files-not-in-order",
        `Migration ${file} stands where number ${expected} is due. Files are called NNNN-what.sql and numbered from 0001 without gap or repetition.`,
      );
    }
    const text = await readFile(join(folder, file), "utf8");
    if (TRANSACTION_STATEMENT.test(text)) {
      throw new MigrationError(
        "file-not-allowed",
        `Migration ${file} begins or ends a transaction. Each file runs in one of its own.`,
      );
    }
    migrations.push({ name: file.slice(0, -".sql".length), text });
  }
  return migrations;
}

/** Why a database could not be brought up to date. The message is for the operator and says what to do. */
export type MigrationErrorCode =
  | "files-not-in-order"
  | "file-not-allowed"
  | "database-is-newer"
  | "migration-failed";

/** A refusal of `migrate`; nothing but whole migrations before the failing one has been run. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
    this.code = code;
  }
}

/** Where kysely notes which migrations have run. */
export const MIGRATION_TABLE = "schema_migration";

const MIGRATION_LOCK_TABLE = "schema_migration_lock";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations/", import.meta.url));

/** With its semicolon right behind it, so that the `begin` of a function's body is not meant. */
const TRANSACTION_STATEMENT = /^\s*(begin|commit|rollback|start\s+transaction)\s*;/im;

interface Run {
  readonly db: Kysely<Record<never, never>>;
  readonly pool: pg.Pool;
  readonly migrations: readonly MigrationFile[];
  readonly options: MigrateOptions;
}

/**
 * Kysely would run all pending files in one transaction. One call per file instead, until one has nothing to do: locks are held
 * for a file at a time. Kysely's advisory lock lets the processes wait for each other; should it fail (a pooler in between),
 * the primary key of its table still refuses the second of two, whose transaction is then undone as a whole.
 */
async function migrateUp(run: Run): Promise<string[]> {
  const { Migrator } = await import("kysely/migration");
  const { sql } = await import("kysely");
  const migrator = new Migrator({
    db: run.db,
    provider: toProvider(run.migrations, (text, db) => sql.raw(text).execute(db)),
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: MIGRATION_LOCK_TABLE,
    nameComparator: (a, b) => (a < b ? -1 : 1),
  });
  const applied: string[] = [];
  for (;;) {
    const { error, results = [] } = await migrator.migrateUp();
    const [result] = results;
    if (error !== undefined) {
      throw await explain(run, error, result?.migrationName);
    }
    if (result === undefined) {
      return applied;
    }
    applied.push(result.migrationName);
    run.options.logger?.info({ migration: result.migrationName }, "storage.migrated");
  }
}

function toProvider(
  migrations: readonly MigrationFile[],
  run: (text: string, db: Kysely<unknown>) => Promise<unknown>,
): MigrationProvider {
  const entries = migrations.map(({ name, text }) => [
    name,
    { up: async (db: Kysely<unknown>) => void (await run(text, db)) },
  ]);
  return { getMigrations: async () => Object.fromEntries(entries) };
}

async function explain(run: Run, cause: unknown, failing?: string): Promise<MigrationError> {
  const unknown = await findUnknown(run).catch(() => []);
  if (unknown.length > 0) {
    return new MigrationError(
      "database-is-newer",
      `The database has been migrated by a newer version: it knows ${unknown.join(", ")}, which this version does not. Start the newer version again, or restore the backup that was made before it.`,
      { cause },
    );
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const what =
    failing === undefined
      ? "The database could not be migrated"
      : `Migration ${failing} failed and was undone`;
  return new MigrationError("migration-failed", `${what}: ${reason}`, { cause });
}

/**
 * Whether exactly these migrations have run. Most starts find it so, and then kysely need not be loaded
 * (its memory would stay).
 */
async function isCurrent(pool: pg.Pool, migrations: readonly MigrationFile[]): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass($1) is not null as there",
    [MIGRATION_TABLE],
  );
  if (!rows[0]?.there) return false;
  const { rows: ran } = await pool.query<{ name: string }>(
    `select name from ${MIGRATION_TABLE} order by name`,
  );
  const names = ran.map(({ name }) => name).join();
  return names === migrations.map(({ name }) => name).join();
}

async function findUnknown({ pool, migrations }: Run): Promise<string[]> {
  const known = migrations.map(({ name }) => name);
  const { rows } = await pool.query<{ name: string }>(
    `select name from ${MIGRATION_TABLE} where name <> all ($1::text[]) order by name`,
    [known],
  );
  return rows.map(({ name }) => name);
}
