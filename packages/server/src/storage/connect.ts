import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** What a statement needs to run: a pool, or the connection of one transaction. */
export interface Queryable {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<R>>;
}

export interface PoolOptions {
  /** What `pg_stat_activity` shows, so that an operator sees who holds a lock. */
  readonly applicationName: string;
  /** Most connections open at once. Default 10. */
  readonly connectionsMax?: number;
  /** The server ends a statement that runs longer. 0 is no limit. Default 30 s. */
  readonly statementTimeoutMs?: number;
  /** The server ends a transaction that is left open without a statement. 0 is no limit. Default 60 s. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long a caller waits for a connection before it is refused. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** A connection without work is closed after this. Default 30 s. */
  readonly idleTimeoutMs?: number;
  /** Lets the process end while connections are idle. For tests and short commands. Default false. */
  readonly allowExitOnIdle?: boolean;
  /** Told of a connection that broke while nobody used it (a restart of the database). The pool replaces it by itself. */
  readonly onError?: (error: Error) => void;
}

/**
 * A pool of connections to `url` that never crashes the process when a connection breaks.
 *
 * Values arrive so that nothing is lost: int8 (also `count(*)`) as bigint, numeric as string, timestamptz as Date, jsonb parsed.
 * Opens nothing until the first query.
 */
export function createPool(url: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.applicationName,
    max: options.connectionsMax ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
    allowExitOnIdle: options.allowExitOnIdle ?? false,
    keepAlive: true,
    // Statements that do not wait for one another's answers leave together (`withPipelinedTransaction`).
    pipeline: true,
    types: { getTypeParser },
  } as pg.PoolConfig);
  const onError = options.onError ?? (() => {});
  pool.on("error", onError);
  // The pool listens to idle clients only: one that breaks between two statements of a transaction would end the process. Its
  // user learns of it from the next statement.
  pool.on("connect", (client) => {
    client.on("error", () => {});
    // A month's table is empty when its plans are made, and then reading all of it looks cheapest, for as
    // long as the plan is kept. Every statement that repeats goes by a key that an index was made for.
    writeOncePerTurn(client);
    client.query(PLAN_BY_KEY).catch(() => {});
  });
  return pool;
}

/**
 * Lets all statements that are sent in one turn leave in one write. The library writes each by itself; a write
 * costs more than making the statement does, and wakes the database for a part of the work.
 */
function writeOncePerTurn(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  let corked = false;
  const query = (...given: unknown[]) => {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(() => {
        corked = false;
        stream.uncork();
      });
    }
    return send(...given);
  };
  client.query = query as typeof client.query;
}

const PLAN_BY_KEY = [
  "set enable_seqscan = off",
  "set enable_hashjoin = off",
  "set enable_mergejoin = off",
  // A scan by bitmap leaves dead entries in the index for the next one to read again; queues are full of them.
  "set enable_bitmapscan = off",
  // With twelve months of partitions, planning costs more than running.
  "set plan_cache_mode = force_generic_plan",
].join("; ");

export interface TransactionOptions {
  /** How often `work` is begun, the first time included. Default 5. */
  readonly attemptsMax?: number;
  /** Default `read committed`. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  /**
   * False: a crash of the database (not of this process) may forget it although the commit was answered.
   * For what is simply done again then. Default true.
   */
  readonly durable?: boolean;
}

/**
 * Runs `work` in one transaction and gives back what it gave: all of it is stored, or nothing.
 *
 * The **whole** of `work` runs again when the database gave it up in favour of another transaction (40001, 40P01), so it must
 * do nothing that cannot be undone besides its statements. Any other failure is thrown after a rollback, unchanged. When the
 * connection breaks during the commit, that failure is thrown, and whether the commit took place is not known: what
 * must not happen twice needs a unique key.
 */
export async function withTransaction<T>(
  pool: Database,
  work: (sql: pg.PoolClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const attemptsMax = options.attemptsMax ?? 5;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(pool, work, options);
    } catch (error) {
      if (attempt >= attemptsMax || !isGivenUp(error)) {
        throw error;
      }
      await pauseBeforeRetry(pool, attempt);
    }
  }
}

function pauseBeforeRetry(pool: Database, attempt: number): Promise<void> {
  const { pause = sleep } = pool;
  return pause(Math.random() * RETRY_DELAY_MS * 2 ** attempt);
}

