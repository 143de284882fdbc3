import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { PoolClient } from "pg";
import { migrate, readMigrations } from "./storage/migrate.ts";
import { openTestDatabase, type TestDatabase } from "./testkit/database.ts";

/*
 * The very first start migrates in a process of its own. Here the real program starts on an empty database, and is killed while that
 * process stands in the middle of a migration: an event trigger holds it there.
 */

/** So many migrations have run when it stands still. */
const RUN_BEFORE = 5;
const GATE = 20_261_123;
const WAIT_MS_MAX = 60_000;

let database: TestDatabase;
let folder: string;
let gate: PoolClient;
let started: ChildProcess[];

beforeEach(async () => {
  started = [];
  folder = mkdtempSync(join(tmpdir(), "recado-first-start-"));
  database = await openTestDatabase({ schema: "empty" });
  gate = await database.pool.connect();
  await gate.query("select pg_advisory_lock($1)", [GATE]);
  await gate.query(
    `create function stand_still() returns event_trigger language plpgsql as $$
     begin
       if to_regclass('schema_migration') is null then return; end if;
       if (select count(*) from schema_migration) = ${RUN_BEFORE} then
         perform pg_advisory_xact_lock_shared(${GATE});
       end if;
     end $$`,
  );
  await gate.query(
    "create event trigger stand_still on ddl_command_end execute function stand_still()",
  );
});
afterEach(async () => {
  for (const child of started) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
  }
  await gate.query("select pg_advisory_unlock_all()");
  gate.release();
  // Whoever was killed may still have a statement in the database.
  await waitFor("its last connection to end", async () => (await countOthers()) === 0);
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "serve"], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: database.url, DATA_DIR: folder, PORT: "0", HOST: "127.0.0.1" },
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  return child;
}

/** Where it answers; rejects when it ends before. */
async function untilReady(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const { msg, address } = JSON.parse(line) as { msg: string; address: string };
    if (msg === "recado.ready") return address;
  }
  throw new Error(`it ended before it was ready:\n${said.join("\n")}`);
}

/** The process that migrates, once it stands in the middle. */
async function findMigrator(parent: ChildProcess): Promise<number> {
  const stands = `select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())
    and classid = 0 and objid = ${GATE}`;
  await waitFor("a migration to stand still", async () => {
    return (await gate.query(stands)).rows.length > 0;
  });
  const { pid } = parent;
  const [only = "", ...others] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .trim()
    .split(" ");
  assert.deepEqual(others, []);
  assert.match(readFileSync(`/proc/${only}/cmdline`, "utf8"), /main\.ts\0migrate/u);
  return Number(only);
}

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(20);
  }
}

async function countOthers(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database()
       and application_name <> 'recado-test' and backend_type = 'client backend'`,
  );
  return rows[0]?.count ?? 0;
}

async function listRun(): Promise<string[]> {
  const { rows } = await gate.query<{ name: string }>(
    "select name from schema_migration order by name",
  );
  return rows.map(({ name }) => name);
}

const openGate = () => gate.query("select pg_advisory_unlock($1)", [GATE]);

describe("the first start", () => {
  test("goes on by itself when the process that migrates is killed in the middle", async () => {
    const server = start();
    process.kill(await findMigrator(server), "SIGKILL");
    assert.equal((await listRun()).length, RUN_BEFORE, "the one in the middle has left nothing");
    await openGate();
    const address = await untilReady(server);
    assert.equal((await fetch(`${address}/health/ready`)).status, 200);
    const all = (await readMigrations()).map(({ name }) => name);
    assert.deepEqual(await listRun(), all);
    assert.deepEqual(await migrate(database.url), []);
  });

  test("is finished by the next one when everything is killed in the middle", async () => {
    const first = start();
    const migrator = await findMigrator(first);
    first.kill("SIGKILL");
    process.kill(migrator, "SIGKILL");
    await once(first, "exit");
    const next = start();
    await openGate();
    const address = await untilReady(next);
    assert.equal((await fetch(`${address}/health/ready`)).status, 200);
    assert.deepEqual(
      await listRun(),
      (await readMigrations()).map(({ name }) => name),
    );
  });
});
