import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { findSurroundings, upsertInstance } from "./instances.ts";
import { findJournalLagMs } from "./journal.ts";
import { findMessageLags } from "./lags.ts";

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});

after(() => world.close());

async function lagOf(lane: string): Promise<number | undefined> {
  const lags = await findMessageLags(world.pool, new Date(world.time.nowMs));
  return lags.find((one) => one.lane === lane)?.ageMs;
}

test("the oldest due message of any account, number and class counts", async () => {
  const [one, two] = [await world.account(), await world.account()];
  const ids = [await world.accept(one), await world.accept(one), await world.accept(two)];
  assert.equal(await lagOf("queued"), 0);
  await world.pool.query(
    "update messages set class = 2, due_at = due_at - interval '40 s' where id = $1",
    [ids[1]],
  );
  assert.equal(await lagOf("queued"), 40_000);
  await world.pool.query("update messages set due_at = due_at - interval '90 s' where id = $1", [
    ids[2],
  ]);
  assert.equal(await lagOf("queued"), 90_000);
  await world.pool.query("update channels set state = 'inactive' where account_id = $1", [
    two.accountId,
  ]);
  assert.equal(await lagOf("queued"), 40_000, "an inactive number is nobody's fault");
  await world.pool.query("update messages set due_at = due_at + interval '1 h'");
  assert.equal(await lagOf("queued"), 0, "what is due later is not late");
});

test("looking for lags reads a handful of rows, however many messages wait", async () => {
  const account = await world.account();
  const id = await world.accept(account);
  await world.pool.query(
    `insert into messages select (json_populate_record(m, json_build_object('id', gen_random_uuid()))).*
     from messages m, generate_series(1, 5000) where m.id = $1`,
    [id],
  );
  await world.pool.query("analyze messages");
  const client = await world.pool.connect();
  try {
    await client.query("begin");
    const plan: string[] = [];
    await findMessageLags(
      {
        query: ((given: { text: string; values: unknown[] }) =>
          client
            .query(`explain (analyze, format text) ${given.text}`, given.values)
            .then((found) => {
              plan.push(...found.rows.map((row) => row["QUERY PLAN"]));
              return { rows: [] };
            })) as never,
      },
      new Date(world.time.nowMs),
    );
    const rows = plan.flatMap((line) => {
      const [, loopsRows = ""] = /actual time=\S+ rows=([\d.]+) loops=\d+/u.exec(line) ?? [];
      return loopsRows === "" ? [] : Number(loopsRows);
    });
    assert.ok(rows.length > 10);
    assert.ok(Math.max(...rows) < 100, plan.join("\n"));
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("the journal's lag is that of the oldest post of any account", async () => {
  const now = new Date(world.time.nowMs);
  assert.equal(await findJournalLagMs(world.pool, now), 0);
  for (const seconds of [5, 70, 30]) {
    const atMs = world.time.nowMs - seconds * 1000;
    await world.pool.query(
      `insert into journal (account_id, id, app_id, provider, body, received_at)
       values ($1, $2, $1, 'meta-cloud', '', $3)`,
      [world.shared.ids.next(atMs), world.shared.ids.next(atMs), new Date(atMs)],
    );
  }
  assert.equal(await findJournalLagMs(world.pool, now), 70_000);
});

test("a worker counts as living for as long as it was heard of lately", async () => {
  assert.equal((await findSurroundings(world.pool, 60_000)).liveWorkers, 0);
  const worker = world.startWorker();
  await upsertInstance(world.pool, worker.self, new Date(Date.now() - 61_000));
  assert.equal((await findSurroundings(world.pool, 60_000)).liveWorkers, 0);
  await upsertInstance(world.pool, worker.self, new Date());
  const { now, liveWorkers } = await findSurroundings(world.pool, 60_000);
  assert.equal(liveWorkers, 1);
  assert.ok(Math.abs(now.getTime() - Date.now()) < 60_000);
});
