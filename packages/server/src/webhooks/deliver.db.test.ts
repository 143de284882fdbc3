import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { openWebhookWorld, type WebhookWorld, waitUntil } from "../testkit/webhook-world.ts";

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world.close());

const parse = (body: string): { key: string; kind: string } => JSON.parse(body);

test("an event arrives signed, once, with its id, and the attempt is kept", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => (reply) => reply.writeHead(200).end("gracias");
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  const { lane, lagMs } = world.openLane();
  lane.start();
  await waitUntil(() => world.attempts.length === 1);

  const [call] = receiver.calls;
  assert.ok(call);
  new Webhook(endpoint.secret).verify(call.body, call.headers as Record<string, string>);
  assert.equal(call.headers["webhook-id"], id);
  assert.equal(call.headers["content-type"], "application/json");
  assert.equal(call.headers["user-agent"], "Recado-Webhooks/1");
  const [delivery] = await world.deliveriesOf(endpoint);
  assert.deepEqual([delivery?.state, delivery?.attempts], ["delivered", 1]);
  const [attempt, ...others] = await world.attemptsOf(endpoint, id);
  assert.deepEqual([attempt?.httpStatus, attempt?.response, others], [200, "gracias", []]);
  assert.equal(await lagMs(), 0);
});

test("failures are tried again by the schedule under one id, then given up", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => (reply) => reply.writeHead(500).end("roto");
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  world.openLane().lane.start();
  const waits: number[] = [];
  for (let number = 1; number <= 8; number += 1) {
    await waitUntil(() => world.attempts.length === number);
    const [delivery] = await world.deliveriesOf(endpoint);
    const waitMs = (delivery?.dueAt?.getTime() ?? Number.NaN) - world.clock.now();
    waits.push(waitMs / 1_000);
    if (number < 8) world.moveClock(waitMs);
  }
  assert.deepEqual(waits, [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, Number.NaN]);
  assert.equal((await world.deliveriesOf(endpoint))[0]?.state, "exhausted");
  assert.deepEqual(
    new Set(receiver.calls.map((call) => call.headers["webhook-id"])),
    new Set([id]),
  );
  const attempts = await world.attemptsOf(endpoint, id);
  assert.deepEqual(
    attempts.map((attempt) => [attempt.number, attempt.httpStatus, attempt.response]),
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => [number, 500, "roto"]),
  );
});

test("a receiver's Retry-After is respected up to twice our own pause", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = () => (reply) => reply.writeHead(429, { "retry-after": "8" }).end();
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 1);
  const [delivery] = await world.deliveriesOf(endpoint);
  assert.equal(delivery?.dueAt?.getTime(), world.clock.now() + 8_000);
});

test("events of a message wait for a failing one; other messages do not", async () => {
  const receiver = await world.openReceiver();
  let broken = true;
  receiver.answer = ({ body }) => (broken && parse(body).key === "m1" ? 503 : 204);
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, [
    { key: "m1", kind: "sent" },
    { key: "m1", kind: "delivered" },
    { key: "m2", kind: "sent" },
    { key: "m1", kind: "read" },
    { key: "m2", kind: "delivered" },
    { key: "m2", kind: "read" },
  ]);
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 4);
  const seen = (key: string) =>
    receiver.calls.map((call) => parse(call.body)).flatMap((b) => (b.key === key ? [b.kind] : []));
  assert.deepEqual(seen("m2"), ["sent", "delivered", "read"]);
  assert.deepEqual(seen("m1"), ["sent"]);
  broken = false;
  // What follows is given back for a millisecond later, perhaps after it could have been woken.
  world.moveClock(5_001);
  await waitUntil(() => world.attempts.length === 7);
  assert.deepEqual(seen("m1"), ["sent", "sent", "delivered", "read"]);
});

test("what was given up lets the next one of its message go on", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = ({ body }) => (parse(body).kind === "sent" ? 500 : 204);
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, [
    { key: "m1", kind: "sent" },
    { key: "m1", kind: "delivered" },
  ]);
  world.openLane().lane.start();
  for (let number = 1; number <= 8; number += 1) {
    await waitUntil(() => world.attempts.length >= number);
    if (number < 8) world.moveClock(11 * 3_600_000);
  }
  await waitUntil(() => world.attempts.length === 9);
  const states = (await world.deliveriesOf(endpoint)).map((delivery) => delivery.state);
  assert.deepEqual(states, ["exhausted", "delivered"]);
});

test("a slow account's backlog does not delay another account's event", async () => {
  const slow = await world.openReceiver();
  const quick = await world.openReceiver();
  const held: (() => void)[] = [];
  slow.answer = () => new Promise((resolve) => held.push(() => resolve(204)));
  const big = await world.addEndpoint(slow.url);
  const small = await world.addEndpoint(quick.url);
  const backlog = Array.from({ length: 300 }, (_, n) => ({ key: `m${n}`, kind: "sent" as const }));
  await world.emit(big, backlog);
  await world.emit(small, [{ key: "x", kind: "sent" }]);
  world.openLane({ perEndpointMax: 4 }).lane.start();
  await waitUntil(() => quick.calls.length === 1 && held.length === 4);
  assert.equal(slow.calls.length, 4, "no more than the limit are under way");
  slow.answer = () => 204;
  for (const release of held) release();
  await waitUntil(() => world.attempts.length === 301);
});

test("a private address is refused at the call, and the attempt says so", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  world.openLane({ guard: { allow: [] } }).lane.start();
  await waitUntil(() => world.attempts.length === 1);
  assert.equal(receiver.calls.length, 0);
  const [attempt] = await world.attemptsOf(endpoint, id);
  assert.match(attempt?.error ?? "", /not public/);
});

test("custom headers are sent, ours win, and an echoed value is not kept", async () => {
  const receiver = await world.openReceiver();
  receiver.answer = (call) => (reply) => reply.writeHead(400).end(call.headers.authorization);
  const endpoint = await world.addEndpoint(receiver.url);
  await world.pool.query("update endpoints set headers = $1", [
    { Authorization: "Bearer very-secret-token", "Webhook-Id": "forged" },
  ]);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 1);
  const [call] = receiver.calls;
  assert.equal(call?.headers.authorization, "Bearer very-secret-token");
  assert.equal(call?.headers["webhook-id"], id);
  const [attempt] = await world.attemptsOf(endpoint, id);
  assert.equal(attempt?.response, "[…]");
});
