import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { withFileLock } from "../storage/embedded/file-lock.ts";
import { countLeases, type EndLease, takeLease } from "../storage/embedded/leases.ts";
import { findNativeFiles, type NativeFiles } from "../storage/embedded/native-files.ts";
import {
  findProcess,
  isRunning,
  type ProcessIdentity,
} from "../storage/embedded/process-identity.ts";

/*
 * One PostgreSQL for all test processes of a checkout and a user.
 *
 * `node --test` runs every file in a process of its own, so no test process may own the server. A small detached process does,
 * the keeper (database-keeper.ts). Test processes leave a file with their identity among the leases; the keeper ends the
 * server and itself when no lease of a running process has been there for a minute. So nothing is left behind whatever way
 * the tests end. Attaching and ending happen under one lock, so nobody attaches to a server that is about to end.
 */

/** What the keeper writes when its server can be used. */
export interface ClusterState {
  readonly url: string;
  readonly keeper: ProcessIdentity;
}

/** The files of a cluster, all in one folder that belongs to this user. */
export interface ClusterFiles {
  readonly folder: string;
  readonly lock: string;
  readonly state: string;
  readonly leases: string;
  readonly data: string;
  readonly log: string;
}

/** A URL to the shared server, which is started if there is none; this process counts as its user until it ends. */
export async function attachToCluster(): Promise<string> {
  attached ??= attach();
  return attached;
}

/** Ends the server unless another running process uses it. True when none is left. */
export async function stopCluster(): Promise<boolean> {
  const files = findClusterFiles();
  return withFileLock(files.lock, START_WAIT_MS_MAX, async () => {
    endLease?.();
    attached = undefined;
    const state = readState(files);
    if (state === undefined) {
      return true;
    }
    if (countLeases(files.leases) > 0) {
      return false;
    }
    process.kill(state.keeper.pid, "SIGTERM");
    while (isRunning(state.keeper)) {
      await sleep(10);
    }
    return true;
  });
}

/** Where the cluster of this checkout, user and version of PostgreSQL lives. Refuses a folder that is somebody else's. */
export function findClusterFiles(): ClusterFiles {
  const uid = process.getuid?.() ?? 0;
  const about = `${import.meta.url} ${findTestPrograms().version}`;
  const key = createHash("sha256").update(about).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `recado-test-${uid}-${key}`);
  const leases = join(folder, "leases");
  mkdirSync(leases, { recursive: true, mode: 0o755 });
  if (statSync(folder).uid !== uid) {
    throw new Error(`${folder} belongs to another user; remove it.`);
  }
  return {
    folder,
    leases,
    lock: `${folder}.lock`,
    state: join(folder, "state.json"),
    data: join(folder, "data"),
    log: join(folder, "postgres.log"),
  };
}

/** PostgreSQL's own programs, as the tests start them. */
export interface TestPrograms {
  /** The folder that holds `initdb` and `postgres`. */
  readonly bin: string;
  readonly version: string;
  readonly major: number;
  /** Null: installed by the system, where every user can run them. Else npm's, which may have to be copied. */
  readonly native: NativeFiles | null;
}

/** Those in `TEST_POSTGRES_BIN` (PostgreSQL 15 or later), or npm's. Throws when the folder holds none. */
export function findTestPrograms(): TestPrograms {
  const bin = process.env.TEST_POSTGRES_BIN ?? "";
  if (bin === "") {
    const native = findNativeFiles();
    const major = Number.parseInt(native.version, 10);
    return { bin: join(native.folder, "bin"), version: native.version, major, native };
  }
  // `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
  const said = execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim();
  const major = Number(/\(PostgreSQL\) (\d+)/u.exec(said)?.[1]);
  if (!(major >= OLDEST_MAJOR)) throw new Error(`TEST_POSTGRES_BIN names "${said}": 15 or later.`);
  return { bin, version: said, major, native: null };
}

const OLDEST_MAJOR = 15;

/** Longest wait for the lock: what a slow machine needs for initdb and the start. */
export const START_WAIT_MS_MAX = 60_000;

let attached: Promise<string> | undefined;
let endLease: EndLease | undefined;

async function attach(): Promise<string> {
  const files = findClusterFiles();
  return withFileLock(files.lock, START_WAIT_MS_MAX, async () => {
    const state = readState(files) ?? (await startKeeper(files));
    endLease = takeLease(files.leases);
    process.once("exit", endLease);
    return state.url;
  });
}

/** Undefined when there is no keeper that runs. */
function readState(files: ClusterFiles): ClusterState | undefined {
  const text = readIfThere(files.state);
  if (text === "") {
    return undefined;
  }
  const state: ClusterState = JSON.parse(text);
  return isRunning(state.keeper) ? state : undefined;
}

async function startKeeper(files: ClusterFiles): Promise<ClusterState> {
  await endOrphan(files);
  rmSync(files.state, { force: true });
  rmSync(files.data, { recursive: true, force: true });
  const output = openSync(files.log, "w", 0o600);
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL("./database-keeper.ts", import.meta.url))],
    { detached: true, stdio: ["ignore", output, output], env: withoutTestRunner() },
  );
  closeSync(output);
  keeper.unref();
  const deadline = performance.now() + START_WAIT_MS_MAX;
  while (performance.now() < deadline && keeper.exitCode === null && keeper.signalCode === null) {
    const state = readState(files);
    if (state !== undefined) {
      return state;
    }
    await sleep(10);
  }
  throw new Error(`The PostgreSQL for tests did not start. Its log:\n${readIfThere(files.log)}`);
}

/** A keeper that was killed leaves its server. Nobody needs its data, so it is killed as well. */
async function endOrphan(files: ClusterFiles): Promise<void> {
  const [pid] = readIfThere(join(files.data, "postmaster.pid")).split("\n");
  const orphan = Number(pid) > 0 ? findProcess(Number(pid)) : undefined;
  if (orphan !== undefined && readIfThere(`/proc/${orphan.pid}/cmdline`).includes(files.data)) {
    process.kill(orphan.pid, "SIGQUIT");
    while (isRunning(orphan)) {
      await sleep(10);
    }
  }
}

/** Node tells the files that `--test` runs by this variable; the keeper is none of them. */
function withoutTestRunner(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  return environment;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
