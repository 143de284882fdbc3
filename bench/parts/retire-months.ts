import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { quantile, say, sayTable } from "./figures.ts";
import { type OfferedLoad, offerLoad } from "./offer-load.ts";
import type { LifeWorld } from "./open-life.ts";
import { databaseUrl, runSql } from "./programs.ts";
import { forgetMonth, listStoredMonths } from "./stored-messages.ts";

/** How many messages a second go on meanwhile, and for how long before and while. */
export interface RetireLoad {
  perSecond: number;
  seconds: number;
  connections: number;
}

const DAY_MS = 86_400_000;
const DAYS_MIN = 7;
const LOOK_EVERY_MS = 20;
const RUNS_MAX = 500;
const READ_MS_MAX = 60_000;

/**
 * Has retention take everything but the present month's events, calls, webhooks and posts while messages go on, and prints how long it
 * took, what was shut and for how long, and what the sends felt.
 */
export async function retireMonths(world: LifeWorld, load: RetireLoad): Promise<void> {
  const { place } = world;
  const now = new Date();
  const startOfMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  const days = Math.floor((now.getTime() - startOfMonth) / DAY_MS);
  const before = await listMonths(world);
  const stored = await listStoredMonths(databaseUrl(place));
  const gone = stored.filter(({ name, isFull }) => isFull && before.includes(`events_${name}`));
  // The present month is full too, and stays.
  if (gone.length < 2) return say("no month is left to be retired: fill the folder again");
  if (days < DAYS_MIN) return say(`in the first ${DAYS_MIN} days no month can be retired`);
  for (const { name } of gone.slice(0, -1)) await forgetMonth(databaseUrl(place), name);

  const calm = await offer(world, load);
  await setDays(world, days);
  const watch = await watchLocks(databaseUrl(place));
  const busy = offer(world, load);
  await delay(load.seconds * 250);
  const startedAt = performance.now();
  const removed = await removeAll(world);
  const tookMs = performance.now() - startedAt;
  const while_ = await busy;
  const locks = await watch.stop();
  await setDays(world, null);

  const after = await listMonths(world);
  const dropped = before.filter((name) => !after.includes(name));
  say(`retention took ${(tookMs / 1_000).toFixed(1)} s, removed ${removed} rows one by one`);
  const months = [...new Set(dropped.map((name) => name.slice(-8)))].join(", ");
  say(`  and dropped ${dropped.length} partitions of ${months}`);
  say(`tables that were shut (AccessExclusiveLock), seen every ${LOOK_EVERY_MS} ms:`);
  sayTable([["table", "looks"], ...[...locks.shut].map(([table, looks]) => [table, looks])]);
  say(`longest wait of anybody for a lock of a table: ${locks.longestMs.toFixed(0)} ms`);
  const row = (what: string, { latenciesMs }: OfferedLoad) => [
    what,
    latenciesMs.length,
    ...[0.5, 0.99, 1].map((share) => quantile(latenciesMs, share).toFixed(0)),
  ];
  sayTable([
    ["sends", "accepted", "p50 ms", "p99 ms", "worst ms"],
    row("before", calm),
    row("while", while_),
  ]);
  const p99 = (one: OfferedLoad) => quantile(one.latenciesMs, 0.99);
  say(`p99 while to before: ${(p99(while_) / p99(calm)).toFixed(2)}`);
}

async function offer(world: LifeWorld, load: RetireLoad): Promise<OfferedLoad> {
  const offered = await offerLoad(world.target, {
    perSecond: load.perSecond,
    durationMs: load.seconds * 1_000,
    connections: load.connections,
  });
  for (const [answer, times] of offered.others) say(`  ${times} times: ${answer}`);
  await world.waitForReads(offered, READ_MS_MAX);
  return offered;
}

async function removeAll(world: LifeWorld): Promise<number> {
  let removed = 0;
  for (let run = 0; run < RUNS_MAX; run += 1) {
    const done = (await callAdmin(world, "POST", "/retention/run")) as Record<string, number> & {
      more: boolean;
    };
    for (const kind of ["events", "attempts", "deliveries", "journal"]) removed += done[kind] ?? 0;
    if (!done.more) break;
  }
  return removed;
}

async function setDays(world: LifeWorld, days: number | null): Promise<void> {
  const [rows = []] = await runSql(world.place, [
    "select account_id from logins where login = 'demo'",
  ]);
  const { account_id } = rows[0] as { account_id: string };
  const body = { eventsDays: days, deliveriesDays: days, journalDays: days };
  await callAdmin(world, "PATCH", `/accounts/${account_id}/retention`, body);
}

/** By HTTP, not by the command line: it must not stop the clock of the load that runs in this process. */
async function callAdmin(
  { place }: LifeWorld,
  method: string,
  ...[path, body]: [path: string, body?: unknown]
): Promise<unknown> {
  const token = readFileSync(join(place.dataDir, "admin-token"), "utf8").trim();
  const reply = await fetch(`http://127.0.0.1:${place.port}/admin${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
}

interface SeenLocks {
  /** How many looks found each table shut. */
  shut: Map<string, number>;
  longestMs: number;
}

async function watchLocks(url: string): Promise<{ stop(): Promise<SeenLocks> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const seen: SeenLocks = { shut: new Map(), longestMs: 0 };
  let ended = false;
  const look = async () => {
    const { rows } = await client.query<{ name: string; shut: boolean; waited: number | null }>(
      `select coalesce(c.relname, l.relation::text) as name, l.granted as shut,
         extract(epoch from clock_timestamp() - l.waitstart)::float8 * 1000 as waited
       from pg_locks l left join pg_class c on c.oid = l.relation
       where l.locktype = 'relation' and (c.relkind = 'p' or not l.granted)
         and ((l.granted and l.mode = 'AccessExclusiveLock') or not l.granted)`,
    );
    for (const { name, shut, waited } of rows) {
      if (shut) seen.shut.set(name, (seen.shut.get(name) ?? 0) + 1);
      seen.longestMs = Math.max(seen.longestMs, waited ?? 0);
    }
  };
  const running = (async () => {
    while (!ended) {
      await look();
      await delay(LOOK_EVERY_MS);
    }
  })();
  return {
    async stop() {
      ended = true;
      await running;
      await client.end();
      return seen;
    },
  };
}

async function listMonths({ place }: LifeWorld): Promise<string[]> {
  const [rows = []] = await runSql(place, [
    "select relname as name from pg_class where relkind = 'r' and relname ~ '_y[0-9]{4}m[0-9]{2}$' order by 1",
  ]);
  return (rows as { name: string }[]).map(({ name }) => name);
}
