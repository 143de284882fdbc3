import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { AppError } from "../platform/app-error.ts";
import { buildAccount } from "../testkit/build-account.ts";
import { openWebhookWorld, type WebhookWorld, waitUntil } from "../testkit/webhook-world.ts";
import { disableEndpoint } from "./disable.ts";
import {
  changeEndpoint,
  createEndpoint,
  ENDPOINTS_PER_PROJECT_MAX,
  enableEndpoint,
  getEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
} from "./endpoints.ts";
import { replayDelivery, replayRange } from "./replay.ts";

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world.close());

const kindsOf = (calls: { body: string }[]) => calls.map((call) => JSON.parse(call.body).kind);

test("events for a disabled endpoint wait parked and arrive in order once it is enabled", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const { lane } = world.openLane();
  lane.start();
  await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  await waitUntil(() => world.attempts.length === 1);
  assert.equal(await disableEndpoint(world.disableDeps, endpoint, "owner"), true);
  assert.equal(await disableEndpoint(world.disableDeps, endpoint, "owner"), false);
  await world.emit(endpoint, [
    { key: "m1", kind: "delivered" },
    { key: "m1", kind: "read" },
  ]);
  world.moveClock(86_400_000);
  const states = (await world.deliveriesOf(endpoint)).map((delivery) => delivery.state);
  assert.deepEqual(states, ["delivered", "parked", "parked"]);
  assert.deepEqual(await enableEndpoint(world.endpointDeps(), endpoint), { resumed: 2 });
  lane.kick();
  await waitUntil(() => world.attempts.length === 3);
  assert.deepEqual(kindsOf(receiver.calls), ["sent", "delivered", "read"]);
});

test("what slipped in as pending beside a disabling is parked, not lost and not sent", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  await world.pool.query("update endpoints set state = 'disabled'");
  world.openLane().lane.start();
  await waitUntil(async () => (await world.deliveriesOf(endpoint))[0]?.state === "parked");
  assert.equal(receiver.calls.length, 0);
});

test("after a rotation both secrets verify for a day, then only the new one", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  world.openLane().lane.start();
  const { secret } = await rotateEndpointSecret(world.endpointDeps(), endpoint);
  await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  // Not the call but its outcome: a lease that a day passes over would have it made once more.
  await waitUntil(() => world.attempts.length === 1);
  const [both] = receiver.calls;
  assert.equal(String(both?.headers["webhook-signature"]).split(" ").length, 2);
  for (const each of [endpoint.secret, secret]) {
    new Webhook(each).verify(both?.body ?? "", both?.headers as Record<string, string>);
  }
  world.moveClock(86_400_001);
  await world.emit(endpoint, [{ key: "m2", kind: "sent" }]);
  await waitUntil(() => world.attempts.length === 2);
  const signature = String(receiver.calls[1]?.headers["webhook-signature"]);
  const body = receiver.calls[1]?.body ?? "";
  const id = String(receiver.calls[1]?.headers["webhook-id"]);
  assert.equal(signature, new Webhook(secret).sign(id, new Date(world.clock.now()), body));
});

