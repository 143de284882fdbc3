import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Demo, demoSchema } from "@recado/contract/demo";
import { findFreePorts } from "./product/free-ports.ts";
import { findLeakedSecrets } from "./product/leaked-secrets.ts";
import { type OwnPostgres, startOwnPostgres } from "./product/own-postgres.ts";
import { findProcessesOf, type Program, startProgram } from "./product/processes.ts";
import { createRecado, type Recado } from "./product/run-recado.ts";
import { createSimulatorClient, type SimulatorClient } from "./product/simulator-client.ts";
import { waitUntil } from "./product/wait-until.ts";
import { createWsClient, type WsClient } from "./product/ws-client.ts";

/** A product that is running, with what a test needs to talk to it. */
export interface Product {
  demo: Demo;
  dataDir: string;
  /** A caller with the demonstration account's credentials. */
  ws: WsClient;
  simulator: SimulatorClient;
  cli: Recado;
  /** Of its database, for what the product itself does only after days. */
  databaseUrl(): string;
  /** Everything that the product has written so far. */
  log(): string;
  /** Sends the signal to the program as `npm start` runs it. */
  kill(signal: NodeJS.Signals): void;
  /**
   * Stops it as Ctrl-C does and removes its folder. Throws unless it ended with 0 within ten seconds and left no process
   * running, PostgreSQL's included, and unless no secret stands in any of its logs.
   */
  stop(): Promise<void>;
}

/** A product whose server and simulator can be killed and started again one by one. */
export interface ProductInPieces extends Product {
  server: Piece;
  simulatorProgram: Piece;
  /** Kills PostgreSQL's first process at once, as a crash of the machine would. */
  killPostmaster(): void;
}

/** A program of the product that a test may kill. */
export interface Piece {
  /** Ends it by SIGKILL, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port, and resolves when it is ready. */
  start(): Promise<void>;
}

/** `env` is added to the product's environment, as an operator would. */
export interface ProductOptions {
  env?: Record<string, string>;
}

const READY_MS_MAX = 90_000;
const STOP_MS_MAX = 10_000;
const POSTGRES_REST_MS = 1_000;

/** Starts the product as `npm start` does, on free ports and an empty folder, and resolves when it is ready. */
export async function startProduct({ env = {} }: ProductOptions = {}): Promise<Product> {
  const place = await findPlace(env);
  const program = startProgram(["tools/bootstrap/start.mjs"], place);
  await waitUntilReady(place, [program]);
  return describe(place, {
    kill: (signal) => program.signal(signal),
    stop: () => stopAll(place, [program]),
  });
}

/**
 * Starts the product on an empty folder, stops it, and leaves its folder as `to`: products that find its name in
 * `RECADO_E2E_SEED` begin with a copy, which spares them a new database and the demonstration's making.
 */
export async function makeSeed(to: string): Promise<void> {
  const place = await findPlace({}, null);
  const program = startProgram(["tools/bootstrap/start.mjs"], place);
  await waitUntilReady(place, [program]);
  await stopAll(place, [program], () => copyFolder(place.dataDir, to));
}

/** Starts the same in two programs of the test's own. */
export async function startProductInPieces({
  env = {},
}: ProductOptions = {}): Promise<ProductInPieces> {
  const place = await findPlace(env);
  const pieces = { server: startServer(place), simulator: startSimulator(place) };
  await waitUntilReady(place, Object.values(pieces));
  const product = describe(place, {
    kill: (signal) => pieces.server.signal(signal),
    // The server first, as `npm start` does: it drains while there is somebody to call.
    stop: () => stopAll(place, [pieces.server, pieces.simulator]),
  });
  return {
    ...product,
    server: {
      kill: () => killNow(pieces.server),
      async start() {
        pieces.server = startServer(place);
        await waitUntilReady(place, [pieces.server]);
      },
    },
    simulatorProgram: {
      kill: () => killNow(pieces.simulator),
      async start() {
        pieces.simulator = startSimulator(place);
        await waitUntil("the simulator", () => answers(`${place.simulatorUrl}/sim/state`));
      },
    },
    killPostmaster: () => {
      if (place.postgres !== null) return restartKilled(place.postgres);
      const file = readFileSync(join(place.dataDir, "postgres", "postmaster.pid"), "utf8");
      process.kill(Number.parseInt(file, 10), "SIGKILL");
    },
  };
}

interface Place {
  folder: string;
  dataDir: string;
  log: string;
  /** Null: the product has its embedded one. */
  postgres: OwnPostgres | null;
  baseUrl: string;
  simulatorUrl: string;
  env: Record<string, string>;
}

async function findPlace(
  env: Record<string, string>,
  seed = process.env.RECADO_E2E_SEED ?? null,
): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "recado-e2e-"));
  const [port = 0, simulatorPort = 0, postgresPort = 0] = await findFreePorts(3);
  const dataDir = join(folder, "data");
  const postgres = await startGivenPostgres(folder, postgresPort);
  // What was planted is of the embedded database.
  if (seed !== null && postgres === null) plant(seed, dataDir);
  return {
    folder,
    dataDir,
    log: join(folder, "product.log"),
    postgres,
    baseUrl: `http://127.0.0.1:${port}`,
    simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
    env: {
      ...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
      ...{ ...env, PORT: `${port}`, SIMULATOR_PORT: `${simulatorPort}`, DATA_DIR: dataDir },
    },
  };
}

