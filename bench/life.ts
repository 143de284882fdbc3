import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import type { LoadTarget } from "./parts/http-load.ts";
import { type OfferedLoad, offerLoad } from "./parts/offer-load.ts";
import { readCpuMs } from "./parts/process-stats.ts";
import * as programs from "./parts/programs.ts";
import { createSends, SEND_PATH } from "./parts/sends.ts";
import { sayStatements, watchStatements } from "./parts/statements.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./parts/webhook-receiver.ts";

/*
 * node bench/life.ts [--rates 200,400,600] [--seconds 12] [--status-delay 20] [--profile <folder>] [--statements]
 *   [--sql <statement>]
 *
 * The whole life of a message: accepted, handed to WhatsApp, sent, delivered, read, and three webhooks at the
 * integrator. Server (both roles), PostgreSQL, simulator, receiver and load share the machine. Load is offered at a
 * fixed rate whatever the server does; a rate is sustained when the backlog at its end is under two seconds of it.
 */

const CONNECTIONS = 100;
const WARM_UP = { perSecond: 100, durationMs: 3_000, connections: CONNECTIONS };
const DRAIN_MS_MAX = 40_000;
const BACKLOG_S_MAX = 2;

const { values: options } = parseArgs({
  options: {
    rates: { type: "string", default: "200,400,600" },
    seconds: { type: "string", default: "12" },
    "status-delay": { type: "string", default: "20" },
    profile: { type: "string" },
    statements: { type: "boolean", default: false },
    sql: { type: "string" },
  },
});

interface World {
  place: programs.Place;
  receiver: WebhookReceiver;
  target: LoadTarget;
  pids: Record<"server" | "postgres" | "simulator" | "load", number>;
}

await main();

async function main(): Promise<void> {
  const place = await programs.makePlace();
  const receiver = await startWebhookReceiver();
  place.env.PRIVATE_HOSTS_ALLOWED = receiver.host;
  try {
    const simulator = programs.startSimulator(place);
    const server = await startServer(place, receiver);
    await setStatusDelay(place);
    const pids = {
      server: server.pid,
      postgres: programs.findPostmaster(place),
      simulator: simulator.pid,
      load: process.pid,
    };
    const nextBody = createSends(programs.readDemo(place));
    const world = {
      place,
      receiver,
      pids,
      target: { port: place.port, path: SEND_PATH, nextBody },
    };
    sayMachine();
    await runRates(world);
    if (options.statements) await sayStatements(place);
    await server.stop();
    await simulator.stop();
    sayMachine();
  } finally {
    await receiver.stop();
    programs.removePlace(place);
  }
}

async function startServer(
  place: programs.Place,
  receiver: WebhookReceiver,
): Promise<programs.Program> {
  if (options.statements || options.sql) {
    const first = await programs.startServer(place, ["demo"]);
    if (options.statements) await watchStatements(place);
    if (options.sql) await programs.runSql(place, options.sql.split(";"));
    await first.stop();
  }
  const profile = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
  const flags = [...programs.SERVER_FLAGS, ...profile];
  const server = await programs.startServer(place, ["demo"], flags);
  // The demonstration's endpoint, which the lane reads anew for each claim, leads here from now on.
  await programs.runSql(place, [
    `update endpoints set url = '${receiver.url}' where url like '%/sim/receiver/demo'`,
  ]);
  return server;
}

async function setStatusDelay(place: programs.Place): Promise<void> {
  await fetch(`http://127.0.0.1:${place.simulatorPort}/sim/behaviour`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ statusDelayMs: Number(options["status-delay"]) }),
  });
}

async function runRates(world: World): Promise<void> {
  await waitForReads(world, await offerLoad(world.target, WARM_UP));
  const rows = [];
  for (const rate of options.rates.split(",").map(Number)) rows.push(await runRate(world, rate));
  sayTable([
    ["offered/s", "accepted/s", "read/s", "send p50", "p99 ms", "to read p50", "p99 ms"].concat([
      "backlog",
      "drained s",
      "sustained",
      "CPU % server",
      "postgres",
      "simulator",
      "load",
    ]),
    ...rows,
  ]);
  const counts = [...world.receiver.counts].map(([kind, count]) => `${kind} ${count}`);
  say(`webhooks received: ${counts.join(", ")}`);
}

async function runRate(world: World, perSecond: number): Promise<(string | number)[]> {
  const durationMs = Number(options.seconds) * 1000;
  const startedAt = performance.now();
  const cpuBefore = readCpu(world);
  const offered = await offerLoad(world.target, {
    perSecond,
    durationMs,
    connections: CONNECTIONS,
  });
  const endedAt = performance.now();
  const cpuAfter = readCpu(world);
  const backlog = countUnread(world, offered);
  const elapsedS = (endedAt - startedAt) / 1000;
  const drainedMs = await waitForReads(world, offered);
  const readMs = [...offered.acceptedAtMs].map(
    ([id, at]) => (world.receiver.readAtMs.get(id) ?? Number.POSITIVE_INFINITY) - at,
  );
  for (const [answer, count] of offered.others) say(`  ${count} times: ${answer}`);
  const sustained = offered.unsent < perSecond && backlog < perSecond * BACKLOG_S_MAX;
  const ms = (values: number[], share: number) => quantile(values, share).toFixed(0);
  return [
    perSecond,
    (offered.acceptedAtMs.size / elapsedS).toFixed(0),
    ((offered.acceptedAtMs.size - backlog) / elapsedS).toFixed(0),
    ms(offered.latenciesMs, 0.5),
    ms(offered.latenciesMs, 0.99),
    ms(readMs, 0.5),
    ms(readMs, 0.99),
    backlog,
    (drainedMs / 1000).toFixed(1),
    sustained ? "yes" : "no",
    ...cpuAfter.map((after, at) => ((after - (cpuBefore[at] ?? 0)) / elapsedS / 10).toFixed(0)),
  ];
}

/** Milliseconds of CPU of each process, PostgreSQL's with all its own. */
function readCpu({ pids }: World): number[] {
  return [
    readCpuMs(pids.server),
    readCpuMs(pids.postgres, { withChildren: true }),
    readCpuMs(pids.simulator),
    readCpuMs(pids.load),
  ];
}

function countUnread({ receiver }: World, offered: OfferedLoad): number {
  return [...offered.acceptedAtMs.keys()].filter((id) => !receiver.readAtMs.has(id)).length;
}

/** Milliseconds until every accepted message was read; says so when some were not in time. */
async function waitForReads(world: World, offered: OfferedLoad): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const unread = countUnread(world, offered);
    const tookMs = performance.now() - startedAt;
    if (unread === 0) return tookMs;
    if (tookMs > DRAIN_MS_MAX) {
      say(`  ${unread} messages were not read within ${DRAIN_MS_MAX} ms`);
      return tookMs;
    }
    await delay(100);
  }
}
