import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openWebhookWorld, type WebhookWorld, waitUntil } from "../testkit/webhook-world.ts";
import { enableEndpoint, getEndpoint } from "./endpoints.ts";

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world.close());

const MIN = 60_000;
const HOUR = 60 * MIN;
const messages = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ key: `m${n}`, kind: "sent" as const }));

/** Resolves when every lane has looked again with the clock as it is and found nothing to do. */
async function settle() {
  const before = world.attempts.length;
  for (let look = 0; look < 20; look += 1) {
    await world.pool.query("select pg_sleep(0.01)");
    if (world.attempts.length !== before) return settle();
  }
}

test("ten straight failures open the circuit: then one call a minute, and nobody else's attempts are spent", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => 500;
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(50));
  const { lane, lagMs } = world.openLane({ perEndpointMax: 10 });
  lane.start();
  await waitUntil(() => world.attempts.length === 10);
  await settle();
  assert.equal(receiver.calls.length, 10);
  world.moveClock(30_000);
  await settle();
  assert.equal(receiver.calls.length, 10, "nothing leaves while it is open");
  assert.equal(await lagMs(), 0, "a dead receiver's backlog is not our lag");
  world.moveClock(30_000);
  await waitUntil(() => world.attempts.length === 11);
  await settle();
  assert.equal(receiver.calls.length, 11, "one probe after a minute");
  const untouched = (await world.deliveriesOf(endpoint)).filter((row) => row.attempts === 0);
  assert.ok(untouched.length >= 39);

  receiver.answer = () => 204;
  world.moveClock(MIN);
  await waitUntil(async () =>
    (await world.deliveriesOf(endpoint)).every(
      (row) => row.state === "delivered" || row.attempts > 0,
    ),
  );
  assert.equal((await getEndpoint(world.endpointDeps(), endpoint)).openUntil, null);
});

test("calls that are still under way count towards the ten: no others take the places of those that failed", async () => {
  const receiver = await world.openReceiver();
  const late: (() => void)[] = [];
  receiver.answer = () =>
    receiver.calls.length > 6 ? new Promise((resolve) => late.push(() => resolve(500))) : 500;
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(50));
  world.openLane({ perEndpointMax: 10 }).lane.start();
  await waitUntil(() => world.attempts.length === 6);
  await settle();
  assert.equal(receiver.calls.length, 10);
  for (const answer of late.splice(0)) answer();
  await waitUntil(() => world.attempts.length === 10);
  await settle();
  assert.equal(receiver.calls.length, 10, "the circuit is open");
});

test("a share of 70 % of failures opens the circuit though successes come between", async () => {
  const receiver = await world.openReceiver();
  let calls = 0;
  receiver.answer = () => (calls++ % 4 === 0 ? 204 : 500);
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(60));
  world.openLane({ perEndpointMax: 1 }).lane.start();
  await waitUntil(
    async () => (await getEndpoint(world.endpointDeps(), endpoint)).openUntil !== null,
  );
  await settle();
  assert.ok(receiver.calls.length >= 20 && receiver.calls.length < 40, `${receiver.calls.length}`);
});

test("410 disables at once, tells the owner, and parks what is left", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => 410;
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(3));
  world.openLane({ perEndpointMax: 1 }).lane.start();
  const deps = world.endpointDeps();
  await waitUntil(async () => (await getEndpoint(deps, endpoint)).state === "disabled");
  await waitUntil(async () =>
    (await world.deliveriesOf(endpoint)).every((delivery) => delivery.state === "parked"),
  );
  assert.match((await getEndpoint(deps, endpoint)).disabledReason ?? "", /410/);
  const { rows } = await world.pool.query("select kind, data from events");
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.kind, "endpoint.disabled");
  assert.deepEqual([rows[0]?.data.endpoint_id, rows[0]?.data.reason], [endpoint.id, "gone"]);
});

test("five days of failures disable, four do not", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => 500;
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(200));
  world.openLane().lane.start();
  const deps = world.endpointDeps();
  const failForHours = async (hours: number) => {
    for (let hour = 0; hour < hours; hour += 12) {
      world.moveClock(12 * HOUR);
      const before = world.attempts.length;
      await waitUntil(() => world.attempts.length > before);
      await settle();
    }
  };
  await settle();
  await failForHours(24 * 4);
  assert.equal((await getEndpoint(deps, endpoint)).state, "enabled");
  await failForHours(24);
  assert.equal((await getEndpoint(deps, endpoint)).state, "disabled");
  assert.match((await getEndpoint(deps, endpoint)).disabledReason ?? "", /five days/);
});

test("down for a day: then everything arrives once, in order of each message", async () => {
  const receiver = await world.openReceiver();
  let down = true;
  receiver.answer = () => (down ? 503 : 204);
  const endpoint = await world.addEndpoint(receiver.url);
  world.openLane().lane.start();
  const kinds = ["sent", "delivered", "read"] as const;
  for (let hour = 0; hour < 24; hour += 2) {
    const keys = [1, 2, 3, 4, 5].map((n) => `h${hour}-${n}`);
    await world.emit(
      endpoint,
      kinds.flatMap((kind) => keys.map((key) => ({ key, kind }))),
    );
    world.moveClock(2 * HOUR);
    await settle();
  }
  down = false;
  const refused = receiver.calls.length;
  const isDone = async () =>
    (await world.deliveriesOf(endpoint)).every((delivery) => delivery.state === "delivered");
  while (!(await isDone())) {
    world.moveClock(HOUR);
    await settle();
  }
  const arrived = receiver.calls.slice(refused);
  const ids = arrived.map((call) => call.headers["webhook-id"]);
  assert.equal(ids.length, 12 * 5 * 3);
  assert.equal(new Set(ids).size, ids.length);
  const byKey = Map.groupBy(
    arrived.map((call): { key: string; kind: string } => JSON.parse(call.body)),
    (event) => event.key,
  );
  for (const [key, events] of byKey) {
    assert.deepEqual(
      events.map((event) => event.kind),
      kinds,
      key,
    );
  }
});

test("enabling begins with a clean record", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => 410;
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, messages(3));
  const { lane } = world.openLane();
  lane.start();
  const deps = world.endpointDeps();
  await waitUntil(async () => (await getEndpoint(deps, endpoint)).state === "disabled");
  await settle();
  receiver.answer = () => 204;
  const { resumed } = await enableEndpoint(deps, endpoint);
  lane.kick();
  assert.equal(resumed, 3);
  await waitUntil(async () =>
    (await world.deliveriesOf(endpoint)).every((delivery) => delivery.state === "delivered"),
  );
});
