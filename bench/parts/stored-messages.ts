import pg from "pg";
import { ensurePartitions, namePartition } from "../../packages/server/src/storage/partitions.ts";
import { LASTING_ROWS, PASSING_ROWS } from "./stored-rows.ts";

/** Messages that have been there for long, as a busy account has them. */
export interface StoredWish {
  /** How many in all. */
  count: number;
  /** Over how many months, the present one included, they are spread evenly. */
  months: number;
  /** How many of the newest months still have their events, calls, webhooks and posts; older ones have messages and money alone. */
  fullMonths: number;
}

/** A month of stored messages, numbered from 0, the oldest first. */
export interface StoredMonth {
  /** As the partitions' names end: `y2026m11`. */
  name: string;
  isFull: boolean;
}

/** Of one transaction. */
const CHUNK = 50_000;
const SAY_EVERY_MS = 30_000;
/** Tables that each message has rows in, by the column that says its month. */
const MONTHLY = [
  "messages",
  "transfers",
  "events",
  "attempts",
  "deliveries",
  "delivery_attempts",
  "journal",
];

/**
 * Writes ended messages of the demonstration's account straight into the database, in the shape that the product leaves: message
 * and charge, and for the newest months five events, one call, three webhooks with their calls, and the posts. Each month has the
 * partitions that the product makes. No server may run meanwhile. What is there is not written again: an end in the
 * middle, or a month that retention has taken, is made good by another call, which must wish for the same. `say` is told how far it has
 * come.
 */
export async function storeMessages(
  url: string,
  wish: StoredWish,
  say: (line: string) => void,
): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(
      "set synchronous_commit = off; set statement_timeout = 0; set work_mem = '64MB'",
    );
    const plan = await readPlan(pool, wish);
    let written = 0;
    let saidAtMs = performance.now();
    for (const chunk of listChunks(plan)) {
      if (chunk.place === 0)
        await ensurePartitions(pool, { now: new Date(chunk.fromMs), monthsAhead: 0 });
      if (!(await storeChunk(pool, plan, chunk))) continue;
      written += chunk.count;
      if (performance.now() - saidAtMs < SAY_EVERY_MS) continue;
      say(`  ${chunk.first + chunk.count} of ${plan.count} messages stored`);
      saidAtMs = performance.now();
    }
    if (written === 0) return;
    // As autovacuum would have done long ago.
    for (const table of MONTHLY) await pool.query(`vacuum (analyze, freeze) ${table}`);
    await pool.query("checkpoint");
    say(`  ${plan.count} messages stored, all in order`);
  } finally {
    await pool.end();
  }
}

/** The months that were stored, the oldest first. */
export async function listStoredMonths(url: string): Promise<StoredMonth[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    const plan = await findPlan(pool);
    if (plan === null) return [];
    return listMonths(plan).map(({ fromMs, isFull }) => ({ name: nameMonth(fromMs), isFull }));
  } finally {
    await pool.end();
  }
}

/** Says that what passes of a month is being taken away: the next {@link storeMessages} writes it anew. */
export async function forgetMonth(url: string, name: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await pool.query("delete from bench.stored where part = 'passing' and month = $1", [name]);
  await pool.end();
}

/** What was wished for at first, and what the rows go by. */
interface Plan extends StoredWish {
  /** The moment of the last message. */
  untilMs: number;
  /** The account's events are numbered from here. */
  firstSeq: bigint;
}

async function findPlan(pool: pg.Pool): Promise<Plan | null> {
  await pool.query(`
    create schema if not exists bench;
    create table if not exists bench.plan (count int, months int, full_months int, until_ms bigint, first_seq bigint);
    create table if not exists bench.stored (month text, first int, part text, primary key (month, first, part))`);
  const { rows } = await pool.query<Plan & { untilMs: string; firstSeq: string }>(
    `select count, months, full_months as "fullMonths", until_ms::text as "untilMs", first_seq::text as "firstSeq" from bench.plan`,
  );
  const [row] = rows;
  return row ? { ...row, untilMs: Number(row.untilMs), firstSeq: BigInt(row.firstSeq) } : null;
}

