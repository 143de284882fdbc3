import { createHash, randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createPool } from "../storage/connect.ts";
import { migrate, readMigrations } from "../storage/migrate.ts";
import { attachToCluster, findClusterFiles, stopCluster } from "./database-cluster.ts";

/** A database of a test file's own, migrated and empty. */
export interface TestDatabase {
  /** For whatever opens its own connections: `createPool`, the server, another process. */
  readonly url: string;
  /** The same by the server's socket, which costs a statement less; on `TEST_DATABASE_URL` it is `url`. */
  readonly socketUrl: string;
  /** A pool on it with the product's own parsers. Ended by `close`. */
  readonly pool: pg.Pool;
  /**
   * Ends the pool and drops the database. Rejects when the test left connections open or never gave one back, and names them by
   * application and last statement: call it in `after`, and a leak fails the file. A second call does nothing.
   */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `migrated` (the default) has the product's schema; `empty` has nothing, not even the table of migrations. */
  readonly schema?: "migrated" | "empty";
}

/**
 * A fresh database in some 40 ms, cloned from a template that is migrated once.
 *
 * The server is one that all test processes of this checkout share: the first starts it, and it ends when nobody has needed it
 * for a minute or when `stopTestCluster` is called. With `TEST_DATABASE_URL` set, databases are made on that server instead;
 * its role must be allowed to create them.
 */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = await findServer();
  const template =
    options.schema === "empty" ? "template0" : await withServer(serverUrl, prepareTemplate);
  const name = `recado_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await withServer(serverUrl, async (server) => {
    await server.query(createStatement(name, template, server.version));
  });
  opened.add(name);
  guardExit();
  const url = withDatabase(serverUrl, name);
  const pool = createPool(url, {
    applicationName: "recado-test",
    statementTimeoutMs: 60_000,
    allowExitOnIdle: true,
  });
  const socketUrl = withSocket(url);
  return { url, socketUrl, pool, close: () => closeDatabase({ serverUrl, name, pool }) };
}

/**
 * Ends the shared server, unless another test process still uses it; for the runner, after the last test. True when no server is
 * left. On `TEST_DATABASE_URL` it removes the template and what killed tests left behind, and leaves the server alone.
 */
export async function stopTestCluster(): Promise<boolean> {
  const external = process.env.TEST_DATABASE_URL;
  if (external === undefined || external === "") {
    return stopCluster();
  }
  await withServer(external, async (server) => {
    const template = await nameTemplate();
    await server.query(`alter database ${template} is_template false`).catch(() => {});
    await server.query(`drop database if exists ${template}`);
    await dropAbandoned(server);
  });
  return true;
}

interface Opened {
  readonly serverUrl: string;
  readonly name: string;
  readonly pool: pg.Pool;
}

type Server = pg.Client & { readonly version: number; readonly url: string };

const opened = new Set<string>();

/** Time for PostgreSQL to notice that a connection has been closed; its processes end a moment later. */
const LEAK_GRACE_MS = 1_000;

async function findServer(): Promise<string> {
  const external = process.env.TEST_DATABASE_URL;
  return external === undefined || external === "" ? attachToCluster() : external;
}

async function withServer<T>(url: string, work: (server: Server) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "recado-testkit" });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    return await work(Object.assign(client, { version: Number(rows[0]?.version), url }));
  } finally {
    await client.end();
  }
}

/** Named after what is in it, so that a changed migration gets a new one and checkouts can share a server. */
async function nameTemplate(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(await readMigrations()));
  return `recado_template_${hash.digest("hex").slice(0, 16)}`;
}

/** Makes the template unless it is there. It gets its name only when it is complete; others wait meanwhile. */
async function prepareTemplate(server: Server): Promise<string> {
  const template = await nameTemplate();
  if (await exists(server, template)) {
    return template;
  }
  await server.query("select pg_advisory_lock(hashtext($1))", [template]);
  try {
    if (!(await exists(server, template))) {
      const half = `${template}_half`;
      await server.query(`drop database if exists ${half} with (force)`);
      await server.query(createStatement(half, "template0", server.version));
      await migrate(withDatabase(server.url, half));
      await server.query(`alter database ${half} rename to ${template}`);
      await server.query(`alter database ${template} is_template true allow_connections false`);
    }
  } finally {
    await server.query("select pg_advisory_unlock(hashtext($1))", [template]);
  }
  return template;
}

async function exists(server: Server, name: string): Promise<boolean> {
  const found = await server.query("select 1 from pg_database where datname = $1", [name]);
  return found.rowCount === 1;
}

/** The locale of the product's own database; PostgreSQL below 17 has it from the C library only. */
function createStatement(name: string, template: string, version: number): string {
  if (template !== "template0") {
    return `create database ${name} template ${template}`;
  }
  const locale =
    version >= 170_000
      ? "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
      : "locale 'C.UTF-8'";
  return `create database ${name} template template0 encoding 'UTF8' ${locale}`;
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function withSocket(url: string): string {
  const external = process.env.TEST_DATABASE_URL ?? "";
  if (external !== "") return url;
  return url.replace("127.0.0.1", encodeURIComponent(findClusterFiles().data));
}

async function dropAbandoned(server: Server): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    `select datname from pg_database d where datname like 'recado\\_test\\_%'
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  );
  for (const { datname } of rows) {
    await server.query(`drop database if exists ${datname}`);
  }
}

async function closeDatabase({ serverUrl, name, pool }: Opened): Promise<void> {
  if (!opened.delete(name)) {
    return;
  }
  const ended = pool.end();
  await withServer(serverUrl, async (server) => {
    const leaked = await findLeaks(server, name);
    await server.query(`drop database ${name} with (force)`);
    if (leaked.length > 0) {
      ended.catch(() => {});
      throw new Error(
        `The test left ${leaked.length} connections to its database open. End every pool that it created, and release every client that it took. They are:\n${leaked.join("\n")}`,
      );
    }
    await ended;
  });
}

async function findLeaks(server: Server, name: string): Promise<string[]> {
  const deadline = performance.now() + LEAK_GRACE_MS;
  for (;;) {
    const { rows } = await server.query<{ line: string }>(
      `select format('  %s, %s, last statement: %s', application_name, state, left(query, 200)) as line
       from pg_stat_activity where datname = $1 and backend_type = 'client backend' order by backend_start`,
      [name],
    );
    if (rows.length === 0 || performance.now() > deadline) {
      return rows.map(({ line }) => line);
    }
    await sleep(10);
  }
}

let guarded = false;

/** A file that forgets `close` fails too, instead of leaving its database to the next one. */
function guardExit(): void {
  if (guarded) {
    return;
  }
  guarded = true;
  process.on("exit", () => {
    if (opened.size > 0) {
      writeSync(
        2,
        `Test databases were never closed: ${[...opened].join(", ")}. Call close() in after().\n`,
      );
      process.exitCode = 1;
    }
  });
}
