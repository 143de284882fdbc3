import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openWebhookWorld, type WebhookWorld, waitUntil } from "../testkit/webhook-world.ts";
import { LEASE_MS } from "./delivery-policy.ts";
import { createPaceGate } from "./endpoint-pacer.ts";
import { changeEndpoint } from "./endpoints.ts";

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world.close());

const STEP_MS = 100;

/**
 * Moves the clock on until enough calls have come. Whenever it stands, no more may have come than the seconds
 * begun so far allow: a call's place in the limit is taken before it, by the same clock.
 */
async function passUntil(calls: unknown[], wanted: number, rate: number): Promise<void> {
  for (let passedMs = 0; calls.length < wanted; passedMs += STEP_MS) {
    const most = rate * (Math.floor(passedMs / 1_000) + 1);
    assert.ok(calls.length <= most, `${calls.length} calls after ${passedMs} ms`);
    // Time for every process to look; how long it takes decides nothing.
    await world.pool.query("select pg_sleep(0.02)");
    assert.ok(calls.length <= most, `${calls.length} calls after ${passedMs} ms`);
    world.moveClock(STEP_MS);
  }
}

async function openPair(rate: number) {
  const slow = await world.openReceiver();
  const free = await world.openReceiver();
  const limited = await world.addEndpoint(slow.url);
  const unlimited = await world.addEndpoint(free.url);
  await changeEndpoint(world.endpointDeps(), limited, { ratePerSecond: rate });
  return { slow, free, limited, unlimited };
}

test("5 a second is kept by two processes together, to the last delivery, while another endpoint waits for nobody", async () => {
  const { slow, free, limited, unlimited } = await openPair(5);
  const events = Array.from({ length: 22 }, (_, n) => ({ key: `m${n}`, kind: "sent" as const }));
  await world.emit(limited, events);
  await world.emit(unlimited, events);
  for (const { lane } of [world.openLane(), world.openLane()]) lane.start();
  // The clock stands: a second's calls for one, everything for the other.
  await waitUntil(() => free.calls.length === 22 && slow.calls.length === 5);
  await passUntil(slow.calls, 22, 5);
  assert.equal(slow.calls.length, 22);
  const ids = slow.calls.map((call) => call.headers["webhook-id"]);
  assert.equal(new Set(ids).size, 22, "delayed, and none dropped or doubled");
});

test("the limit keeps the order of a message and counts retries", async () => {
  const { slow, limited } = await openPair(1);
  let answers = 0;
  slow.answer = () => {
    answers += 1;
    return answers === 1 ? 500 : 204;
  };
  const kinds = ["sent", "delivered", "read"] as const;
  await world.emit(
    limited,
    kinds.map((kind) => ({ key: "m", kind })),
  );
  world.openLane().lane.start();
  await passUntil(slow.calls, 4, 1);
  const seen = slow.calls.map((call) => JSON.parse(call.body).kind);
  assert.deepEqual(seen, ["sent", ...kinds]);
});

test("a backlog behind its own limit is no lag of ours", async () => {
  const { slow, limited } = await openPair(1);
  await world.emit(
    limited,
    ["a", "b", "c"].map((key) => ({ key, kind: "sent" as const })),
  );
  const { lane, lagMs } = world.openLane();
  world.moveClock(10_000);
  assert.equal(await lagMs(), 10_000, "nobody looks at it yet");
  lane.start();
  await waitUntil(() => world.attempts.length === 1);
  assert.equal(await lagMs(), 0);
  assert.equal(slow.calls.length, 1);
});

test("events of one message that are claimed together do not escape the limit by following one another", async () => {
  const { slow, limited } = await openPair(2);
  const kinds = ["sent", "delivered", "read", "sent", "delivered", "read"] as const;
  await world.emit(
    limited,
    kinds.map((kind) => ({ key: "m", kind })),
  );
  world.openLane().lane.start();
  for (const expected of [2, 4, 6]) {
    await waitUntil(async () => {
      const states = (await world.deliveriesOf(limited)).map((delivery) => delivery.state);
      const delivered = states.filter((state) => state === "delivered").length;
      return delivered >= expected && !states.includes("calling");
    });
    assert.equal(slow.calls.length, expected, "two for each second that has passed");
    world.moveClock(1_000);
  }
  assert.deepEqual(
    slow.calls.map((call) => JSON.parse(call.body).kind),
    kinds,
  );
});

test("a call that begins long after its claim, or follows another, takes its own place in the limit", async () => {
  const { limited, unlimited } = await openPair(5);
  const gate = createPaceGate(world);
  const claimed = (follows: string | null, endpointId = limited.id) => ({
    ...{ accountId: limited.accountId, endpointId, follows },
    lease: new Date(world.clock.now() + LEASE_MS),
  });
  const [fresh, follower] = [claimed(null), claimed("another")];
  for (let n = 0; n < 9; n += 1) assert.equal(await gate(fresh, { ratePerSecond: 5 }), null);
  for (let n = 0; n < 5; n += 1) assert.equal(await gate(follower, { ratePerSecond: 5 }), null);
  const free = new Date(world.clock.now() + 1_000);
  assert.deepEqual(await gate(follower, { ratePerSecond: 5 }), free);
  world.moveClock(500);
  assert.deepEqual(await gate(fresh, { ratePerSecond: 5 }), free, "its grant is too old");
  assert.equal(await gate(claimed("x", unlimited.id), { ratePerSecond: null }), null);
  world.moveClock(500);
  assert.equal(await gate(fresh, { ratePerSecond: 5 }), null);
});

test("a database that is away when a call asks for its place costs no process and no delivery", async () => {
  const { slow, limited } = await openPair(5);
  const rename = (from: string, to: string) =>
    world.pool.query(`alter table ${from} rename to ${to}`);
  slow.answer = async () => {
    if (slow.calls.length === 1) await rename("endpoint_pace", "endpoint_pace_away");
    return 204;
  };
  const kinds = ["sent", "delivered", "read"] as const;
  await world.emit(
    limited,
    kinds.map((kind) => ({ key: "m", kind })),
  );
  world.openLane().lane.start();
  await waitUntil(async () => {
    const states = (await world.deliveriesOf(limited)).map((delivery) => delivery.state);
    return states.join() === "delivered,pending,pending";
  });
  await rename("endpoint_pace_away", "endpoint_pace");
  world.moveClock(1_000);
  await waitUntil(() => slow.calls.length === 3);
  assert.deepEqual(
    slow.calls.map((call) => JSON.parse(call.body).kind),
    kinds,
  );
});
