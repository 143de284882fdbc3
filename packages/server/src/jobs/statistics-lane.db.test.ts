import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { pino } from "pino";
import type { Lane } from "../platform/lane.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { createStatisticsLane } from "./statistics-lane.ts";

let database: TestDatabase;
let lines: { table?: string; msg: string }[];

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());
beforeEach(() => {
  lines = [];
});

function openLane(): Lane {
  const write = (line: string) => void lines.push(JSON.parse(line));
  return createStatisticsLane({
    pool: database.pool,
    logger: pino({ level: "info" }, { write }),
    intervalMs: 60_000,
  });
}

/** One look, from beginning to end. */
async function look(lane = openLane()): Promise<string[]> {
  const before = lines.length;
  lane.start();
  await lane.stop();
  return lines.slice(before).flatMap(({ table }) => table ?? []);
}

async function fill(table: string, rows: number): Promise<void> {
  await database.pool.query(`drop table if exists ${table}`);
  await database.pool.query(
    `create table ${table} (n int, text text) with (autovacuum_enabled = off)`,
  );
  await database.pool.query(
    `insert into ${table} select n, repeat('x', 1000) from generate_series(1, ${rows}) n`,
  );
}

async function countKnown(table: string): Promise<number> {
  const { rows } = await database.pool.query(
    "select reltuples::int as known from pg_class where oid = $1::regclass",
    [table],
  );
  return rows[0].known;
}

describe("looking at young tables", () => {
  test("makes known what has begun to grow, once, and leaves small tables alone", async () => {
    await fill("small", 50);
    await fill('"Large one"', 2_000);
    assert.deepEqual(await look(), ['"Large one"']);
    assert.deepEqual([await countKnown("small"), await countKnown('"Large one"')], [-1, 2_000]);
    assert.deepEqual(await look(), []);
    await fill("small", 2_000);
    assert.deepEqual(await look(), ["small"]);
  });

  test("mends plans: before it two names that all rows share look better than the one that a single row has", async () => {
    await database.pool.query(
      "create table said (kind text, class text, name text, filler text) with (autovacuum_enabled = off)",
    );
    await database.pool.query("create index said_kind on said (kind, class)");
    await database.pool.query("create index said_name on said (name)");
    await database.pool.query(
      "insert into said select 'text', 'utility', 'p' || n, repeat('x', 500) from generate_series(1, 4000) n",
    );
    const sql = await database.pool.connect();
    const countPages = async () => {
      const { rows } = await sql.query(
        "explain (analyze, buffers, format json) execute find('p7')",
      );
      return rows[0]["QUERY PLAN"][0].Plan["Shared Hit Blocks"];
    };
    try {
      await sql.query(
        "prepare find(text) as select from said where kind = 'text' and class = 'utility' and name = $1",
      );
      assert.ok((await countPages()) > 200, "or this shows nothing");
      assert.deepEqual(await look(), ["said"]);
      assert.ok((await countPages()) < 10);
    } finally {
      sql.release();
    }
  });

  test("waits for nobody: a table that is locked is left alone, and the others are looked at", async () => {
    await fill("locked", 2_000);
    await fill("open", 2_000);
    const holder = await database.pool.connect();
    try {
      await holder.query("begin");
      await holder.query("lock table locked in share update exclusive mode");
      assert.deepEqual(await look(), ["locked", "open"]);
      assert.deepEqual([await countKnown("locked"), await countKnown("open")], [-1, 2_000]);
    } finally {
      await holder.query("rollback");
      holder.release();
    }
  });

  test("is done once by a process, however often it looks", async () => {
    await fill("again", 2_000);
    const holder = await database.pool.connect();
    const lane = openLane();
    try {
      await holder.query("begin");
      await holder.query("lock table again in share update exclusive mode");
      assert.deepEqual(await look(lane), ["locked", "again"]);
      assert.deepEqual(await look(lane), []);
    } finally {
      await holder.query("rollback");
      holder.release();
    }
  });
});
