import { createPool, type Transaction } from "../../packages/server/src/storage/connect.ts";
import { openTestDatabase, type TestDatabase } from "../../packages/server/src/testkit/database.ts";

/*
 * The real PostgreSQL behind a run. Statements are given to it one at a time. One that waits for another
 * transaction's lock is recognised as waiting, by PostgreSQL's own word and not by a clock, and left to wait; when a transaction
 * ends, those that can go on are waited for before anything else happens. So what comes out depends on the order
 * in which statements were given, and on nothing else.
 */

/** A statement as the product gives it. */
export type Statement = string | { name?: string; text: string; values?: unknown[] };

/** How a statement ended. */
export type Ending = { kind: "done"; result: SqlResult } | { kind: "failed"; error: Error };

/** What a statement gave. */
export interface SqlResult {
  command: string;
  rowCount: number | null;
  rows: unknown[];
}

type Connection = Transaction;

/** A real connection; it outlives the processes that use it, and is given to them clean. */
export interface Link {
  readonly connection: Connection;
  readonly pid: number;
  /** A transaction is open on it. */
  inTransaction: boolean;
  /** A transaction that is to begin with the next statement: a way to the database of its own would change nothing. */
  beginsWith: string | null;
  /** A statement that waits for a lock. */
  running: Promise<Ending> | null;
}

/** See above. */
export interface RealDatabase {
  /** For looking from outside, between two steps. */
  readonly pool: TestDatabase["pool"];
  takeLink(): Promise<Link>;
  /** Rolls back what is open and keeps the link for the next user. */
  giveBack(link: Link): Promise<void>;
  /** Runs a statement to its end; null: it waits for a lock. */
  execute(link: Link, statement: Statement): Promise<Ending | null>;
  /** After a transaction has ended: links of these that waited and whose statements have ended since. */
  findWoken(waiting: readonly Link[]): Promise<{ link: Link; ending: Ending }[]>;
  close(): Promise<void>;
}

/** So long a statement may run before PostgreSQL is asked whether it waits: a delay of the look, not of the outcome. */
const LOOK_AFTER_MS = 3;

/** Nothing ends by PostgreSQL's own clock. */
const PATIENT = {
  applicationName: "recado-simulate",
  connectionsMax: 100,
  statementTimeoutMs: 0,
  idleInTransactionTimeoutMs: 0,
  idleTimeoutMs: 0,
};

/** Opens a database of its own. Nothing in it is durable. */
export async function openRealDatabase(): Promise<RealDatabase> {
  const database = await openTestDatabase();
  const pool = createPool(database.url, PATIENT);
  const monitor = await database.pool.connect();
  const free: Link[] = [];
  const all = new Map<number, Link>();
  const blockersOf = async (link: Link): Promise<number[]> => {
    const { rows } = await monitor.query<{ pids: number[] }>({
      name: "blockers",
      text: "select pg_blocking_pids($1) as pids",
      values: [link.pid],
    });
    return (rows[0]?.pids ?? []).filter((pid) => all.has(pid));
  };
  const waits = async (link: Link): Promise<boolean> => {
    const blockers = await blockersOf(link);
    if (blockers.length === 0) return false;
    if (!(await isInCircle(link.pid, { blockers, all, blockersOf }))) return true;
    // PostgreSQL would find it too, after a while by its clock. Whoever closes the circle gives way.
    await monitor.query("select pg_cancel_backend($1)", [link.pid]);
    return false;
  };
  const settle = async (link: Link): Promise<Ending | null> => {
    for (;;) {
      const ending = await waitBriefly(link.running ?? Promise.reject(new Error("nothing runs")));
      if (ending) {
        link.running = null;
        return withDeadlock(ending);
      }
      if (await waits(link)) return null;
    }
  };
  return {
    pool: database.pool,
    async takeLink() {
      const kept = free.pop();
      if (kept) return kept;
      const link = await openLink(await pool.connect());
      all.set(link.pid, link);
      return link;
    },
    async giveBack(link) {
      if (link.running) {
        await monitor.query("select pg_cancel_backend($1)", [link.pid]);
        await link.running;
        link.running = null;
      }
      if (link.inTransaction && link.beginsWith === null) await link.connection.query("rollback");
      link.inTransaction = false;
      link.beginsWith = null;
      free.push(link);
    },
    execute(link, statement) {
      link.running = run(link, statement);
      return settle(link);
    },
    async findWoken(waiting) {
      const woken: { link: Link; ending: Ending }[] = [];
      for (const link of waiting) {
        if (!link.running || (await waits(link))) continue;
        const ending = await settle(link);
        if (ending) woken.push({ link, ending });
      }
      return woken;
    },
    async close() {
      for (const { connection } of all.values()) connection.release();
      await pool.end();
      monitor.release();
      await database.close();
    },
  };
}

async function openLink(connection: Connection): Promise<Link> {
  await connection.query("set deadlock_timeout = '1h'");
  const { rows } = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
  return {
    connection,
    pid: rows[0]?.pid ?? 0,
    inTransaction: false,
    beginsWith: null,
    running: null,
  };
}

async function run(link: Link, statement: Statement): Promise<Ending> {
  const text = typeof statement === "string" ? statement : statement.text;
  if (/^begin\b/u.test(text)) {
    link.inTransaction = true;
    link.beginsWith = text;
    return { kind: "done", result: { command: "BEGIN", rowCount: null, rows: [] } };
  }
  const begun = link.beginsWith === null ? null : link.connection.query(link.beginsWith);
  link.beginsWith = null;
  try {
    const [result] = await Promise.all([link.connection.query(statement), begun]);
    return { kind: "done", result: result as SqlResult };
  } catch (error) {
    return { kind: "failed", error: error as Error };
  } finally {
    if (/^(?:commit|rollback)$/u.test(text)) link.inTransaction = false;
  }
}

async function waitBriefly(running: Promise<Ending>): Promise<Ending | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LOOK_AFTER_MS);
  });
  const ending = await Promise.race([running, timeUp]);
  clearTimeout(timer);
  return ending;
}

/** Whether those who block this one wait, directly or not, for itself. */
async function isInCircle(
  pid: number,
  look: {
    blockers: readonly number[];
    all: ReadonlyMap<number, Link>;
    blockersOf(link: Link): Promise<number[]>;
  },
): Promise<boolean> {
  const open = [...look.blockers];
  const seen = new Set<number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === pid) return true;
    const link = look.all.get(next);
    if (seen.has(next) || !link?.running) continue;
    seen.add(next);
    open.push(...(await look.blockersOf(link)));
  }
  return false;
}

const CANCELLED = "57014";

/** Our own cancelling stands for PostgreSQL's own choice. */
function withDeadlock(ending: Ending): Ending {
  if (ending.kind === "failed" && "code" in ending.error && ending.error.code === CANCELLED) {
    ending.error.code = "40P01";
  }
  return ending;
}
