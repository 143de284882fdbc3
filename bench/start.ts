import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { median, sayMachine, sayTable } from "./parts/figures.ts";
import { findDescendant, readMapsKb } from "./parts/process-stats.ts";
import * as programs from "./parts/programs.ts";

/*
 * node bench/start.ts [--rounds 2]
 *
 * From `npm start` on an installed clone to ready, on an empty folder of data (cold) and on one that is there (warm),
 * and what the server process weighs ten seconds after it is ready. PSS counts a page that several processes share
 * by its share (proc(5)): node's own code is shared with the simulator.
 */

const IDLE_MS = 10_000;
const GOAL = { readyS: 10, rssMb: 150 };

const { values: options } = parseArgs({ options: { rounds: { type: "string", default: "2" } } });

interface Start {
  readyS: number;
  rssMb: number;
  pssMb: number;
  stopS: number;
}

await main();

async function main(): Promise<void> {
  sayMachine();
  const starts: Record<"cold" | "warm", Start[]> = { cold: [], warm: [] };
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const place = await programs.makePlace();
    try {
      starts.cold.push(await startOnce(place));
      starts.warm.push(await startOnce(place));
    } finally {
      programs.removePlace(place);
    }
  }
  const middle = (of: readonly Start[], name: keyof Start, digits: number) =>
    median(of.map((start) => start[name])).toFixed(digits);
  sayTable([
    ["data", "ready s", "idle RSS MB", "idle PSS MB", "stopped s"],
    ...Object.entries(starts).map(([name, of]) => [
      name,
      middle(of, "readyS", 1),
      middle(of, "rssMb", 0),
      middle(of, "pssMb", 0),
      middle(of, "stopS", 1),
    ]),
    ["goal", GOAL.readyS, GOAL.rssMb, "", ""],
  ]);
  sayMachine();
}

async function startOnce(place: programs.Place): Promise<Start> {
  const log = openSync(join(place.dataDir, "bench.log"), "a");
  const settings = {
    DATA_DIR: place.dataDir,
    PORT: String(place.port),
    SIMULATOR_PORT: String(place.simulatorPort),
  };
  const child = spawn("npm", ["start"], {
    cwd: programs.ROOT,
    env: { ...process.env, ...settings },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const readyMs = await programs.waitForOk(`http://127.0.0.1:${place.port}/health/ready`);
  await delay(IDLE_MS);
  const pid = findDescendant(child.pid ?? 0, "packages/server/src/main.ts");
  if (pid === undefined) throw new Error("the server's process was not found");
  const [rssMb, pssMb] = [readMapsKb(pid, "Rss") / 1024, readMapsKb(pid, "Pss") / 1024];
  const launcher = findDescendant(child.pid ?? 0, "tools/bootstrap/start.mjs") ?? 0;
  const stoppedAt = performance.now();
  child.kill("SIGTERM");
  // npm ends before what it has started does.
  while (existsSync(`/proc/${launcher}`)) await delay(20);
  return { readyS: readyMs / 1000, rssMb, pssMb, stopS: (performance.now() - stoppedAt) / 1000 };
}
