import { createPool, type Transaction } from "../../packages/server/src/storage/connect.ts";
import { openTestDatabase, type TestDatabase } from "../../packages/server/src/testkit/database.ts";
import { type SqlResult, type Statement, settleRows, settleText } from "./settled-statement.ts";

/*
 * The real PostgreSQL behind a run. Statements are given to it one at a time. One that waits for another
 * transaction's lock is recognised as waiting, by PostgreSQL's own word and not by a clock. One is left to wait at most, for
 * of several PostgreSQL's processes race for the lock: others are called back and given again when a transaction ends, or, where
 * their transaction has done something already, give way. When a transaction ends, the one that can go on is waited for
 * before anything else happens. So what comes out depends on the order in which statements were given, and on nothing else.
 */

/** How a statement ended. */
export type Ending = { kind: "done"; result: SqlResult } | { kind: "failed"; error: Error };

type Connection = Transaction;

/** A real connection; it outlives the processes that use it, and is given to them clean. */
export interface Link {
  /** Null: opened with the first statement, so that it makes no difference whether an earlier run has left one. */
  connection: Connection | null;
  /** 0 before it is opened. */
  pid: number;
  /** A transaction is open on it. */
  inTransaction: boolean;
  /** A transaction that is to begin with the next statement: a way to the database of its own would change nothing. */
  beginsWith: string | null;
  /** The begin of the transaction that is open, while it has neither written nor locked anything: it could begin anew. */
  couldBegin: string | null;
  /** A statement that waits for a lock. */
  running: Promise<Ending> | null;
}

/** See above. */
export interface RealDatabase {
  /** For looking from outside, between two steps. */
  readonly pool: TestDatabase["pool"];
  takeLink(): Link;
  /** Rolls back what is open and keeps the link for the next user. */
  giveBack(link: Link): Promise<void>;
  /**
   * Runs a statement to its end. `waits`: it waits for a lock in PostgreSQL. `again`: it would have waited, and was called
   * back since nothing has been done in its transaction; to be given again when a transaction has ended.
   */
  execute(link: Link, statement: Statement): Promise<Ending | "waits" | "again">;
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
  const pool = createPool(database.socketUrl, PATIENT);
  const monitor = await database.pool.connect();
  const free: Link[] = [];
  const all = new Map<number, Link>();
  const { waits, settle, callBack } = watchLocks(monitor, all);
  const connect = async (link: Link): Promise<Connection> => {
    const connection = await openConnection(pool);
    link.pid = connection.pid;
    all.set(link.pid, link);
    return connection.client;
  };
  return {
    pool: database.pool,
    takeLink: () => free.pop() ?? makeLink(),
    async giveBack(link) {
      if (link.running) await callBack(link);
      if (link.inTransaction && link.beginsWith === null) await link.connection?.query("rollback");
      link.inTransaction = false;
      link.beginsWith = null;
      link.couldBegin = null;
      free.push(link);
    },
    async execute(link, statement) {
      link.running = run(link, statement, connect);
      const ending = await settle(link);
      if (ending) {
        if (ending.kind === "failed" || !isHarmless(statement)) link.couldBegin = null;
        return ending;
      }
      if (link.inTransaction && link.couldBegin === null) {
        const isFirst = [...all.values()].every((one) => one === link || one.running === null);
        return isFirst ? "waits" : callBack(link);
      }
      await callBack(link);
      if (link.inTransaction) await link.connection?.query("rollback");
      link.beginsWith = link.couldBegin;
      return "again";
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
      for (const { connection } of all.values()) connection?.release();
      await pool.end();
      monitor.release();
      await database.close();
    },
  };
}

/** Tells a statement that waits for a lock from one that takes its time. */
function watchLocks(monitor: Connection, all: ReadonlyMap<number, Link>) {
  const waits = async ({ pid }: Link): Promise<boolean> => {
    const { rows } = await monitor.query<{ pids: number[] }>({
      name: "blockers",
      text: "select pg_blocking_pids($1) as pids",
      values: [pid],
    });
    return (rows[0]?.pids ?? []).some((blocker) => all.has(blocker));
  };
  return {
    waits,
    /** Null: it waits. */
    async settle(link: Link): Promise<Ending | null> {
      for (;;) {
        const ending = await waitBriefly(link.running ?? Promise.reject(new Error("nothing runs")));
        if (ending) {
          link.running = null;
          return ending;
        }
        if (await waits(link)) return null;
      }
    },
    async callBack(link: Link): Promise<Ending> {
      await monitor.query("select pg_cancel_backend($1)", [link.pid]);
      const ending = await link.running;
      link.running = null;
      if (!ending) throw new Error("nothing ran that could be called back");
      return withDeadlock(ending);
    },
  };
}

function makeLink(): Link {
  const nothing = { beginsWith: null, couldBegin: null, running: null };
  return { connection: null, pid: 0, inTransaction: false, ...nothing };
}

async function openConnection(pool: TestDatabase["pool"]) {
  const client = await pool.connect();
  await client.query("set deadlock_timeout = '1h'");
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return { client, pid: rows[0]?.pid ?? 0 };
}

async function run(
  link: Link,
  statement: Statement,
  connect: (link: Link) => Promise<Connection>,
): Promise<Ending> {
  const text = typeof statement === "string" ? statement : statement.text;
  if (/^begin\b/u.test(text)) {
    link.inTransaction = true;
    link.beginsWith = text;
    link.couldBegin = text;
    return { kind: "done", result: { command: "BEGIN", rowCount: null, rows: [] } };
  }
  link.connection ??= await connect(link);
  const begun = link.beginsWith === null ? null : link.connection.query(link.beginsWith);
  link.beginsWith = null;
  try {
    const [result] = await Promise.all([link.connection.query(settleText(statement)), begun]);
    settleRows(text, result as SqlResult);
    return { kind: "done", result: result as SqlResult };
  } catch (error) {
    return { kind: "failed", error: error as Error };
  } finally {
    if (/^(?:commit|rollback)$/u.test(text)) link.inTransaction = false;
  }
}

/** It has read, and neither written nor locked nor set anything. */
function isHarmless(statement: Statement): boolean {
  const text = typeof statement === "string" ? statement : statement.text;
  if (/^begin\b/u.test(text)) return !text.includes("repeatable");
  return (
    /^\s*select\b/u.test(text) && !/\bfor (?:no key )?update\b|lock|\bset_config\b/u.test(text)
  );
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

const CANCELLED = "57014";

/** Our own cancelling stands for PostgreSQL's own choice; two that wait for each other are told so by it too. */
function withDeadlock(ending: Ending): Ending {
  if (ending.kind === "failed" && "code" in ending.error && ending.error.code === CANCELLED) {
    ending.error.code = "40P01";
  }
  return ending;
}
