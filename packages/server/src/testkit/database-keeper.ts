import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { withFileLock } from "../storage/embedded/file-lock.ts";
import { findFreePort } from "../storage/embedded/free-port.ts";
import { countLeases } from "../storage/embedded/leases.ts";
import { placeNativeFiles } from "../storage/embedded/native-files.ts";
import { ownIdentity } from "../storage/embedded/process-identity.ts";
import { chooseServerUser, type ServerUser } from "../storage/embedded/server-user.ts";
import {
  type ClusterFiles,
  type ClusterState,
  findClusterFiles,
  findTestPrograms,
  START_WAIT_MS_MAX,
} from "./database-cluster.ts";

/*
 * The process that owns the PostgreSQL of the tests (database-cluster.ts says why there is one). It starts the server, writes
 * how to reach it, and ends both when nobody has used it for a minute, on SIGTERM, or when the server ends. Nothing here
 * is durable on purpose: the data never outlives the run.
 */

const IDLE_MS_MAX = 60_000;
const LOOK_EVERY_MS = 2_000;

/** Never settles: the process ends when its server has, and the lock, which it still holds then, is taken from the dead. */
const ENDED = new Promise<never>(() => {});

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_connections: "300",
  shared_buffers: "64MB",
  jit: "off",
};

/** The first version that brings a locale of its own; those before take the C library's. */
const BUILTIN_LOCALE_MAJOR = 17;

await keep(findClusterFiles());

async function keep(files: ClusterFiles): Promise<void> {
  const user = chooseServerUser(files.data);
  const password = randomBytes(24).toString("base64url");
  const programs = findTestPrograms();
  const bin =
    programs.native === null
      ? programs.bin
      : join(placeNativeFiles(programs.native, user, [files.folder]).folder, "bin");
  initialise(files, { user, password, bin, major: programs.major });
  const port = await findFreePort();
  const server = startServer(files, { user, port, bin });
  const stop = (): void => void server.kill("SIGINT");
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  server.once("exit", () => {
    // In this order: without the state, the next test process would begin to make these folders anew.
    rmSync(files.data, { recursive: true, force: true });
    rmSync(files.state, { force: true });
    process.exit();
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilReady(url);
  announce(files, { url, keeper: ownIdentity() });
  await watch(files, stop);
}

interface Launch {
  readonly user: ServerUser | undefined;
  readonly bin: string;
}

function initialise(
  files: ClusterFiles,
  launch: Launch & { password: string; major: number },
): void {
  const passwordFile = join(files.folder, "password");
  mkdirSync(files.data, { mode: 0o700 });
  writeFileSync(passwordFile, launch.password, { mode: 0o600 });
  if (launch.user !== undefined) {
    chownSync(files.data, launch.user.uid, launch.user.gid);
    chownSync(passwordFile, launch.user.uid, launch.user.gid);
  }
  const locale =
    launch.major < BUILTIN_LOCALE_MAJOR
      ? ["--locale=C.UTF-8", "-E", "UTF8"]
      : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8"];
  const access = ["-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(
    join(launch.bin, "initdb"),
    ["-D", files.data, "--no-sync", "--wal-segsize=1", ...access, ...locale],
    { stdio: ["ignore", "inherit", "inherit"], cwd: files.folder, ...idsOf(launch.user) },
  );
  rmSync(passwordFile);
}

function startServer(files: ClusterFiles, launch: Launch & { port: number }): ChildProcess {
  // Beside the port there is a socket, for whoever makes so many statements that the way there counts.
  const own = { port: String(launch.port), unix_socket_directories: files.data };
  const settings = Object.entries({ ...SETTINGS, ...own });
  return spawn(
    join(launch.bin, "postgres"),
    ["-D", files.data, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { stdio: ["ignore", "inherit", "inherit"], cwd: files.folder, ...idsOf(launch.user) },
  );
}

function idsOf(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

async function waitUntilReady(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(20);
    }
  }
}

/** Appears in one step: a reader sees no state or all of it. */
function announce(files: ClusterFiles, state: ClusterState): void {
  const half = `${files.state}.half`;
  writeFileSync(half, JSON.stringify(state), { mode: 0o600 });
  renameSync(half, files.state);
}

async function watch(files: ClusterFiles, stop: () => void): Promise<void> {
  let usedAt = performance.now();
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    if (countLeases(files.leases) > 0) {
      usedAt = performance.now();
    } else if (performance.now() - usedAt > IDLE_MS_MAX) {
      await withFileLock(files.lock, START_WAIT_MS_MAX, async () => {
        if (countLeases(files.leases) === 0) {
          stop();
          await ENDED;
        }
      });
    }
  }
}
