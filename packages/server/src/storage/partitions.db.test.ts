import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { uuidv7obj } from "uuidv7";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import {
  dropPartitionsBefore,
  ensurePartitions,
  isMonthPartition,
  namePartition,
  uuidFloor,
} from "./partitions.ts";

const NOVEMBER = new Date("2026-11-30T23:59:59.999Z");
const OCTOBER_ID = uuidFloor(Date.UTC(2026, 9, 31, 23, 59, 59, 999)).replace(
  "7000-8000-00",
  "7fff-bfff-ff",
);

let database: TestDatabase;

before(async () => {
  database = await openTestDatabase({ schema: "empty" });
  await database.pool.query(`
    create table notes (account_id int, id uuid, text text not null default 'none' check (text <> ''),
      primary key (account_id, id)) partition by range (id);
    create index notes_text on notes (text);
    create table notes_default partition of notes default with (fillfactor = 70);
    create table by_name (name text) partition by list (name);
    create table plain (id uuid primary key);
  `);
});
after(() => database.close());

async function whereIs(id: string): Promise<unknown> {
  const { rows } = await database.pool.query(
    "select tableoid::regclass::text as at from notes where id = $1",
    [id],
  );
  return rows[0]?.at;
}

const insert = (id: string) =>
  database.pool.query("insert into notes (account_id, id) values (1, $1)", [id]);

describe("uuidFloor", () => {
  test("is not above any id of its millisecond and above every id of the one before", () => {
    const at = Date.UTC(2026, 10, 1);
    assert.match(uuidFloor(at), /^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-000000000000$/);
    assert.equal(Number.parseInt(uuidFloor(at).replaceAll("-", "").slice(0, 12), 16), at);
    assert.ok(
      uuidFloor(at - 1).replace("7000-8000-000000000000", "7fff-bfff-ffffffffffff") < uuidFloor(at),
    );
    const now = uuidv7obj();
    const nowMs = Number.parseInt(now.toHex().slice(0, 12), 16);
    assert.ok(uuidFloor(nowMs) <= now.toString());
    assert.ok(now.toString() < uuidFloor(nowMs + 1));
  });

  test("refuses moments that do not fit", () => {
    for (const ms of [-1, 0.5, Number.NaN, 2 ** 48]) {
      assert.throws(() => uuidFloor(ms), RangeError);
    }
  });
});

describe("ensurePartitions", () => {
  test("makes this month and those ahead, across the end of the year, once, when ten do it at once", async () => {
    const reports = await Promise.all(
      Array.from({ length: 10 }, () =>
        ensurePartitions(database.pool, { now: NOVEMBER, monthsAhead: 2 }),
      ),
    );
    assert.deepEqual(reports.flatMap(({ created }) => created).toSorted(), [
      "notes_y2026m11",
      "notes_y2026m12",
      "notes_y2027m01",
    ]);
    assert.deepEqual(
      reports.flatMap(({ left }) => left),
      [],
    );
  });

  test("puts every id into its UTC month, and what no month claims into the default", async () => {
    const cases = {
      [uuidFloor(Date.UTC(2026, 10, 1))]: "notes_y2026m11",
      [uuidFloor(NOVEMBER.getTime()).replace("7000-8000-00", "7fff-bfff-ff")]: "notes_y2026m11",
      [uuidFloor(Date.UTC(2026, 11, 1))]: "notes_y2026m12",
      [OCTOBER_ID]: "notes_default",
      [uuidFloor(Date.UTC(2031, 0, 1))]: "notes_default",
    };
    for (const [id, partition] of Object.entries(cases)) {
      await insert(id);
      assert.equal(await whereIs(id), partition, id);
    }
  });

  test("gives a month the keys, indexes, checks and defaults of its table, and the options of the default", async () => {
    const options = await database.pool.query(
      "select reloptions from pg_class where relname = 'notes_y2026m12'",
    );
    assert.deepEqual(options.rows, [{ reloptions: ["fillfactor=70"] }]);
    const { rows } = await database.pool.query(
      "select count(*) as indexes from pg_indexes where tablename = 'notes_y2026m12'",
    );
    assert.equal(rows[0]?.indexes, 2n);
    const id = uuidFloor(Date.UTC(2026, 11, 2));
    await insert(id);
    await assert.rejects(insert(id), { code: "23505" });
    await assert.rejects(database.pool.query("update notes set text = '' where id = $1", [id]), {
      code: "23514",
    });
  });

  test("leaves the rows that the default holds where they are, and says so", async () => {
    const report = await ensurePartitions(database.pool, {
      now: new Date(Date.UTC(2026, 9, 5)),
      monthsAhead: 1,
    });
    assert.deepEqual(report, {
      created: [],
      left: [{ partition: "notes_y2026m10", reason: "default-holds-rows" }],
    });
    assert.equal(await whereIs(OCTOBER_ID), "notes_default");
  });

  test("gives up on a table that is busy instead of making everybody wait", async () => {
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query("lock table notes_default in access share mode");
    const when = { now: new Date(Date.UTC(2028, 0, 1)), monthsAhead: 0 };
    const report = await ensurePartitions(database.pool, when);
    assert.deepEqual(report.left, [{ partition: "notes_y2028m01", reason: "busy" }]);
    await client.query("rollback");
    client.release();
    assert.deepEqual((await ensurePartitions(database.pool, when)).created, ["notes_y2028m01"]);
  });
});

describe("dropPartitionsBefore", () => {
  test("drops whole months before the given one, and those months' rows in the default", async () => {
    const result = await dropPartitionsBefore(
      database.pool,
      "notes",
      new Date("2026-12-17T00:00:00Z"),
    );
    assert.deepEqual(result, { dropped: ["notes_y2026m11"], deletedFromDefault: 1 });
    assert.equal(await whereIs(uuidFloor(Date.UTC(2026, 11, 1))), "notes_y2026m12");
    assert.equal(await whereIs(OCTOBER_ID), undefined);
    assert.equal(await whereIs(uuidFloor(Date.UTC(2031, 0, 1))), "notes_default");
  });

  test("refuses a table that is not partitioned by month", async () => {
    for (const table of ["plain", "by_name", "absent"]) {
      await assert.rejects(dropPartitionsBefore(database.pool, table, NOVEMBER), /not partitioned/);
    }
  });
});

test("every endless table of the product has a month for now and a default for the rest", async () => {
  const product = await openTestDatabase();
  try {
    const { created, left } = await ensurePartitions(product.pool, {
      now: NOVEMBER,
      monthsAhead: 0,
    });
    assert.deepEqual(left, []);
    assert.ok(created.includes(namePartition("messages", NOVEMBER)));
    assert.ok(created.every(isMonthPartition));
    const { rows } = await product.pool.query(
      "select partrelid::regclass::text as table from pg_partitioned_table where partdefid = 0",
    );
    assert.deepEqual(rows, []);
  } finally {
    await product.close();
  }
});
