import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findSqlState } from "../connect.ts";
import { findProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { commandOf, explainFailure, SERVER_NAME, type ServerFolder } from "./server-folder.ts";

/** PostgreSQL's first process, the one that all its others come from. */
export interface Postmaster extends ProcessIdentity {
  readonly port: number;
}

/**
 * The postmaster that runs on this data folder; undefined when there is none.
 *
 * `postmaster.pid` is left behind by a kill -9, and its number may belong to a zombie (which PostgreSQL itself takes for a running
 * server) or, after a restart of a container, to somebody else. So the process must run, and run inside our folder. A file
 * that names no such process is removed. That is safe: PostgreSQL still refuses to start while a backend of the dead
 * server is attached to the shared memory of the folder.
 */
export function findPostmaster(folder: ServerFolder): Postmaster | undefined {
  const file = join(folder.data, "postmaster.pid");
  const lines = readIfThere(file).split("\n");
  const [pid, , , port] = lines.map(Number);
  const found = pid === undefined || !(pid > 0) ? undefined : findProcess(pid);
  if (found !== undefined && isInside(found.pid, folder.data)) {
    return { ...found, port: port ?? 0 };
  }
  rmSync(file, { force: true });
  return undefined;
}

/** Starts PostgreSQL and comes back when it answers. Throws what `explainFailure` says when it ends instead. */
export async function launchPostmaster(
  folder: ServerFolder,
  launch: { readonly port: number; readonly password: string; settings: Record<string, string> },
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryToLaunch(folder, launch);
    if (typeof failure !== "string") {
      return failure;
    }
    // After a kill -9 of the postmaster its backends need a moment to notice it, and hold the shared memory until then.
    if (
      !/shared memory block .* still in use/.test(failure) ||
      attempt > SHARED_MEMORY_ATTEMPTS_MAX
    ) {
      throw explainFailure(failure, folder.data);
    }
    await sleep(SHARED_MEMORY_RETRY_MS);
  }
}

/** Comes back when the server lets us in; throws when it has ended, or does not let us in for too long. */
export async function waitUntilReady(server: Postmaster, url: string): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const refusal = await tryToConnect(url);
    if (refusal === undefined) {
      return;
    }
    // cannot_connect_now: it mends a crash, or is about to end. That can take its time; everything else cannot.
    const waitMsMax = findSqlState(refusal) === "57P03" ? MEND_WAIT_MS_MAX : READY_WAIT_MS_MAX;
    if (!isRunning(server) || performance.now() - begun > waitMsMax) {
      throw refusal;
    }
    await sleep(20);
  }
}

/** Ends the server so that nothing is left to mend; open transactions are undone. */
export async function stopPostmaster(server: Postmaster): Promise<void> {
  const deadline = performance.now() + STOP_WAIT_MS_MAX;
  process.kill(server.pid, "SIGINT");
  while (isRunning(server)) {
    if (performance.now() > deadline) {
      // "Immediate": as after a crash, with nothing lost that was acknowledged.
      process.kill(server.pid, "SIGQUIT");
    }
    await sleep(10);
  }
}

/** The address of a database of the server. */
export function formatUrl(access: { port: number; password: string }, database: string): string {
  return `postgres://${SERVER_NAME}:${access.password}@127.0.0.1:${access.port}/${database}`;
}

const READY_WAIT_MS_MAX = 30_000;
const MEND_WAIT_MS_MAX = 600_000;
const STOP_WAIT_MS_MAX = 60_000;
const SHARED_MEMORY_RETRY_MS = 200;
const SHARED_MEMORY_ATTEMPTS_MAX = 150;
const LOG_BYTES_MAX = 10_000_000;

/** The postmaster, or what the server said before it ended. */
async function tryToLaunch(
  folder: ServerFolder,
  launch: { port: number; password: string; settings: Record<string, string> },
): Promise<Postmaster | string> {
  setAsideLog(folder.log);
  const log = openSync(folder.log, "a", 0o600);
  const logStart = statSync(folder.log).size;
  const { file, dataArgument, options } = commandOf(folder, "postgres", folder.data);
  const settings = Object.entries({ ...launch.settings, port: String(launch.port) });
  // A session of its own: Ctrl-C is for us. Our child and not pg_ctl's orphan: then node buries it when it dies, while an orphan
  // stays a zombie for ever in a container whose first process does not look after orphans.
  const child = spawn(
    file,
    ["-D", dataArgument, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...options, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  child.unref();
  const failed = new Promise<Error>((resolve) => child.once("error", resolve));
  const server = child.pid === undefined ? undefined : findProcess(child.pid);
  if (child.pid === undefined) {
    return (await failed).message;
  }
  const url = formatUrl(launch, "postgres");
  try {
    const postmaster = { pid: child.pid, started: server?.started ?? "ended", port: launch.port };
    await waitUntilReady(postmaster, url);
    return postmaster;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return readFrom(folder.log, logStart) || reason;
  }
}

async function tryToConnect(url: string): Promise<Error | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => {});
  }
}

/** PostgreSQL's processes belong to the owner of their data folder and stay in it. Where the system does not say where a process is, the file is believed. */
function isInside(pid: number, data: string): boolean {
  if (process.platform !== "linux") {
    return true;
  }
  const ours = statSync(data);
  try {
    if (statSync(`/proc/${pid}`).uid !== ours.uid) {
      return false;
    }
    const its = statSync(`/proc/${pid}/cwd`);
    return its.ino === ours.ino && its.dev === ours.dev;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code !== "ENOENT";
  }
}

function setAsideLog(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) {
    renameSync(log, `${log}.1`);
  }
}

function readFrom(path: string, start: number): string {
  const fd = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(100_000);
    return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, start));
  } finally {
    closeSync(fd);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
