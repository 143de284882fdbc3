import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median, quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import { offerLoad } from "./parts/offer-load.ts";
import { type LifeWorld, openLifeWorld } from "./parts/open-life.ts";
import { ROOT, runSql } from "./parts/programs.ts";
import { storeMessages } from "./parts/stored-messages.ts";

/*
 * node bench/ten-million.ts [--stored 10000000] [--few 10000] [--months 6] [--full-months 2] [--rate 200] [--seconds 20]
 *   [--rounds 3]
 *
 * What a message costs (accepted to read, three webhooks) when the account has few messages and when it has millions: the same
 * load on the same server before and after they are stored. Cost is the time that PostgreSQL spends in statements, and the
 * CPU of server and PostgreSQL, for each message; the median of the rounds. Goal: at most 1.15 times. Then the oldest month
 * that is still full is retired by `recado retention`, under the same load, and its partitions are gone.
 */

const GOAL = 1.15;
const CONNECTIONS = 50;
const WARM_UP_S = 5;
const READ_MS_MAX = 60_000;
const RETENTION_RUNS_MAX = 500;

const { values: options } = parseArgs({
  options: {
    stored: { type: "string", default: "10000000" },
    few: { type: "string", default: "10000" },
    months: { type: "string", default: "6" },
    "full-months": { type: "string", default: "2" },
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
  },
});

await main();

async function main(): Promise<void> {
  const world = await openLifeWorld();
  try {
    sayMachine();
    await storeMessages(world.place, { count: Number(options.few), months: 1, fullMonths: 1 }, say);
    const few = await measure(world, `${options.few} stored`);
    await storeMessages(
      world.place,
      {
        count: Number(options.stored) - Number(options.few),
        months: Number(options.months),
        fullMonths: Number(options["full-months"]),
      },
      say,
    );
    await saySize(world);
    const many = await measure(world, `${options.stored} stored`);
    sayCosts(few, many);
    await retire(world);
    sayMachine();
  } finally {
    await world.close();
  }
}

/** Milliseconds for each message. */
interface Cost {
  statements: number;
  postgresCpu: number;
  serverCpu: number;
  /** Kilobytes of PostgreSQL's log, not milliseconds. */
  wal: number;
  acceptP99: number;
  readP50: number;
}

async function measure(world: LifeWorld, what: string): Promise<Cost> {
  await offer(world, WARM_UP_S);
  const rounds: Cost[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    rounds.push(await offer(world, Number(options.seconds)));
  }
  say(`${what}: measured ${rounds.length} times ${options.seconds} s at ${options.rate}/s`);
  const middle = (of: (cost: Cost) => number) => median(rounds.map(of));
  return {
    statements: middle((one) => one.statements),
    postgresCpu: middle((one) => one.postgresCpu),
    serverCpu: middle((one) => one.serverCpu),
    wal: middle((one) => one.wal),
    acceptP99: middle((one) => one.acceptP99),
    readP50: middle((one) => one.readP50),
  };
}

async function offer(world: LifeWorld, seconds: number): Promise<Cost> {
  await runSql(world.place, ["select pg_stat_statements_reset()"]);
  const before = world.readCpu();
  const offered = await offerLoad(world.target, {
    perSecond: Number(options.rate),
    durationMs: seconds * 1_000,
    connections: CONNECTIONS,
  });
  await world.waitForReads(offered, READ_MS_MAX);
  const after = world.readCpu();
  const count = offered.acceptedAtMs.size;
  for (const [answer, times] of offered.others) say(`  ${times} times: ${answer}`);
  const toRead = [...offered.acceptedAtMs].map(
    ([id, at]) => (world.receiver.readAtMs.get(id) ?? Number.NaN) - at,
  );
  const { ms, walKb } = await readStatementTotals(world);
  return {
    statements: ms / count,
    wal: walKb / count,
    postgresCpu: (after.postgres - before.postgres) / count,
    serverCpu: (after.server - before.server) / count,
    acceptP99: quantile(offered.latenciesMs, 0.99),
    readP50: quantile(toRead, 0.5),
  };
}

async function readStatementTotals({ place }: LifeWorld): Promise<{ ms: number; walKb: number }> {
  const [rows = []] = await runSql(place, [
    `select sum(total_exec_time)::float8 as ms, (sum(wal_bytes) / 1024)::float8 as "walKb" from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())`,
  ]);
  return rows[0] as { ms: number; walKb: number };
}

