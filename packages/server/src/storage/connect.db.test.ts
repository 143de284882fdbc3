import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import {
  afterCommit,
  createPool,
  findSqlState,
  forgetSince,
  type Transaction,
  withPipelinedTransaction,
  withTransaction,
} from "./connect.ts";

/** What PostgreSQL does of its own to one of two transactions that wait for each other. */
const GIVE_WAY =
  "do $$ begin raise exception 'given up in favour of another' using errcode = '40P01'; end $$";

let database: TestDatabase;

before(async () => {
  database = await openTestDatabase({ schema: "empty" });
  await database.pool.query("create table purses (id int primary key, amount bigint not null)");
  await database.pool.query("insert into purses values (1, 0), (2, 0)");
});
after(() => database.close());

/** Settles when both of two transactions have reached the place. */
function createMeeting(): () => Promise<void> {
  let arrived = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    arrived += 1;
    if (arrived === 2) {
      resolve();
    }
    return promise;
  };
}

async function amounts(): Promise<bigint[]> {
  const { rows } = await database.pool.query("select amount from purses order by id");
  return rows.map((row) => row.amount);
}

describe("createPool", () => {
  test("loses nothing of large and exact numbers", async () => {
    const { rows } = await database.pool.query(
      "select 9007199254740993 as big, 0.10::numeric(10,2) as exact, array[1, null, 9007199254740993]::int8[] as bigs",
    );
    assert.deepEqual(rows, [
      { big: 9007199254740993n, exact: "0.10", bigs: [1n, null, 9007199254740993n] },
    ]);
  });

  test("takes back the bigint and the moment that it gave", async () => {
    const at = new Date("2026-11-22T15:03:12.345Z");
    const { rows } = await database.pool.query("select $1::int8 as big, $2::timestamptz as at", [
      9007199254740993n,
      at,
    ]);
    assert.deepEqual(rows, [{ big: 9007199254740993n, at }]);
  });

  test("ends a statement that runs longer than allowed", async () => {
    const pool = createPool(database.url, { applicationName: "test", statementTimeoutMs: 20 });
    await assert.rejects(pool.query("select pg_sleep(60)"), { code: "57014" });
    await pool.end();
  });

  test("survives connections that the server ends, idle or in use, and opens new ones", async () => {
    const errors: Error[] = [];
    const pool = createPool(database.url, {
      applicationName: "victim",
      onError: (error) => errors.push(error),
    });
    const [held, idle] = [await pool.connect(), await pool.connect()];
    idle.release();
    const reported = new Promise((resolve) => pool.once("error", resolve));
    const broken = new Promise((resolve) => held.once("error", resolve));
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'",
    );
    await Promise.all([reported, broken]);
    await assert.rejects(held.query("select 1"));
    held.release(true);
    assert.equal(errors.length, 1);
    assert.equal((await pool.query("select 1 as one")).rows[0]?.one, 1);
    await pool.end();
  });
});

