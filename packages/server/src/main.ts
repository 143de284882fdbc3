import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Logger, pino } from "pino";
import { noteLocalToken } from "./accounts/audit.ts";
import { createToken } from "./accounts/tokens.ts";
import { compose, type Role } from "./compose.ts";
import { rehearseRestore, runBackup, runRestore, runRestored } from "./compose-backup.ts";
import { composeFoundation } from "./compose-foundation.ts";
import { type Config, readConfig } from "./config.ts";
import { runDemo } from "./demo/run-demo.ts";
import { collectAll } from "./platform/collect-garbage.ts";
import { BackupError } from "./storage/backup/manifest.ts";
import { startEmbeddedPostgres } from "./storage/embedded/supervisor.ts";
import { migrate } from "./storage/migrate.ts";
import { migrateApart } from "./storage/migrate-apart.ts";
import { waitForDatabase } from "./storage/wait-for-database.ts";

/*
 * The program: `node packages/server/src/main.ts <command>`.
 *
 *   serve [--role api,worker]   the server, until SIGINT or SIGTERM
 *   demo                        the same with demonstration data, against the simulator
 *   migrate                     brings the database up to date, and ends
 *   backup <folder>             copies database and files while everything runs
 *   restore <folder> [--verify] puts a backup into an empty installation, or rehearses it
 *   restored [--release|--fail] [--account <id>]   what is held since a restore
 *   admin-token                 makes an administrator's token and prints it, once
 */

const USAGE =
  "usage: serve [--role api,worker] | demo | migrate | backup <folder> | restore <folder> [--verify] | restored [--release|--fail] [--account <id>] | admin-token";

/** A database to work on, and how to let go of it. */
interface Ground {
  url: string;
  stop(): Promise<unknown>;
}

await main();

async function main(): Promise<void> {
  // Lines are gathered for a moment: under load a call to the system for each would cost more than the work.
  const output = pino.destination({ sync: false, minLength: 8_192, periodicFlush: 250 });
  const logger = pino({ level: process.env.LOG_LEVEL ?? "info" }, output);
  process.on("exit", () => output.flushSync());
  let ground: Ground | undefined;
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        role: { type: "string", default: "api,worker" },
        verify: { type: "boolean", default: false },
        release: { type: "boolean", default: false },
        fail: { type: "boolean", default: false },
        account: { type: "string" },
      },
    });
    const config = readConfig(process.env);
    ground = await openGround(config, logger);
    const [command = "serve", folder = ""] = positionals;
    await runCommand(command, { config, logger, ground, roles: values.role, folder, values });
  } catch (error) {
    logger.fatal({ err: error }, "recado.failed");
    await ground?.stop();
    process.exit(1);
  }
}

interface Run {
  config: Config;
  logger: Logger;
  ground: Ground;
  roles: string;
  /** What follows the command. */
  folder: string;
  values: { verify: boolean; release: boolean; fail: boolean; account?: string | undefined };
}

async function runCommand(command: string, run: Run): Promise<void> {
  switch (command) {
    case "serve":
      return serve(run, false);
    case "demo":
      return serve(run, true);
    case "migrate": {
      const ran = await migrate(run.ground.url);
      run.logger.info({ migrations: ran }, "database.migrated");
      await run.ground.stop();
      return;
    }
    case "admin-token":
      return makeAdminToken(run);
    case "backup":
    case "restore":
    case "restored":
      return keepSafe(command, run);
    default:
      await run.ground.stop();
      throw new Error(USAGE);
  }
}

async function keepSafe(command: "backup" | "restore" | "restored", run: Run): Promise<void> {
  const { folder, ground, values } = run;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const deps = { ...run, databaseUrl: ground.url, say };
  try {
    if (command !== "restored" && folder === "") throw new BackupError(USAGE);
    if (command === "backup") await runBackup(deps, folder);
    else if (command === "restored") {
      await runRestored(deps, { ...values, account: values.account ?? null });
    } else if (values.verify) await rehearseRestore(deps, folder);
    else await runRestore(deps, folder);
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    process.stderr.write(`recado: ${error.message}\n`);
    process.exitCode = 1;
  }
  await ground.stop();
}

async function openGround(config: Config, logger: Logger): Promise<Ground> {
  if (config.DATABASE_URL !== "") {
    return { url: config.DATABASE_URL, stop: async () => undefined };
  }
  mkdirSync(config.DATA_DIR, { recursive: true });
  return startEmbeddedPostgres({ dataDir: config.DATA_DIR, logger });
}

async function serve({ config, logger, ground, roles }: Run, demo: boolean): Promise<void> {
  const simulator = `127.0.0.1:${config.SIMULATOR_PORT}`;
  // The demonstration's integrator and WhatsApp live in the simulator, inside our own network.
  const allowed = [config.PRIVATE_HOSTS_ALLOWED, ...(demo ? [simulator] : [])];
  const settled = { ...config, PRIVATE_HOSTS_ALLOWED: allowed.filter(Boolean).join(",") };
  const served = readRoles(roles);
  if (!served.includes("api") && config.PUBLIC_URL === "") {
    // Its own address answers nobody's links to files, and WhatsApp would fetch them from there.
    throw new Error(
      "A worker without the role api needs PUBLIC_URL: links to files begin with it.",
    );
  }
  if (config.DATABASE_URL !== "") await waitForDatabase(ground.url, { logger });
  await migrateApart(ground.url, process.env);
  const recado = await compose(settled, {
    databaseUrl: ground.url,
    logger,
    roles: served,
  });
  stopOnSignals(logger, async () => {
    await recado.stop();
    await ground.stop();
  });
  const address = await recado.start();
  if (demo) await runDemo(recado.base, { address, simulatorUrl: `http://${simulator}` });
  // What starting has used up would lie there until there is work.
  collectAll();
  recado.announceReady();
  logger.info({ address, roles }, "recado.ready");
}

function readRoles(text: string): Role[] {
  const roles = text.split(",").map((role) => role.trim());
  const known = roles.filter((role): role is Role => role === "api" || role === "worker");
  if (known.length !== roles.length) throw new Error("--role takes api, worker or api,worker");
  return known;
}

/** A signal can come twice (to the group, and from the parent); a parent that dies counts as one. */
function stopOnSignals(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const shutdown = (cause: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ cause }, "recado.stopping");
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "recado.stop_failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", () => shutdown("SIGINT"));
  process.on("SIGTERM", () => shutdown("SIGTERM"));
  if (process.env.RECADO_PARENT_PIPE === "1") {
    process.stdin.on("end", () => shutdown("parent ended")).resume();
  }
}

async function makeAdminToken({ config, logger, ground }: Run): Promise<void> {
  await migrate(ground.url);
  const base = composeFoundation(config, { databaseUrl: ground.url, logger });
  const { token, row } = await createToken(base.shared, { kind: "admin", accountId: null });
  await noteLocalToken(base.shared, row.id);
  const path = join(config.DATA_DIR, "admin-token");
  mkdirSync(config.DATA_DIR, { recursive: true });
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  process.stdout.write(`${token}\nShown once, and kept in ${path} for the command line.\n`);
  await base.close();
  await ground.stop();
}