/** With TEST_POSTGRES_BIN (`npm run e2e -- --postgres`) the product is given a PostgreSQL of its operator's. */
async function startGivenPostgres(folder: string, port: number): Promise<OwnPostgres | null> {
  if ((process.env.TEST_POSTGRES_BIN ?? "") === "") return null;
  const cluster = join(folder, "cluster");
  mkdirSync(cluster);
  return startOwnPostgres({
    ...{ folder: cluster, programs: folder, port },
    log: join(folder, "postgres.log"),
  });
}

/** As the operator's service manager would. */
function restartKilled(postgres: OwnPostgres): void {
  postgres.kill();
  setTimeout(() => void postgres.restart().catch(() => {}), POSTGRES_REST_MS);
}

/** A copy must not want the port of the one that it was copied from. */
function plant(seed: string, dataDir: string): void {
  copyFolder(seed, dataDir);
  const path = join(dataDir, "postgres-access.json");
  const access = JSON.parse(readFileSync(path, "utf8")) as object;
  writeFileSync(path, JSON.stringify({ ...access, port: 0 }));
  // Whoever waits for it waits for this product's own.
  rmSync(join(dataDir, "demo.json"));
}

/** Owners and modes too: PostgreSQL looks at those of its folder. */
function copyFolder(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  execFileSync("cp", ["-a", from, to]);
}

function startServer(place: Place): Program {
  return startProgram(["packages/server/src/main.ts", "demo"], place);
}

function startSimulator(place: Place): Program {
  return startProgram(["packages/simulator/src/main.ts"], place);
}

async function waitUntilReady(place: Place, programs: readonly Program[]): Promise<void> {
  const ready = async () => {
    const ended = programs.find((program) => program.ended() !== null);
    if (ended) throw new Error(`the product ended by itself (${ended.ended()}): ${tail(place)}`);
    const is200 = await answers(`${place.baseUrl}/health/ready`);
    return is200 && existsSync(join(place.dataDir, "demo.json"));
  };
  await waitUntil("the product to be ready", ready, READY_MS_MAX).catch(async (error: unknown) => {
    await abandon(place, programs);
    throw error;
  });
}

function describe(place: Place, { kill, stop }: Pick<Product, "kill" | "stop">): Product {
  const { dataDir, baseUrl } = place;
  const demo = readDemo(dataDir);
  return {
    demo,
    dataDir,
    ws: createWsClient(baseUrl, demo),
    simulator: createSimulatorClient(place.simulatorUrl),
    cli: createRecado(baseUrl, dataDir, { databaseUrl: place.postgres?.url }),
    databaseUrl: () => place.postgres?.url ?? readEmbeddedUrl(dataDir),
    log: () => readFileSync(place.log, "utf8"),
    kill,
    stop,
  };
}

async function stopAll(
  place: Place,
  programs: readonly Program[],
  beforeItGoes = () => {},
): Promise<void> {
  const endings: (number | string)[] = [];
  for (const program of programs) {
    program.signal("SIGTERM");
    endings.push(await program.waitForEnd(STOP_MS_MAX).catch((error: Error) => error.message));
  }
  await place.postgres?.stop();
  const left = findProcessesOf(place.folder);
  const said = tail(place);
  const leaks = findLeakedSecrets({ ...place, greeting: readGreeting(place) });
  if (left.length === 0) beforeItGoes();
  await abandon(place, programs);
  if (endings.some((ending) => ending !== 0) || left.length > 0) {
    const remains = left.map(({ pid, command }) => `${pid} ${command}`).join("; ");
    throw new Error(`stopped with ${endings.join(", ")}; still running: [${remains}]; ${said}`);
  }
  if (leaks.length > 0) throw new Error(`secrets in the log: ${JSON.stringify(leaks)}`);
}

function readEmbeddedUrl(dataDir: string): string {
  const path = join(dataDir, "postgres-access.json");
  const { port, password } = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return `postgres://recado:${password}@127.0.0.1:${port}/recado`;
}

/** What `npm start` prints for a newcomer, beside the log. */
function readGreeting({ dataDir }: Place): string[] {
  const { token, console: person } = readDemo(dataDir);
  return [token, person.password];
}

function readDemo(dataDir: string): Demo {
  return demoSchema.parse(JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8")));
}

/** Ends what is still there, so that a failure leaves nothing on the machine. */
async function abandon(place: Place, programs: readonly Program[]): Promise<void> {
  for (const program of programs) if (program.ended() === null) program.signal("SIGKILL");
  for (const { pid } of findProcessesOf(place.folder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
  await waitUntil("the last process", () => findProcessesOf(place.folder).length === 0);
  rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
}

async function killNow(program: Program): Promise<void> {
  program.signal("SIGKILL");
  await program.waitForEnd(STOP_MS_MAX);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

function tail(place: Place): string {
  return readFileSync(place.log, "utf8").slice(-2_000);
}
