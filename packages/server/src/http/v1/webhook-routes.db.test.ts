import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";
import { openWebhookReceiver, type WebhookReceiver } from "../../testkit/webhook-receiver.ts";

let server: V1Server;
let receiver: WebhookReceiver;
let owner: BuiltAccount & { api: string };

before(async () => {
  server = await startV1Server();
  receiver = await openWebhookReceiver();
  const account = await buildAccount(server.database.pool);
  owner = { ...account, api: await server.token({ accountId: account.accountId }) };
});
after(async () => {
  await receiver.close();
  await server.close();
});

function call(method: string, path: string, body?: unknown) {
  return server.call(method, `/webhook-endpoints${path}`, { token: owner.api, body });
}

async function addDelivery(endpointId: string, state: string): Promise<string> {
  const id = server.deps.ids.next(server.deps.clock.now());
  await server.database.pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, state, due_at,
       created_at) values ($1, $2, $3, 1, 'sent', $2::uuid::text, '{}', $4, now(), now())`,
    [owner.accountId, id, endpointId, state],
  );
  return id;
}

test("an endpoint is made, shown without its secrets, changed, tried, disabled, enabled and removed", async () => {
  const made = await call("POST", "", { url: receiver.url, headers: { "x-key": "hidden-value" } });
  assert.equal(made.status, 201, made.text);
  assert.match(made.json.secret, /^whsec_/u);
  assert.equal(made.headers.get("cache-control"), "no-store");
  const { id, project_id } = made.json.endpoint;
  assert.equal(project_id, owner.projectId);
  const shown = await call("GET", `/${id}`);
  assert.deepEqual(shown.json.header_names, ["x-key"]);
  assert.equal(shown.text.includes("hidden-value") || shown.text.includes("whsec_"), false);
  const changed = await call("PATCH", `/${id}`, { events: ["failed"] });
  assert.deepEqual(changed.json.events, ["failed"]);
  const rotated = await call("POST", `/${id}/rotate-secret`);
  assert.notEqual(rotated.json.secret, made.json.secret);
  const tried = await call("POST", `/${id}/test`);
  assert.deepEqual([tried.json.ok, tried.json.http_status], [true, 204]);
  assert.match(receiver.calls[0]?.body ?? "", /"type":"test"/u);
  assert.equal((await call("PATCH", `/${id}`, { state: "disabled" })).json.state, "disabled");
  assert.equal((await call("PATCH", `/${id}`, { state: "enabled" })).json.state, "enabled");
  const waiting = await addDelivery(id, "pending");
  const removed = await call("DELETE", `/${id}`);
  assert.deepEqual([removed.status, removed.text], [204, ""]);
  assert.equal((await call("GET", `/${id}`)).status, 404);
  const delivery = await server.call("GET", `/webhook-deliveries/${waiting}`, { token: owner.api });
  assert.equal(delivery.json.state, "exhausted");
});

test("one delivery, or a range of them, is posted once more", async () => {
  const { json } = await call("POST", "", { url: receiver.url });
  const { id } = json.endpoint;
  const given = [await addDelivery(id, "exhausted"), await addDelivery(id, "exhausted")];
  const fine = await addDelivery(id, "delivered");
  const replay = (delivery: string) =>
    server.call("POST", `/webhook-deliveries/${delivery}/replay`, { token: owner.api });
  assert.equal((await replay(fine)).json.state, "pending");
  const since = new Date(server.deps.clock.now() - 60_000).toISOString();
  const until = new Date(server.deps.clock.now() + 60_000).toISOString();
  const range = await call("POST", `/${id}/replay`, { since, until });
  assert.deepEqual(range.json, { replayed: given.length, more: false });
  const pending = await call("GET", `/${id}/deliveries?state=pending`);
  assert.equal(pending.json.items.length, 3);
});

test("an endpoint's filters and rate are set, changed one by one, and taken away by null", async () => {
  const { channelId, officialNumber, templates } = owner;
  const number = String(templates.three);
  const made = await call("POST", "", {
    url: receiver.url,
    events: ["sent", "endpoint.*"],
    numbers: [channelId, officialNumber],
    templates: ["plain", number],
    rate_per_second: 5,
  });
  assert.equal(made.status, 201, made.text);
  const { id, ...shown } = made.json.endpoint;
  assert.deepEqual(shown.numbers, [officialNumber]);
  assert.deepEqual(shown.templates, ["plain", number]);
  assert.deepEqual([shown.events, shown.rate_per_second], [["sent", "endpoint.*"], 5]);
  const changed = await call("PATCH", `/${id}`, { templates: null, rate_per_second: 1_000 });
  assert.deepEqual([changed.json.templates, changed.json.rate_per_second], [null, 1_000]);
  assert.deepEqual(changed.json.numbers, [officialNumber], "what is not named stays");
  const freed = await call("PATCH", `/${id}`, { numbers: null, rate_per_second: null });
  assert.deepEqual([freed.json.numbers, freed.json.rate_per_second], [null, null]);
  await call("DELETE", `/${id}`);
});

test("a filter on what is not the caller's, or nothing, is refused by field", async () => {
  const stranger = await buildAccount(server.database.pool);
  for (const [path, wish] of [
    ["numbers", { numbers: [stranger.officialNumber] }],
    ["numbers", { numbers: [stranger.channelId] }],
    ["numbers", { numbers: [] }],
    ["templates", { templates: [String(stranger.templates.plain)] }],
    ["templates", { templates: ["no_such_template"] }],
    ["templates", { templates: Array(101).fill("plain") }],
    ["templates.0", { templates: ["x".repeat(513)] }],
    ["events.0", { events: ["message.*"] }],
    ["rate_per_second", { rate_per_second: 0 }],
    ["rate_per_second", { rate_per_second: 1_001 }],
    ["rate_per_second", { rate_per_second: 2.5 }],
  ] as const) {
    const answer = await call("POST", "", { url: receiver.url, ...wish });
    assert.equal(answer.status, 400, `${path} ${answer.text}`);
    assert.equal(answer.json.errors[0].path, path, answer.text);
  }
});

test("an address inside the platform's own network, and an eleventh endpoint, are refused", async () => {
  const inside = await call("POST", "", { url: "http://10.0.0.1/hook" });
  assert.deepEqual([inside.json.code, inside.json.errors[0].path], ["invalid_request", "url"]);
  const codes: (string | undefined)[] = [];
  for (let number = 0; number < 11; number += 1) {
    codes.push((await call("POST", "", { url: receiver.url })).json.code);
  }
  assert.equal(codes.at(-1), "conflict");
});
