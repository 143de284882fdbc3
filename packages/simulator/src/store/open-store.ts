import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { laterColumns, schema } from "./schema.ts";

/** The simulator's memory: one SQLite file, written in groups. */
export interface Store {
  readonly db: DatabaseSync;
  /**
   * Runs `work` inside the next group's transaction and settles once that is committed. `work` must be
   * synchronous and touch nothing but the database: when a neighbour fails, it is run a second time.
   */
  write<T>(work: () => T): Promise<T>;
  /** A number greater than every earlier one, after a restart too. */
  nextSequence(): number;
  /** Commits what waits, then closes. Safe to call twice. */
  close(): void;
}

interface Waiting {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Opens, and if need be creates, `<dataDir>/simulator.sqlite`.
 *
 * `synchronous=OFF`: a written transaction survives the end of this process, however it ends, but not a
 * power cut; a simulator needs no more, and it keeps the hot path free of waiting for the disk.
 */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(join(dataDir, "simulator.sqlite"), { timeout: 5_000 });
  db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000");
  db.exec(schema);
  addColumns(db);
  let sequence = firstSequence(db);
  let waiting: Waiting[] = [];
  let open = true;

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    if (runGroup(db, group)) {
      for (const entry of group) entry.settle();
    } else {
      for (const entry of group) runAlone(db, entry);
    }
  }

  return {
    db,
    nextSequence: () => ++sequence,
    write<T>(work: () => T): Promise<T> {
      if (!open) return Promise.reject(new Error("the simulator's store is closed"));
      return new Promise<T>((resolve, reject) => {
        let result: T;
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({
          run: () => {
            result = work();
          },
          settle: () => resolve(result),
          fail: reject,
        });
      });
    },
    close() {
      if (!open) return;
      open = false;
      flush();
      db.close();
    },
  };
}

function addColumns(db: DatabaseSync): void {
  for (const { table, name, definition } of laterColumns) {
    const has = db.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").get(table, name);
    if (has === undefined) db.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${definition}`);
  }
}

/** Microseconds of the clock, or more if the clock was turned back: it has to grow across resets and restarts. */
function firstSequence(db: DatabaseSync): number {
  const tables = ["messages", "steps", "outbox", "posts", "received"];
  const columns = tables.map((table) => `(SELECT coalesce(max(seq), 0) FROM ${table})`);
  columns.push("(SELECT coalesce(max(version), 0) FROM messages)");
  const row = db.prepare(`SELECT max(${columns.join(", ")}) AS last`).get();
  return Math.max(Date.now() * 1000, Number(row?.last ?? 0));
}

function runGroup(db: DatabaseSync, group: Waiting[]): boolean {
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const entry of group) entry.run();
    db.exec("COMMIT");
    return true;
  } catch {
    // One bad entry must not spoil its neighbours: they are run again, each by itself.
    db.exec("ROLLBACK");
    return false;
  }
}

function runAlone(db: DatabaseSync, entry: Waiting): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    entry.run();
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    entry.fail(error);
    return;
  }
  entry.settle();
}
