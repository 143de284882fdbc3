import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { type Demo, demoSchema } from "@recado/contract/demo";
import pg from "pg";
import { findFreePorts } from "../product/free-ports.ts";
import { type OwnPostgres, startOwnPostgres } from "../product/own-postgres.ts";
import { startProgram } from "../product/processes.ts";
import { createRecado, type Recado } from "../product/run-recado.ts";
import { waitUntil } from "../product/wait-until.ts";
import { type KeptProgram, keepProgram } from "./kept-program.ts";
import { openRecordingReceiver, type RecordingReceiver } from "./recording-receiver.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";
import { openTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** One of the two servers. */
export interface ChaosServer {
  name: string;
  baseUrl: string;
  program: KeptProgram;
  /** Its way to PostgreSQL. */
  database: TcpProxy;
  /** Moves its clock of the day; 0 puts it right. */
  setClock(offsetMs: number): void;
}

/** Everything of a run, each part where it can be hurt. */
export interface ChaosWorld {
  folder: string;
  demo: Demo;
  servers: readonly ChaosServer[];
  postgres: OwnPostgres;
  simulator: KeptProgram;
  simulatorFile: string;
  receiver: RecordingReceiver;
  /** The servers' way to WhatsApp, and WhatsApp's to them. */
  toProvider: TcpProxy;
  fromProvider: TcpProxy;
  /** Holds the data folder; a text says why there is none. */
  disk: SmallDisk | string;
  cli: Recado;
  /** Good or bad, a server that starts while the database is away may end. */
  databaseAway: { until: number };
  close(): Promise<void>;
}

/** How much of what WhatsApp's side does: some fail, some events come twice. */
const BEHAVIOUR = { statusDelayMs: 100, failRate: 0.02, duplicateRate: 0.02, latencyMs: 20 };
/** Calls to WhatsApp under way at once in each server. */
const CALLS_AT_ONCE = 64;
const UNKNOWN_OUTCOME_AFTER_S = 20;
const READY_MS_MAX = 90_000;
const SHIFT_CLOCK = fileURLToPath(new URL("./shift-clock.mjs", import.meta.url));

/** Starts PostgreSQL, the simulator, two servers, a receiver, and the cables between them. */
export async function openChaosWorld(diskMegabytes: number): Promise<ChaosWorld> {
  const folder = mkdtempSync(join(tmpdir(), "recado-chaos-"));
  const small = mountSmallDisk(join(folder, "disk"), diskMegabytes);
  const dataDir = join(folder, "disk", "data");
  const log = (name: string) => join(folder, `${name}.log`);
  const [postgresPort = 0, simulatorPort = 0, ...serverPorts] = await findFreePorts(4);
  mkdirSync(join(folder, "disk", "cluster"), { recursive: true });
  const postgres = await startOwnPostgres({
    folder: join(folder, "disk", "cluster"),
    programs: folder,
    log: log("postgres"),
    port: postgresPort,
    settings: { max_wal_size: "128MB", min_wal_size: "32MB", restart_after_crash: "on" },
  });
  const receiver = await openRecordingReceiver();
  const toProvider = await openTcpProxy([simulatorPort]);
  const fromProvider = await openTcpProxy(serverPorts);
  const simulatorDir = join(folder, "simulator");
  const simulator = keepProgram(
    "the simulator",
    {
      args: ["packages/simulator/src/main.ts"],
      env: { SIMULATOR_PORT: `${simulatorPort}`, DATA_DIR: simulatorDir },
      log: log("simulator"),
    },
    () => false,
  );
  const common = {
    DATA_DIR: dataDir,
    LOG_LEVEL: "warn",
    SUBMIT_CONCURRENCY: `${CALLS_AT_ONCE}`,
    UNKNOWN_OUTCOME_AFTER_S: `${UNKNOWN_OUTCOME_AFTER_S}`,
    PRIVATE_HOSTS_ALLOWED: `${receiver.host},127.0.0.1:${toProvider.port}`,
    PUBLIC_URL: `http://127.0.0.1:${fromProvider.port}`,
    SIMULATOR_PORT: `${toProvider.port}`,
  };
  const place = { dataDir, url: postgres.url, port: serverPorts[0] ?? 0, log: log("seed") };
  const demo = await seed(place, common);
  receiver.secret = demo.webhookSecret;
  await settleDatabase(postgres.url, receiver.url);
  const simulatorFile = join(simulatorDir, "simulator.sqlite");
  await leadToServers({ demo, simulatorFile, simulatorPort, fromProvider });
  const databaseAway = { until: 0 };
  const servers: ChaosServer[] = [];
  for (const [at, port] of serverPorts.entries()) {
    const database = await openTcpProxy([postgresPort]);
    const clockFile = join(folder, `clock-${at + 1}`);
    const url = postgres.url.replace(`:${postgresPort}/`, `:${database.port}/`);
    const env = { ...common, PORT: `${port}`, DATABASE_URL: url, CHAOS_CLOCK_FILE: clockFile };
    const name = `server ${at + 1}`;
    const args = ["--import", SHIFT_CLOCK, "packages/server/src/main.ts", "serve"];
    servers.push({
      name,
      baseUrl: `http://127.0.0.1:${port}`,
      program: keepProgram(
        name,
        { args, env, log: log(`server-${at + 1}`) },
        () => Date.now() < databaseAway.until,
      ),
      database,
      setClock: (offsetMs) => writeFileSync(clockFile, `${offsetMs}`),
    });
  }
  const world: ChaosWorld = {
    ...{ folder, demo, servers, postgres, simulator, simulatorFile, receiver },
    ...{ toProvider, fromProvider, disk: small, databaseAway },
    cli: createRecado(servers[0]?.baseUrl ?? "", dataDir),
    close: () => closeWorld(world),
  };
  await waitUntilReady(world);
  return world;
}

/** Resolves when both servers are ready. */
export async function waitUntilReady({ servers }: ChaosWorld): Promise<void> {
  for (const { name, baseUrl } of servers) {
    await waitUntil(`${name} to be ready`, () => isReady(baseUrl), READY_MS_MAX);
  }
}

async function isReady(baseUrl: string): Promise<boolean> {
  try {
    const reply = await fetch(`${baseUrl}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    await reply.arrayBuffer();
    return reply.status === 200;
  } catch {
    return false;
  }
}

/** The demonstration's account, numbers and templates, by a server that ends again. */
async function seed(
  place: { dataDir: string; url: string; port: number; log: string },
  common: Record<string, string>,
): Promise<Demo> {
  const env = { ...common, DATABASE_URL: place.url, PORT: `${place.port}`, PUBLIC_URL: "" };
  const program = startProgram(["packages/server/src/main.ts", "demo"], { env, log: place.log });
  const baseUrl = `http://127.0.0.1:${place.port}`;
  const ready = () => {
    if (program.ended() !== null) throw new Error(readFileSync(place.log, "utf8").slice(-2_000));
    return isReady(baseUrl);
  };
  await waitUntil("the demonstration", ready, READY_MS_MAX);
  program.signal("SIGTERM");
  await program.waitForEnd(READY_MS_MAX);
  return demoSchema.parse(JSON.parse(readFileSync(join(place.dataDir, "demo.json"), "utf8")));
}

async function settleDatabase(databaseUrl: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("update endpoints set url = $1 where url like '%/sim/receiver/demo'", [url]);
  // A clock that is set back must not come to a time before there were prices: that refuses sends, and rightly.
  await client.query("update prices set valid_from = valid_from - interval '1 day'");
  await client.end();
}

/** WhatsApp posts to whichever server lives, not to the one that made the demonstration. */
async function leadToServers(from: {
  demo: Demo;
  simulatorFile: string;
  simulatorPort: number;
  fromProvider: TcpProxy;
}): Promise<void> {
  const db = new DatabaseSync(from.simulatorFile, { readOnly: true });
  const numbers = db.prepare("select * from numbers").all() as Record<string, string | number>[];
  db.close();
  const base = `http://127.0.0.1:${from.simulatorPort}/sim`;
  for (const row of numbers) {
    const path = new URL(String(row.callback_url)).pathname;
    await post(`${base}/numbers`, {
      id: row.id,
      wabaId: row.waba_id,
      displayNumber: row.display_number,
      verifiedName: row.verified_name,
      accessToken: row.access_token,
      appSecret: row.app_secret,
      verifyToken: row.verify_token,
      callbackUrl: `http://127.0.0.1:${from.fromProvider.port}${path}`,
      throughputPerSecond: 1_000,
    });
  }
  await post(`${base}/behaviour`, BEHAVIOUR);
}

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
}

async function closeWorld(world: ChaosWorld): Promise<void> {
  const endings = await Promise.all(world.servers.map(({ program }) => program.stop()));
  await world.simulator.stop();
  await world.receiver.close();
  await Promise.all(
    [world.toProvider, world.fromProvider, ...world.servers.map(({ database }) => database)].map(
      (proxy) => proxy.close(),
    ),
  );
  await world.postgres.stop();
  if (typeof world.disk !== "string") world.disk.close();
  const bad = endings.filter((ending) => ending !== 0);
  if (bad.length > 0)
    throw new Error(`a server stopped with ${bad.join(", ")}: see ${world.folder}`);
}

/** Removes what a run leaves: logs and the simulator's record. */
export function removeChaosFolder({ folder }: ChaosWorld): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
