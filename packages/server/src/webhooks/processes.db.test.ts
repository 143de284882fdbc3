import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openWebhookWorld, type WebhookWorld, waitUntil } from "../testkit/webhook-world.ts";
import { LEASE_MS } from "./delivery-policy.ts";

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world.close());

test("two processes on one database make every delivery once, and keep the order of each message", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const kinds = ["sent", "delivered", "read"] as const;
  const keys = Array.from({ length: 100 }, (_, n) => `m${n}`);
  await world.emit(
    endpoint,
    kinds.flatMap((kind) => keys.map((key) => ({ key, kind }))),
  );
  for (const { lane } of [world.openLane(), world.openLane()]) lane.start();
  await waitUntil(() => world.attempts.length >= 300);
  const ids = receiver.calls.map((call) => call.headers["webhook-id"]);
  assert.deepEqual([ids.length, new Set(ids).size], [300, 300]);
  const events = receiver.calls.map((call): { key: string; kind: string } => JSON.parse(call.body));
  for (const [key, each] of Map.groupBy(events, (event) => event.key)) {
    assert.deepEqual(
      each.map((event) => event.kind),
      kinds,
      key,
    );
  }
});

test("what a dead process was calling is called again under the same id, once its lease is over", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [
    { key: "m1", kind: "sent" },
    { key: "m1", kind: "delivered" },
  ]);
  const held: (() => void)[] = [];
  receiver.answer = () => new Promise((resolve) => held.push(() => resolve(204)));
  world.openLane().lane.start();
  await waitUntil(() => receiver.calls.length === 1);
  const { lane } = world.openLane();
  lane.start();
  world.moveClock(LEASE_MS - 1_000);
  await world.pool.query("select pg_sleep(0.1)");
  assert.equal(receiver.calls.length, 1, "while the lease holds, nobody calls it");
  receiver.answer = () => 204;
  world.moveClock(1_000 + 5_000);
  await waitUntil(() => world.attempts.length === 2);
  const ids = receiver.calls.map((call) => call.headers["webhook-id"]);
  assert.deepEqual(ids.slice(0, 2), [id, id]);
  const attempts = await world.attemptsOf(endpoint, id);
  assert.match(attempts[0]?.error ?? "", /ended before its outcome was known/);

  // The first process was only slow: its late outcome is kept and changes nothing.
  const before = await world.deliveriesOf(endpoint);
  for (const release of held) release();
  await waitUntil(() => world.attempts.length === 3);
  assert.deepEqual(await world.deliveriesOf(endpoint), before);
  assert.equal((await world.attemptsOf(endpoint, id))[0]?.httpStatus, 204);
});

test("stopping waits a while for calls, then gives them back unspent", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => new Promise(() => {});
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  const { lane } = world.openLane({ drainMs: 50 });
  lane.start();
  await waitUntil(() => receiver.calls.length === 1);
  await lane.stop();
  const [delivery] = await world.deliveriesOf(endpoint);
  assert.equal(delivery?.state, "pending");
  assert.equal(delivery?.dueAt?.getTime(), world.clock.now());
  assert.match((await world.attemptsOf(endpoint, id))[0]?.error ?? "", /stopped/);
  const { rows } = await world.pool.query("select failures from endpoints");
  assert.equal(rows[0]?.failures, 0);

  receiver.answer = () => 500;
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 2);
  const [again] = await world.deliveriesOf(endpoint);
  assert.equal(again?.dueAt?.getTime(), world.clock.now() + 5_000, "the schedule begins with it");
});

test("more endpoints than one look goes through are all served", async () => {
  const receiver = await world.openReceiver();
  const first = await world.addEndpoint(receiver.url);
  const { rows } = await world.pool.query("select * from endpoints");
  const sealed = rows[0]?.secrets;
  const others = Array.from({ length: 300 }, () => ({ ...first, id: world.newId() }));
  await world.pool.query(
    `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
     select $1, x, $1, $2, $3, now() from unnest($4::uuid[]) x`,
    [first.accountId, "http://127.0.0.1:1/", sealed, others.map((other) => other.id)],
  );
  for (const other of others) await world.emit(other, [{ key: "m", kind: "sent" }]);
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 300);
  assert.equal(new Set(world.attempts.map((attempt) => attempt.endpointId)).size, 300);
});