describe("withTransaction", () => {
  test("stores everything or nothing", async () => {
    const failure = new Error("after the first statement");
    await assert.rejects(
      withTransaction(database.pool, async (sql) => {
        await sql.query("update purses set amount = 77 where id = 1");
        throw failure;
      }),
      failure,
    );
    assert.deepEqual(await amounts(), [0n, 0n]);
    const given = await withTransaction(database.pool, async (sql) => {
      await sql.query("update purses set amount = 1 where id = 1");
      return "done";
    });
    assert.equal(given, "done");
    assert.deepEqual(await amounts(), [1n, 0n]);
  });

  test("runs the whole work again when it was chosen to give way in a deadlock", async () => {
    await database.pool.query("update purses set amount = 0");
    const meet = createMeeting();
    let begun = 0;
    const move = (first: number, second: number): Promise<void> =>
      withTransaction(database.pool, async (sql) => {
        begun += 1;
        await sql.query("update purses set amount = amount + 1 where id = $1", [first]);
        await meet();
        await sql.query("update purses set amount = amount + 1 where id = $1", [second]);
      });
    await Promise.all([move(1, 2), move(2, 1)]);
    assert.deepEqual(await amounts(), [2n, 2n]);
    // The one that gave way may be ahead at the same two rows again, and give way once more.
    assert.ok(begun >= 3, String(begun));
  });

  test("tells of what was done once, after the commit, however often the work ran", async () => {
    await database.pool.query("update purses set amount = 0");
    for (const pipelined of [false, true]) {
      const meet = createMeeting();
      const told: string[] = [];
      const move = async (first: number, second: number) => {
        const work = async (sql: Transaction) => {
          afterCommit(sql, () => told.push(`${first}`));
          await sql.query("update purses set amount = amount + 1 where id = $1", [first]);
          await meet();
          await sql.query("update purses set amount = amount + 1 where id = $1", [second]);
        };
        if (!pipelined) return withTransaction(database.pool, work);
        return withPipelinedTransaction(database.pool, async (sql) => {
          await work(sql);
          return { result: undefined, pending: [] };
        });
      };
      await Promise.all([move(1, 2), move(2, 1)]);
      assert.deepEqual(told.toSorted(), ["1", "2"]);
    }
    const told: string[] = [];
    const failing = withTransaction(database.pool, async (sql) => {
      afterCommit(sql, () => told.push("never"));
      throw new Error("no");
    });
    await assert.rejects(failing);
    await withTransaction(database.pool, async (sql) => {
      const undo = forgetSince(sql);
      afterCommit(sql, () => told.push("undone"));
      undo();
      afterCommit(sql, () => told.push("kept"));
    });
    assert.deepEqual(told, ["kept"]);
  });

  test("runs again after a serialization failure, but only as often as allowed", async () => {
    await database.pool.query("update purses set amount = 0");
    const meet = createMeeting();
    const addSum = (attemptsMax: number): Promise<unknown> =>
      withTransaction(
        database.pool,
        async (sql) => {
          const { rows } = await sql.query("select sum(amount)::int8 as sum from purses");
          await meet();
          await sql.query("update purses set amount = $1 where id = 1", [rows[0].sum + 1n]);
        },
        { isolation: "serializable", attemptsMax },
      );
    const ends = await Promise.allSettled([addSum(1), addSum(1)]);
    const states = ends.map((end) => (end.status === "rejected" ? findSqlState(end.reason) : "ok"));
    assert.deepEqual(states.toSorted(), ["40001", "ok"]);
    await Promise.all([addSum(5), addSum(5)]);
    assert.deepEqual(await amounts(), [3n, 0n]);
  });

  test("does not repeat a failure that is no conflict", async () => {
    let begun = 0;
    const insert = withTransaction(database.pool, async (sql) => {
      begun += 1;
      await sql.query("insert into purses values (1, 0)");
    });
    await assert.rejects(insert, { code: "23505" });
    assert.equal(begun, 1);
  });

  test("stores nothing when one of the statements that nobody waited for could not even be sent", async () => {
    await database.pool.query("update purses set amount = 0");
    const fail = async () => {
      throw new RangeError("no such moment");
    };
    const failDeeper = async () => {
      await Promise.all([fail()]);
    };
    for (const unsent of [fail, failDeeper, async () => failDeeper()]) {
      const moved = withPipelinedTransaction(database.pool, async (sql) => {
        const paid = sql.query("update purses set amount = amount + 1 where id = 1");
        return { result: undefined, pending: [paid, unsent()] };
      });
      await assert.rejects(moved, RangeError);
    }
    assert.deepEqual(await amounts(), [0n, 0n]);
  });

  test("says what failed first, though what was sent behind it is heard first", async () => {
    const fail = (first: string, pipelined: boolean) => {
      const work = async (sql: Transaction) => {
        const sent = sql.query(first);
        sent.catch(() => {});
        await sql.query("select 1");
        return { result: await sent, pending: [] };
      };
      return pipelined
        ? withPipelinedTransaction(database.pool, work)
        : withTransaction(database.pool, work);
    };
    for (const pipelined of [false, true]) {
      await assert.rejects(fail("select 1 / 0", pipelined), { code: "22012" });
      await assert.rejects(fail("select 'x'::uuid", pipelined), { code: "22P02" });
    }
  });

  test("begins anew when the statement that gave way was sent ahead of the one that is heard", async () => {
    let begun = 0;
    const given = await withTransaction(database.pool, async (sql) => {
      begun += 1;
      const ahead = sql.query(begun === 1 ? GIVE_WAY : "select 1");
      ahead.catch(() => {});
      await sql.query("select 2");
      await ahead;
      return "done";
    });
    assert.deepEqual([given, begun], ["done", 2]);
  });

  test("does not call a transaction done whose failed statement was swallowed", async () => {
    const swallowed = withTransaction(database.pool, async (sql) => {
      await sql.query("insert into purses values (1, 0)").catch(() => {});
    });
    await assert.rejects(swallowed, /rolled back/);
  });

  test("gives no broken connection back to the pool", async () => {
    const pool = createPool(database.url, { applicationName: "breaks", connectionsMax: 1 });
    const broken = withTransaction(pool, (sql) =>
      sql.query("select pg_terminate_backend(pg_backend_pid())"),
    );
    await assert.rejects(broken);
    assert.equal((await pool.query("select 1 as one")).rows[0]?.one, 1);
    await pool.end();
  });
});