/** The first time: claims the numbers of the events, which nobody shall follow one by one, and takes the money. */
async function readPlan(pool: pg.Pool, wish: StoredWish): Promise<Plan> {
  const known = await findPlan(pool);
  if (known !== null) {
    if (
      known.count !== wish.count ||
      known.months !== wish.months ||
      known.fullMonths !== wish.fullMonths
    ) {
      throw new Error(
        `this folder was filled with ${known.count} messages of ${known.months} months, ${known.fullMonths} full`,
      );
    }
    return known;
  }
  await pool.query("begin");
  await pool.query(
    `insert into bench.plan select $1, $2, $3, $4, c.event_seq from counters c join logins l using (account_id) where l.login = 'demo'`,
    [wish.count, wish.months, wish.fullMonths, Date.now() - 120_000],
  );
  for (const statement of [
    `update counters set event_seq = event_seq + 5::bigint * ${wish.count} where account_id = (select account_id from logins where login = 'demo')`,
    `update log_followers f set seq = c.event_seq from counters c where c.account_id = f.account_id`,
    `update wallets set balance = balance - ${wish.count} where account_id = (select account_id from logins where login = 'demo')`,
  ]) {
    await pool.query(statement);
  }
  await pool.query("commit");
  return readPlan(pool, wish);
}

interface Month {
  fromMs: number;
  untilMs: number;
  isFull: boolean;
}

function listMonths(plan: Plan): Month[] {
  const last = new Date(plan.untilMs);
  const startOf = (ahead: number) => Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + ahead);
  return Array.from({ length: plan.months }, (_, at) => {
    const back = plan.months - 1 - at;
    return {
      fromMs: startOf(-back),
      untilMs: Math.min(startOf(1 - back), plan.untilMs),
      isFull: back < plan.fullMonths,
    };
  });
}

interface Chunk extends Month {
  /** Of how many messages the month has. */
  monthCount: number;
  /** The place of its first message in the month, and among all. */
  place: number;
  first: number;
  count: number;
}

function* listChunks(plan: Plan): Generator<Chunk> {
  const perMonth = Math.ceil(plan.count / plan.months);
  let first = 0;
  for (const month of listMonths(plan)) {
    const monthCount = Math.min(perMonth, plan.count - first);
    for (let place = 0; place < monthCount; place += CHUNK) {
      const count = Math.min(CHUNK, monthCount - place);
      yield { ...month, monthCount, place, first, count };
      first += count;
    }
  }
}

/** False: it was there. */
async function storeChunk(pool: pg.Pool, plan: Plan, chunk: Chunk): Promise<boolean> {
  const month = nameMonth(chunk.fromMs);
  const { rows } = await pool.query<{ part: string }>(
    "select part from bench.stored where month = $1 and first = $2",
    [month, chunk.first],
  );
  const parts = chunk.isFull ? (["lasting", "passing"] as const) : (["lasting"] as const);
  const missing = parts.filter((part) => !rows.some((row) => row.part === part));
  if (missing.length === 0) return false;
  await pool.query("begin");
  await pool.query("drop table if exists pg_temp.stored");
  await pool.query(MAKE_ID);
  await pool.query(STORED, [
    chunk.first,
    chunk.count,
    chunk.fromMs,
    chunk.untilMs,
    chunk.place,
    chunk.monthCount,
    plan.firstSeq,
  ]);
  for (const part of missing) {
    for (const statement of part === "lasting" ? LASTING_ROWS : PASSING_ROWS)
      await pool.query(statement);
    await pool.query("insert into bench.stored values ($1, $2, $3)", [month, chunk.first, part]);
  }
  await pool.query("commit");
  return true;
}

/**
 * A UUIDv7 of a moment (milliseconds), the same for the same name: `pg_temp`, since the product has no function of its own in
 * the database.
 */
const MAKE_ID = `create or replace function pg_temp.id_at(ms bigint, name text) returns uuid language sql immutable as $$
  select (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(name), 1, 3) || '8' || substr(md5(name), 4, 15))::uuid $$`;

/** Always the same rows for the same chunk. */
const STORED = `create temp table stored as
  select p.account_id, p.id as project_id, p.channel_id, c.app_id, t.id as template_id, e.id as endpoint_id,
    pg_temp.id_at(s.ms, 'm' || s.n) as id, s.ms, s.n, $7::bigint + 5 * s.n as seq, to_timestamp(s.ms / 1000.0) as at,
    '5731' || lpad((s.n % 1000000 + 1)::text, 8, '0') as mobile,
    'wamid.HBgM' || encode(decode(md5('w' || s.n) || md5('v' || s.n), 'hex'), 'base64') as wamid
  from (select $1::bigint + n as n,
          $3::bigint + (($4::bigint - $3::bigint) * (($5::int + n)::float8 / $6::int))::bigint as ms
        from generate_series(0, $2::int - 1) n) s
  cross join (select p.* from projects p join logins l using (account_id) where l.login = 'demo' order by p.id limit 1) p
  join channels c on c.account_id = p.account_id and c.id = p.channel_id
  join lateral (select id from templates t where t.account_id = p.account_id and t.status = 'approved' order by id limit 1) t on true
  join lateral (select id from endpoints e where e.account_id = p.account_id order by id limit 1) e on true`;

function nameMonth(ms: number): string {
  return namePartition("", new Date(ms)).slice(1);
}
