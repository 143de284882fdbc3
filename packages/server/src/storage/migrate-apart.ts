import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createPool } from "./connect.ts";
import { MIGRATION_TABLE } from "./migrate.ts";

const PROGRAM = join(import.meta.dirname, "..", "main.ts");

/**
 * Brings an empty database to the schema of this code in a process of its own, whose memory goes with it: a server that
 * has run all migrations keeps some 7 MB for as long as it lives. A database that has ever been migrated is left to
 * `migrate`, and so is whatever fails here: it says what is wrong. `env` has the settings of this process.
 */
export async function migrateApart(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!(await isEmpty(url).catch(() => false))) return;
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, "migrate"], {
    env: { ...env, DATABASE_URL: url },
    stdio: "ignore",
  });
  await once(child, "exit").catch(() => {});
}

async function isEmpty(url: string): Promise<boolean> {
  const pool = createPool(url, { applicationName: "recado-migrate", connectionsMax: 1 });
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      "select to_regclass($1) is not null as there",
      [MIGRATION_TABLE],
    );
    return rows[0]?.there === false;
  } finally {
    await pool.end();
  }
}
