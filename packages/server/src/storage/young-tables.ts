import type { Database } from "./connect.ts";

/** Some hundred rows: enough to tell a good index from a bad one, and few enough that a bad one has cost little so far. */
const YOUNG_BYTES_MIN = 131_072;

/**
 * Tables of ours that have grown to 128 KiB and that PostgreSQL knows nothing of yet: new installations have them, every new
 * month and every restored backup. Names are quoted, as statements need them.
 */
export async function findYoungTables(pool: Database): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>({
    name: "find-young-tables",
    text: `select c.oid::regclass::text as name from pg_class c
           where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.reltuples < 0
             and pg_relation_size(c.oid) >= $1
           order by c.oid`,
    values: [YOUNG_BYTES_MIN],
  });
  return rows.map((row) => row.name);
}

/**
 * Has PostgreSQL look at a table, by a sample of its rows; plans that were made without are made anew then. Waits for nobody: one
 * that is being looked at or changed by others is left to them.
 */
export async function analyzeTable(pool: Database, name: string): Promise<void> {
  await pool.query(`analyze (skip_locked) ${name}`);
}