test("an endpoint that is removed while it is called, or while something comes for it, leaves nothing pending", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  let end = (_status: number) => {};
  receiver.answer = () =>
    new Promise((resolve) => {
      end = resolve;
    });
  world.openLane().lane.start();
  await world.emit(endpoint, [
    { key: "m1", kind: "sent" },
    { key: "m1", kind: "delivered" },
  ]);
  await waitUntil(() => receiver.calls.length === 1);
  await removeEndpoint(world.endpointDeps(), endpoint);
  // As if its transaction had read the endpoint a moment before.
  await world.pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, state, due_at, created_at)
     values ($1, $2, $3, 99, 'sent', 'late', '{}', 'pending', $4, $4)`,
    [endpoint.accountId, world.newId(), endpoint.id, new Date(world.clock.now())],
  );
  end(500);
  await waitUntil(() => world.attempts.length === 1);
  world.moveClock(10_000);
  const states = async () => (await world.deliveriesOf(endpoint)).map(({ state }) => state);
  await waitUntil(async () => (await states()).every((state) => state === "exhausted"));
  assert.equal((await states()).length, 3);
  assert.equal(receiver.calls.length, 1, "nobody is called any more");
});

test("a delivered one can be replayed under the same id, with attempts of its own", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  const { lane } = world.openLane();
  lane.start();
  await waitUntil(() => world.attempts.length === 1);
  await replayDelivery(world, { accountId: endpoint.accountId, id });
  lane.kick();
  await waitUntil(() => world.attempts.length === 2);
  assert.deepEqual(
    receiver.calls.map((call) => call.headers["webhook-id"]),
    [id, id],
  );
  const attempts = await world.attemptsOf(endpoint, id);
  assert.deepEqual(
    attempts.map((attempt) => attempt.number),
    [1, 1],
  );
  const strange = { accountId: world.newId(), id };
  await assert.rejects(replayDelivery(world, strange), { code: "not_found" });
});

test("a range replays by time, kind and state, oldest first", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const { lane } = world.openLane();
  lane.start();
  const from = new Date(world.clock.now());
  await world.emit(endpoint, [
    { key: "m1", kind: "sent" },
    { key: "m1", kind: "delivered" },
    { key: "m1", kind: "read" },
  ]);
  world.moveClock(1_000);
  const to = new Date(world.clock.now());
  await world.emit(endpoint, [{ key: "m2", kind: "sent" }]);
  await waitUntil(() => world.attempts.length === 4);
  receiver.calls.length = 0;
  assert.equal((await replayRange(world, endpoint, { from, to })).replayed, 0);
  const wish = { from, to, states: ["delivered"] as const, kinds: ["sent", "read"] as const };
  assert.deepEqual(await replayRange(world, endpoint, wish), { replayed: 2, more: false });
  lane.kick();
  await waitUntil(() => world.attempts.length === 6);
  assert.deepEqual(kindsOf(receiver.calls), ["sent", "read"]);
});

test("a replay for a disabled endpoint waits until it is enabled", async () => {
  const receiver = await world.openReceiver();
  const endpoint = await world.addEndpoint(receiver.url);
  const [id = ""] = await world.emit(endpoint, [{ key: "m1", kind: "sent" }]);
  world.openLane().lane.start();
  await waitUntil(() => world.attempts.length === 1);
  await disableEndpoint(world.disableDeps, endpoint, "owner");
  await replayDelivery(world, { accountId: endpoint.accountId, id });
  assert.equal((await world.deliveriesOf(endpoint))[0]?.state, "parked");
  await assert.rejects(replayDelivery(world, { accountId: endpoint.accountId, id }), {
    code: "conflict",
  });
});

test("an address inside, a foreign event and a foreign secret are refused by field", async () => {
  const place = { accountId: world.newId(), projectId: world.newId() };
  const make = (wish: object) =>
    createEndpoint(world.endpointDeps(), place, { url: "https://example.org/h", ...wish });
  for (const [path, wish] of [
    ["url", { url: "http://127.0.0.1/x" }],
    ["url", { url: `https://example.org/${"x".repeat(2_050)}` }],
    ["events", { events: ["sent", "eaten"] }],
    ["events", { events: [] }],
    ["secret", { secret: "whsec_c2hvcnQ=" }],
    ["headers", { headers: { "Webhook-Signature": "v1,forged" } }],
  ] as const) {
    await assert.rejects(make(wish), (error: unknown) => {
      assert.ok(error instanceof AppError);
      assert.deepEqual([error.code, error.detail.errors?.[0]?.path], ["invalid_request", path]);
      return true;
    });
  }
});

test("a project has a bounded number of endpoints, and a view shows no secret", async () => {
  const place = { accountId: world.newId(), projectId: world.newId() };
  const wish = { url: "https://example.org/h", headers: { "X-Key": "hidden-value" } };
  const made = await createEndpoint(world.endpointDeps(), place, wish);
  assert.doesNotMatch(JSON.stringify(made.endpoint), /hidden-value|whsec_/);
  assert.deepEqual(made.endpoint.headerNames, ["X-Key"]);
  for (let n = 1; n < ENDPOINTS_PER_PROJECT_MAX; n += 1) {
    await createEndpoint(world.endpointDeps(), place, wish);
  }
  await assert.rejects(createEndpoint(world.endpointDeps(), place, wish), { code: "conflict" });
});

test("of many endpoints made at once a project gets no more than it may have", async () => {
  const { accountId, projectId } = await buildAccount(world.pool);
  const wish = { url: "https://example.org/h" };
  const made = await Promise.allSettled(
    Array.from({ length: 2 * ENDPOINTS_PER_PROJECT_MAX }, () =>
      createEndpoint(world.endpointDeps(), { accountId, projectId }, wish),
    ),
  );
  const refusals = made.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  assert.deepEqual(refusals, Array(ENDPOINTS_PER_PROJECT_MAX).fill("conflict"));
});

test("a change touches what it names, and another account's endpoint is not found", async () => {
  const endpoint = await world.addEndpoint("https://example.org/h");
  const deps = world.endpointDeps();
  await changeEndpoint(deps, endpoint, { events: ["reply"] });
  const changed = await changeEndpoint(deps, endpoint, { url: "https://example.org/new" });
  assert.deepEqual([changed.url, changed.events], ["https://example.org/new", ["reply"]]);
  assert.equal((await changeEndpoint(deps, endpoint, { events: null })).events, null);
  const foreign = { accountId: world.newId(), id: endpoint.id };
  for (const call of [
    () => getEndpoint(deps, foreign),
    () => changeEndpoint(deps, foreign, { events: null }),
    () => enableEndpoint(deps, foreign),
    () => rotateEndpointSecret(deps, foreign),
  ]) {
    await assert.rejects(call, { code: "not_found" });
  }
});
