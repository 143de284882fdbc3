import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Demo, demoSchema } from "@recado/contract/demo";
import pg from "pg";

/** The folder of the whole repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A folder of data and two ports that one run of a benchmark has for itself. */
export interface Place {
  dataDir: string;
  port: number;
  simulatorPort: number;
  /** Settings of the product beyond the place; may be changed between two starts. */
  env: Record<string, string>;
}

/** A program of ours under measurement. */
export interface Program {
  pid: number;
  /** Ends it as Ctrl-C would and resolves when it is gone; throws when that takes over 30 s. */
  stop(): Promise<void>;
}

const READY_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;

/** Makes an empty place with free ports; with a folder, one on what that folder holds already. */
export async function makePlace(folder?: string): Promise<Place> {
  const [port, simulatorPort] = [await makePort(), await makePort()];
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), "recado-bench-"));
  return { dataDir, port, simulatorPort, env: {} };
}

/** Removes the place. */
export function removePlace(place: Place): void {
  rmSync(place.dataDir, { recursive: true, force: true });
}

/** Starts a script with this Node. What it writes goes to the file `log` of the place. */
export function startProgram(place: Place, args: readonly string[]): Program {
  const log = openSync(join(place.dataDir, "bench.log"), "a");
  const settings = {
    DATA_DIR: place.dataDir,
    PORT: String(place.port),
    SIMULATOR_PORT: String(place.simulatorPort),
    LOG_LEVEL: "warn",
  };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...settings, ...place.env },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  return { pid: child.pid ?? 0, stop: () => stop(child).finally(() => process.off("exit", kill)) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await Promise.race([ended, delay(STOP_MS_MAX, undefined, { ref: false })]);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    throw new Error(`process ${child.pid} did not end within ${STOP_MS_MAX} ms`);
  }
}

/** Starts the simulator. */
export function startSimulator(place: Place): Program {
  return startProgram(place, ["packages/simulator/src/main.ts"]);
}

/** What docs/how-to/run-in-production.md advises; a server that ours is compared with gets it too. */
export const SERVER_FLAGS = ["--max-semi-space-size=64"] as const;

/** Starts the server with a command of its own (`demo`, `serve --role api`) and resolves when it is ready. */
export async function startServer(
  place: Place,
  command: readonly string[],
  nodeFlags: readonly string[] = SERVER_FLAGS,
): Promise<Program> {
  const program = startProgram(place, [...nodeFlags, "packages/server/src/main.ts", ...command]);
  await waitForOk(`http://127.0.0.1:${place.port}/health/ready`);
  return program;
}

/** Resolves with the milliseconds until the address answers 2xx; throws after two minutes. */
export async function waitForOk(url: string, pollMs = 50): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const ok = await fetch(url).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    const tookMs = performance.now() - startedAt;
    if (ok) return tookMs;
    if (tookMs > READY_MS_MAX) throw new Error(`${url} was not ready within ${READY_MS_MAX} ms`);
    await delay(pollMs);
  }
}

/** What the demonstration has left in the place. */
export function readDemo(place: Place): Demo {
  return demoSchema.parse(JSON.parse(readFileSync(join(place.dataDir, "demo.json"), "utf8")));
}

/** The number of an approved template, by category and kind of header. */
export function findTemplate(demo: Demo, category: string, header: string | null): number {
  const found = demo.templates.find(
    (each) => each.status === "approved" && each.category === category && each.header === header,
  );
  if (found === undefined) throw new Error(`no approved ${category} template with that header`);
  return found.id_template;
}

/** The address of the place's embedded PostgreSQL, which must be running. */
export function databaseUrl(place: Place): string {
  const text = readFileSync(join(place.dataDir, "postgres-access.json"), "utf8");
  const { port, password } = JSON.parse(text) as { port: number; password: string };
  return `postgres://recado:${password}@127.0.0.1:${port}/recado`;
}

/** The first process of the place's embedded PostgreSQL. */
export function findPostmaster(place: Place): number {
  return Number.parseInt(
    readFileSync(join(place.dataDir, "postgres", "postmaster.pid"), "utf8"),
    10,
  );
}

/** Runs statements on the place's database, each by itself. */
export async function runSql(place: Place, statements: readonly string[]): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: databaseUrl(place) });
  await client.connect();
  const results: unknown[][] = [];
  for (const statement of statements) results.push((await client.query(statement)).rows);
  await client.end();
  return results;
}

/** A port that is free at this moment. */
export async function makePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