/** What the work of a pipelined transaction gives back. */
export interface PipelinedWork<T> {
  result: T;
  /** Statements that were sent and not waited for; they must end well before the result counts. */
  pending: readonly Promise<unknown>[];
}

/**
 * As {@link withTransaction}, in fewer round trips: `begin` leaves together with the first statements of
 * `work`, and `commit` together with those that it did not wait for. The result counts only when all of
 * them have ended well.
 */
export async function withPipelinedTransaction<T>(
  pool: Database,
  work: (sql: pg.PoolClient) => Promise<PipelinedWork<T>>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runPipelinedOnce(pool, work);
    } catch (error) {
      if (attempt >= PIPELINED_ATTEMPTS_MAX || !isGivenUp(error)) throw error;
      await pauseBeforeRetry(pool, attempt);
    }
  }
}

const PIPELINED_ATTEMPTS_MAX = 5;

function runPipelinedOnce<T>(
  pool: pg.Pool,
  work: (sql: pg.PoolClient) => Promise<PipelinedWork<T>>,
): Promise<T> {
  return runBetween(pool, "begin", async (client, begun) => {
    const { result, pending } = await work(client);
    await checkSent(pending);
    const committed = client.query("commit");
    committed.catch(() => {});
    await Promise.all([begun, ...pending]);
    return { result, committed: await committed };
  });
}

/**
 * Throws when one of these has failed by now: before it left, of what it was to carry. PostgreSQL knows nothing of it and would
 * commit the others. All within the turn in which they were sent, so that the commit leaves in one write with them.
 */
async function checkSent(pending: readonly Promise<unknown>[]): Promise<void> {
  const failures: unknown[] = [];
  for (const statement of pending) statement.catch((error: unknown) => failures.push(error));
  for (let step = 0; step < UNSENT_STEPS; step += 1) {
    await null;
    if (failures.length > 0) throw failures[0];
  }
}

/** More functions than ever stand between a statement and who puts it among the pending. */
const UNSENT_STEPS = 16;

const waitingForCommit = new WeakMap<pg.PoolClient, (() => void)[]>();

/**
 * Has `then` called when this transaction is committed, and never if it is not: for what cannot be undone, such as
 * counting. It must not throw. Work that runs again says it again.
 */
export function afterCommit(sql: pg.PoolClient, then: () => void): void {
  const waiting = waitingForCommit.get(sql);
  if (waiting) waiting.push(then);
  else waitingForCommit.set(sql, [then]);
}

/** Marks a savepoint: the answer forgets what {@link afterCommit} was told since, when the transaction returns to there. */
export function forgetSince(sql: pg.PoolClient): () => void {
  const count = waitingForCommit.get(sql)?.length ?? 0;
  return () => void waitingForCommit.get(sql)?.splice(count);
}

function tellCommitted(client: pg.PoolClient): void {
  const waiting = waitingForCommit.get(client);
  if (!waiting) return;
  waitingForCommit.delete(client);
  for (const then of waiting) then();
}

/** The five letters by which PostgreSQL names a failure (its manual, appendix A), or undefined for another kind of failure. */
export function findSqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/**
 * Whether a value was at fault (classes 22 and 23, and 54: longer than an index takes): the same statement without it would have
 * run.
 */
export function isDataError(error: unknown): boolean {
  return /^(?:2[23]|54)/.test(findSqlState(error) ?? "");
}

/** Whether the database is away for now (not there, not to be found or reached, starting, stopping, out of connections). */
export function isUnavailable(error: unknown): boolean {
  if (/^(?:08|57P0|53)/.test(findSqlState(error) ?? "")) {
    return true;
  }
  const { code, message } = error as { code?: string; message?: string };
  return (
    /^E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND)/.test(code ?? "") ||
    /terminated|timeout exceeded|Connection ended|not queryable/i.test(message ?? "")
  );
}

/**
 * Whether the failure is the database's state of this moment (away, no room on the disk, so busy that a statement took longer than
 * allowed, given way to another transaction) and not the statement's: the same will run later, and nothing may be concluded
 * about its values.
 */
export function isPassing(error: unknown): boolean {
  return (
    isUnavailable(error) ||
    isGivenUp(error) ||
    /^(?:58|55P03|57014)/.test(findSqlState(error) ?? "")
  );
}