function sayCosts(few: Cost, many: Cost): void {
  const row = (what: string, of: (cost: Cost) => number, goal: boolean) => {
    const ratio = of(many) / of(few);
    const reached = ratio <= GOAL ? "yes" : "no";
    return [what, of(few).toFixed(2), of(many).toFixed(2), ratio.toFixed(2), goal ? reached : ""];
  };
  sayTable([
    ["for each message", `ms at ${options.few}`, `ms at ${options.stored}`, "ratio", "reached"],
    row("statements of PostgreSQL", (cost) => cost.statements, true),
    row("CPU of PostgreSQL", (cost) => cost.postgresCpu, true),
    row("CPU of the server", (cost) => cost.serverCpu, true),
    row("kB of log written", (cost) => cost.wal, false),
    row("p99 of the send call", (cost) => cost.acceptP99, false),
    row("accepted to read, p50", (cost) => cost.readP50, false),
  ]);
}

async function saySize({ place }: LifeWorld): Promise<void> {
  const [rows = []] = await runSql(place, [
    `select pg_size_pretty(pg_database_size(current_database())) as size,
       (select count(*) from pg_inherits where inhparent = 'messages'::regclass) as partitions`,
  ]);
  const [row] = rows as { size: string; partitions: string }[];
  say(`the database has ${row?.size}, messages ${row?.partitions} partitions`);
}

/** Retires everything but the newest month of events, calls and webhooks, while messages go on. */
async function retire(world: LifeWorld): Promise<void> {
  const { place } = world;
  const [rows = []] = await runSql(place, ["select account_id from logins where login = 'demo'"]);
  const account = (rows[0] as { account_id: string }).account_id;
  const before = await listMonths(world);
  // Days of the month that is under way: all that is older goes.
  const days = String(Math.max(7, new Date().getUTCDate()));
  recado(world, ["retention", "set", account, "--events", days, "--deliveries", days]);
  const load = offerLoad(world.target, {
    perSecond: Number(options.rate),
    durationMs: Number(options.seconds) * 1_000,
    connections: CONNECTIONS,
  });
  const startedAt = performance.now();
  let removed = 0;
  for (let run = 0; run < RETENTION_RUNS_MAX; run += 1) {
    const done = await retainOnce(world);
    removed += done.events + done.deliveries + done.attempts;
    if (!done.more) break;
  }
  const tookS = ((performance.now() - startedAt) / 1_000).toFixed(0);
  const offered = await load;
  await world.waitForReads(offered, READ_MS_MAX);
  const after = await listMonths(world);
  const dropped = before.filter((name) => !after.includes(name));
  say(
    `retention removed ${removed} rows in ${tookS} s and dropped ${dropped.length} partitions: ${dropped.join(", ")}`,
  );
  say(
    `sends meanwhile: p99 ${quantile(offered.latenciesMs, 0.99).toFixed(0)} ms of ${offered.acceptedAtMs.size}`,
  );
}

interface RetentionDone {
  events: number;
  attempts: number;
  deliveries: number;
  more: boolean;
}

/** By HTTP, not by the command line: it must not stop the clock of the load that runs in this process. */
async function retainOnce({ place }: LifeWorld): Promise<RetentionDone> {
  const reply = await fetch(`http://127.0.0.1:${place.port}/admin/retention/run`, {
    method: "POST",
    headers: { authorization: `Bearer ${readAdminToken(place.dataDir)}` },
  });
  if (!reply.ok) throw new Error(`retention answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as RetentionDone;
}

function readAdminToken(dataDir: string): string {
  return readFileSync(join(dataDir, "admin-token"), "utf8").trim();
}

function recado({ place }: LifeWorld, args: readonly string[]): void {
  const env = {
    ...process.env,
    RECADO_URL: `http://127.0.0.1:${place.port}`,
    DATA_DIR: place.dataDir,
  };
  execFileSync(process.execPath, ["packages/cli/bin/recado.mjs", ...args], { cwd: ROOT, env });
}

async function listMonths({ place }: LifeWorld): Promise<string[]> {
  const [rows = []] = await runSql(place, [
    "select relname as name from pg_class where relkind = 'r' and relname ~ '_y[0-9]{4}m[0-9]{2}$' order by 1",
  ]);
  return (rows as { name: string }[]).map(({ name }) => name);
}
