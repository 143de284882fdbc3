import { parseArgs } from "node:util";
import { burst } from "./parts/burst.ts";
import { median, quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import { fillPlace } from "./parts/fill-place.ts";
import { offerLoad } from "./parts/offer-load.ts";
import { type LifeWorld, openLifeWorld } from "./parts/open-life.ts";
import { databaseUrl, makePlace, runSql } from "./parts/programs.ts";
import { retireMonths } from "./parts/retire-months.ts";
import { listStoredMonths } from "./parts/stored-messages.ts";

/*
 * node bench/ten-million.ts --data <folder> [--few 10000] [--rate 200] [--seconds 20] [--rounds 3] [--burst 4000] [--no-retention]
 *
 * What a message costs (accepted to read, three webhooks) beside ten thousand others and beside ten million, on two installations
 * that take turns. The folder has been filled by `bench/fill-ten-million.ts` and is kept; it is migrated by the start. Cost is the
 * CPU of server and PostgreSQL for each message at a fixed rate, and how many messages a second a burst comes to; medians of
 * the rounds. Goal: at most 1.15 times. Then retention takes a month of the folder's under load: fill it again before the next run.
 */

const GOAL = 1.15;
const CONNECTIONS = 50;
const WARM_UP_S = 5;
const READ_MS_MAX = 60_000;

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    few: { type: "string", default: "10000" },
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
    burst: { type: "string", default: "4000" },
    "no-retention": { type: "boolean", default: false },
  },
});

await main(options.data);

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined)
    throw new Error("--data <folder> is missing: bench/fill-ten-million.ts makes it");
  sayMachine();
  const small = await makePlace();
  await fillPlace(small, { count: Number(options.few), months: 1, fullMonths: 1 }, () => {});
  const few = await openLifeWorld({ place: small });
  const many = await openLifeWorld({ place: await makePlace(folder), keep: true }).catch(
    async (error: unknown) => {
      await few.close();
      throw error;
    },
  );
  try {
    const stored = await saySize(many);
    await measure(few, many, stored);
    if (!options["no-retention"]) {
      await few.pause();
      const load = { perSecond: Number(options.rate), seconds: 30, connections: CONNECTIONS };
      await retireMonths(many, load);
    }
    sayMachine();
  } finally {
    await few.close();
    await many.close();
  }
}

/** Of each message: CPU and statements in microseconds. */
interface Cost {
  statementsUs: number;
  postgresUs: number;
  serverUs: number;
  walKb: number;
  acceptP99Ms: number;
  readP50Ms: number;
}

async function measure(few: LifeWorld, many: LifeWorld, stored: string): Promise<void> {
  const costs: { few: Cost[]; many: Cost[] } = { few: [], many: [] };
  const rates: { few: number[]; many: number[] } = { few: [], many: [] };
  for (const world of [few, many]) {
    await offer(world, WARM_UP_S);
    await burst(world, [world.place], Number(options.burst) / 4);
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    costs.few.push(await offer(few, Number(options.seconds)));
    costs.many.push(await offer(many, Number(options.seconds)));
    rates.few.push(await burst(few, [few.place], Number(options.burst)));
    rates.many.push(await burst(many, [many.place], Number(options.burst)));
  }
  const row = (what: string, of: (cost: Cost) => number, goal: boolean) => {
    const [less, more] = [median(costs.few.map(of)), median(costs.many.map(of))];
    const reached = more / less <= GOAL ? "yes" : "no";
    return [what, less.toFixed(1), more.toFixed(1), (more / less).toFixed(2), goal ? reached : ""];
  };
  const [less, more] = [median(rates.few), median(rates.many)];
  say(
    `medians of ${options.rounds} rounds, ${options.seconds} s at ${options.rate}/s and a burst of ${options.burst}, in turns`,
  );
  sayTable([
    ["for each message", `beside ${options.few}`, `beside ${stored}`, "ratio", `at most ${GOAL}`],
    row("CPU of PostgreSQL, µs", (cost) => cost.postgresUs, true),
    row("CPU of the server, µs", (cost) => cost.serverUs, true),
    row("CPU of both, µs", (cost) => cost.postgresUs + cost.serverUs, true),
    row("time in statements, µs", (cost) => cost.statementsUs, false),
    row("log written, kB", (cost) => cost.walKb, false),
    row("p99 of the send call, ms", (cost) => cost.acceptP99Ms, false),
    row("accepted to read p50, ms", (cost) => cost.readP50Ms, false),
    [
      "messages/s in a burst",
      less.toFixed(0),
      more.toFixed(0),
      (less / more).toFixed(2),
      less / more <= GOAL ? "yes" : "no",
    ],
  ]);
  for (const [name, list] of Object.entries(rates)) {
    say(`  messages/s of each round, ${name}: ${list.map((one) => one.toFixed(0)).join(" ")}`);
  }
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
    statementsUs: (ms * 1_000) / count,
    walKb: walKb / count,
    postgresUs: ((after.postgres - before.postgres) * 1_000) / count,
    serverUs: ((after.server - before.server) * 1_000) / count,
    acceptP99Ms: quantile(offered.latenciesMs, 0.99),
    readP50Ms: quantile(toRead, 0.5),
  };
}

async function readStatementTotals({ place }: LifeWorld): Promise<{ ms: number; walKb: number }> {
  const [rows = []] = await runSql(place, [
    `select sum(total_exec_time)::float8 as ms, (sum(wal_bytes) / 1024)::float8 as "walKb" from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())`,
  ]);
  return rows[0] as { ms: number; walKb: number };
}

/** Answers how many messages it has. */
async function saySize({ place }: LifeWorld): Promise<string> {
  const months = await listStoredMonths(databaseUrl(place));
  if (months.length === 0) throw new Error("the folder is not filled: bench/fill-ten-million.ts");
  const [rows = []] = await runSql(place, [
    `select pg_size_pretty(pg_database_size(current_database())) as size, sum(greatest(c.reltuples, 0))::bigint::text as messages,
       count(*) as partitions, (pg_database_size(current_database()) / greatest(1, sum(greatest(c.reltuples, 0))) / 1024)::float8 as "eachKb"
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where inhparent = 'messages'::regclass`,
  ]);
  const [row] = rows as { size: string; partitions: string; messages: string; eachKb: number }[];
  const full = months.filter(({ isFull }) => isFull).length;
  say(
    `the folder has ${row?.size}: ${row?.messages} messages in ${row?.partitions} partitions, ${full} of ${months.length} months with everything; ${row?.eachKb.toFixed(1)} kB a message`,
  );
  return row?.messages ?? "";
}
