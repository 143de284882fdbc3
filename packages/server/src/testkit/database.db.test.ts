import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createPool } from "../storage/connect.ts";
import { MIGRATION_TABLE } from "../storage/migrate.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";

const DATABASE_TS = fileURLToPath(new URL("./database.ts", import.meta.url));

describe("openTestDatabase", () => {
  const toClose: TestDatabase[] = [];
  after(async () => {
    await Promise.all(toClose.map((database) => database.close()));
  });

  test("gives every caller a database of its own", async () => {
    const [one, other] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    toClose.push(one, other);
    await one.pool.query("create table only_here (id int)");
    const { rows } = await other.pool.query("select to_regclass('only_here') as found");
    assert.deepEqual(rows, [{ found: null }]);
    assert.notEqual(one.url, other.url);
  });

  test("has the product's schema, or nothing when asked for an empty one", async () => {
    const [migrated, empty] = await Promise.all([
      openTestDatabase(),
      openTestDatabase({ schema: "empty" }),
    ]);
    toClose.push(migrated, empty);
    const question = `select to_regclass('${MIGRATION_TABLE}')::text as found`;
    assert.deepEqual((await migrated.pool.query(question)).rows, [{ found: MIGRATION_TABLE }]);
    assert.deepEqual((await empty.pool.query(question)).rows, [{ found: null }]);
  });

  test("orders and folds letters alike on every machine", async () => {
    const database = await openTestDatabase();
    toClose.push(database);
    const { rows } = await database.pool.query(
      "select upper('ñandú') as upper, 'Z' < 'a' as by_code_point",
    );
    assert.deepEqual(rows, [{ upper: "ÑANDÚ", by_code_point: true }]);
  });

  test("drops the database when it is closed, and closing twice is harmless", async () => {
    const database = await openTestDatabase();
    await database.pool.query("select 1");
    await database.close();
    await database.close();
    const pool = createPool(database.url, { applicationName: "test" });
    await assert.rejects(pool.query("select 1"), /does not exist/);
    await pool.end();
  });

  test("names the connection that a test left open", async () => {
    const database = await openTestDatabase();
    const leak = createPool(database.url, { applicationName: "the-culprit" });
    await leak.query("select 'a telling statement'");
    await assert.rejects(
      database.close(),
      /1 connections[\s\S]*the-culprit[\s\S]*a telling statement/,
    );
    await leak.end();
  });

  test("names the client that a test never gave back", async () => {
    const database = await openTestDatabase();
    const client = await database.pool.connect();
    await client.query("select 'never released'");
    await assert.rejects(database.close(), /recado-test[\s\S]*never released/);
    client.release(true);
  });

  test("fails a process that ends without closing its database", async () => {
    const script = `const { openTestDatabase } = await import(${JSON.stringify(DATABASE_TS)}); await openTestDatabase();`;
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      env,
    });
    await assert.rejects(run, { code: 1, stderr: /Test databases were never closed/ });
  });
});