const RETRY_DELAY_MS = 5;

/** serialization_failure and deadlock_detected: PostgreSQL chose this transaction to give way, and it may be begun again. */
const GIVEN_UP = new Set(["40001", "40P01"]);

function isGivenUp(error: unknown): boolean {
  return GIVEN_UP.has(findSqlState(error) ?? "");
}

function runOnce<T>(
  pool: pg.Pool,
  work: (sql: pg.PoolClient) => Promise<T>,
  { isolation = "read committed", durable = true }: TransactionOptions,
): Promise<T> {
  const relaxed = durable ? "" : "; set local synchronous_commit = off";
  // It leaves together with the first statement of `work`, and if it failed so did they all.
  const begin = `begin isolation level ${isolation}${relaxed}`;
  return runBetween(pool, begin, async (client, begun) => {
    const result = await work(client);
    await begun;
    return { result, committed: await client.query("commit") };
  });
}

/** From a transaction's `begin`, which is sent and not waited for, to the end that `work` puts to it. */
async function runBetween<T>(
  pool: pg.Pool,
  begin: string,
  work: (
    client: pg.PoolClient,
    begun: Promise<unknown>,
  ) => Promise<{ result: T; committed: { command: string } }>,
): Promise<T> {
  const client = await pool.connect();
  tellCause(client);
  let broken = false;
  try {
    const begun = client.query(begin);
    // Whatever fails first is what is thrown; the rest must not count as unhandled.
    begun.catch(() => {});
    const { result, committed } = await work(client, begun);
    if (committed.command !== "COMMIT") {
      // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed before and `work` swallowed the error.
      throw new Error("The transaction was rolled back: one of its statements had failed unseen.");
    }
    tellCommitted(client);
    return result;
  } catch (error) {
    waitingForCommit.delete(client);
    broken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    // A connection that could not even roll back is thrown away: another user would find an open transaction in it.
    client.release(broken);
  }
}

const tellingCause = new WeakSet<pg.PoolClient>();

/**
 * Has statements that PostgreSQL refuses since their transaction has failed already fail with what it failed of. Statements
 * leave without waiting for one another, so the refusal may be what their sender hears first, and by it nobody can tell a
 * wrong value from a transaction that gave way.
 */
function tellCause(client: pg.PoolClient): void {
  if (tellingCause.has(client)) return;
  tellingCause.add(client);
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  let cause: unknown;
  const note = (error: unknown) => {
    if (findSqlState(error) === IN_FAILED_TRANSACTION) throw cause ?? error;
    cause = error;
    throw error;
  };
  const query = (...given: unknown[]) => {
    const answer = send(...given);
    return answer instanceof Promise ? answer.catch(note) : answer;
  };
  client.query = query as typeof client.query;
}

/** in_failed_sql_transaction */
const IN_FAILED_TRANSACTION = "25P02";

/** `int8[]`; the library's list of types leaves arrays out, though it parses them. */
const INT8_ARRAY_OID: number = 1016;

const parseInt8Strings: (text: string) => unknown = pg.types.getTypeParser(INT8_ARRAY_OID, "text");

function getTypeParser(oid: number, format?: "text" | "binary"): unknown {
  if (format === "binary") {
    return pg.types.getTypeParser(oid, "binary");
  }
  if (oid === pg.types.builtins.INT8) {
    return BigInt;
  }
  if (oid === INT8_ARRAY_OID) {
    return parseBigintArray;
  }
  return pg.types.getTypeParser(oid, "text");
}

function parseBigintArray(text: string): unknown {
  return toBigints(parseInt8Strings(text));
}

function toBigints(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toBigints);
  }
  return typeof value === "string" || typeof value === "number" ? BigInt(value) : value;
}

/** The database as others are handed it; `pause` is how long a transaction that gave way waits, by default as long as it is told. */
export type Database = pg.Pool & { pause?(ms: number): Promise<void> };

/** The connection of one open transaction. */
export type Transaction = pg.PoolClient;

/** For the rest of this transaction whole tables may be read, however long it takes. */
export async function allowScans(sql: Queryable): Promise<void> {
  await sql.query(
    "set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_bitmapscan = on; set local statement_timeout = 0",
  );
}
