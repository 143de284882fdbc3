import { parseArgs } from "node:util";
import type { Demo } from "@recado/contract/demo";
import { median, quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import { type LoadResult, type LoadTarget, runLoad } from "./parts/http-load.ts";
import { readCpuMs } from "./parts/process-stats.ts";
import * as programs from "./parts/programs.ts";
import { createSends, SEND_PATH } from "./parts/sends.ts";
import { sayStatements, watchStatements } from "./parts/statements.ts";

/*
 * node bench/acceptance.ts [--seconds 4] [--rounds 3] [--profile <folder>] [--statements]
 *   [--sql <statement>]
 *
 * Sends accepted a second over HTTP, fsync on, beside a plain server with one INSERT and one commit for each request on
 * the same PostgreSQL (floor-server.ts), and beside that server when it stores nothing: what is above it no server on the
 * same library can reach. They take turns. Our server runs without its worker: what is measured is the answer to the caller.
 */

const WARM_UP_MS = 2_000;
const CONNECTIONS = [50, 200];

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
    profile: { type: "string" },
    statements: { type: "boolean", default: false },
    sql: { type: "string" },
  },
});

interface Side extends LoadTarget {
  name: string;
  pid: number;
}

interface Sides {
  ours: Side;
  floor: Side;
  /** The floor's server without its INSERT: what could be answered if storing cost nothing. */
  bare: Side;
  stop(): Promise<void>;
}

await main();

async function main(): Promise<void> {
  const place = await programs.makePlace();
  try {
    const demo = await makeDemonstration(place);
    const sides = await startSides(place, demo);
    sayMachine();
    const [{ fsync, synchronous_commit: commit } = {}] = await readDurability(place);
    say(
      `fsync ${fsync}, synchronous_commit ${commit}; rounds take turns: ours, floor, bare, ours, …`,
    );
    for (const connections of CONNECTIONS) await compare(sides, connections);
    if (options.statements) await sayStatements(place);
    await sides.stop();
    sayMachine();
  } finally {
    programs.removePlace(place);
  }
}

async function makeDemonstration(place: programs.Place): Promise<Demo> {
  const simulator = programs.startSimulator(place);
  const server = await programs.startServer(place, ["demo"]);
  if (options.statements) await watchStatements(place);
  if (options.sql) await programs.runSql(place, options.sql.split(";"));
  await server.stop();
  await simulator.stop();
  return programs.readDemo(place);
}

async function startSides(place: programs.Place, demo: Demo): Promise<Sides> {
  const profile = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
  const flags = [...programs.SERVER_FLAGS, ...profile];
  const server = await programs.startServer(place, ["serve", "--role", "api"], flags);
  const floorPlace = { ...place, ...(await floorSettings(place, demo)) };
  const floor = programs.startProgram(floorPlace, [
    ...programs.SERVER_FLAGS,
    "bench/floor-server.ts",
  ]);
  await programs.waitForOk(`http://127.0.0.1:${floorPlace.port}/ready`);
  const nextBody = createSends(demo);
  return {
    ours: { name: "ours", pid: server.pid, port: place.port, path: SEND_PATH, nextBody },
    floor: { name: "floor", pid: floor.pid, port: floorPlace.port, path: "/send", nextBody },
    bare: { name: "bare", pid: floor.pid, port: floorPlace.port, path: "/bare", nextBody },
    async stop() {
      await floor.stop();
      await server.stop();
    },
  };
}

async function floorSettings(place: programs.Place, demo: Demo) {
  const login = { FLOOR_LOGIN: demo.login, FLOOR_TOKEN: demo.token };
  // The simulator has ended: its port is free.
  return {
    port: place.simulatorPort,
    env: { DATABASE_URL: programs.databaseUrl(place), ...login },
  };
}

async function readDurability(place: programs.Place) {
  const [rows] = await programs.runSql(place, [
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit",
  ]);
  return rows as { fsync: string; synchronous_commit: string }[];
}

async function compare({ ours, floor, bare }: Sides, connections: number): Promise<void> {
  const durationMs = Number(options.seconds) * 1000;
  for (const side of [ours, floor, bare])
    await runLoad(side, { connections, durationMs: WARM_UP_MS });
  const rounds = { ours: [] as Round[], floor: [] as Round[], bare: [] as Round[] };
  for (let round = 0; round < Number(options.rounds); round += 1) {
    rounds.ours.push(await measure(ours, { connections, durationMs }));
    rounds.floor.push(await measure(floor, { connections, durationMs }));
    rounds.bare.push(await measure(bare, { connections, durationMs }));
  }
  const [a, b, c] = [rounds.ours, rounds.floor, rounds.bare].map(summarise);
  if (!(a && b && c)) return;
  const ratio = (of: typeof a) =>
    of.figures.map((figure, at) => (figure / (b.figures[at] ?? 1)).toFixed(2));
  say(`\n${connections} concurrent, median of ${options.rounds} rounds of ${options.seconds} s`);
  sayTable([
    ["", "req/s", "p50 ms", "p99 ms", "server CPU µs/req", "each round req/s"],
    ["ours", ...a.cells],
    ["floor", ...b.cells],
    ["bare", ...c.cells],
    ["ours / floor", ...ratio(a), ""],
    ["bare / floor", ...ratio(c), ""],
  ]);
}

interface Round extends LoadResult {
  cpuMicros: number;
}

async function measure(
  side: Side,
  load: { connections: number; durationMs: number },
): Promise<Round> {
  const before = readCpuMs(side.pid);
  const result = await runLoad(side, load);
  const cpuMicros = ((readCpuMs(side.pid) - before) * 1000) / result.latenciesMs.length;
  for (const [answer, count] of result.others) say(`  ${side.name} ${count} times: ${answer}`);
  return { ...result, cpuMicros };
}

function summarise(rounds: readonly Round[]) {
  const rates = rounds.map((round) => round.perSecond);
  const figures = [
    median(rates),
    median(rounds.map((round) => quantile(round.latenciesMs, 0.5))),
    median(rounds.map((round) => quantile(round.latenciesMs, 0.99))),
    median(rounds.map((round) => round.cpuMicros)),
  ];
  const [rate = 0, p50 = 0, p99 = 0, cpu = 0] = figures;
  const each = rates.map((one) => one.toFixed(0)).join(" ");
  return {
    figures,
    cells: [rate.toFixed(0), p50.toFixed(1), p99.toFixed(1), cpu.toFixed(0), each],
  };
}
