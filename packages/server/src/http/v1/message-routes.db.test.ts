import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { settleRestored } from "../../gateway/restored-messages.ts";
import { withTransaction } from "../../storage/connect.ts";
import { holdRestored } from "../../storage/restored-messages.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
let owner: BuiltAccount & { api: string };

before(async () => {
  server = await startV1Server();
  const account = await buildAccount(server.database.pool);
  owner = { ...account, api: await server.token({ accountId: account.accountId }) };
});
after(() => server.close());

const get = (path: string) => server.call("GET", path, { token: owner.api });

async function send(body: object): Promise<string> {
  const whole = { mobile: "573001234567", ...body };
  const answer = await server.call("POST", "/messages", { token: owner.api, body: whole });
  assert.equal(answer.status, 202, answer.text);
  return answer.json.id;
}

async function list(query: string): Promise<string[]> {
  const { json, text } = await get(`/messages?${query}`);
  assert.ok(json.items, text);
  return json.items.map((item: { id: string }) => item.id);
}

describe("messages", () => {
  test("are found by status, mobile, custom field, template and time, and each on one page only", async () => {
    const start = new Date(server.deps.clock.now()).toISOString();
    const long = "ñ".repeat(1_000);
    const plain = await send({ template: { id: owner.templates.plain }, custom_field: "A 1" });
    const other = await send({ text: "x", mobile: "573007654321", custom_field: long });
    const later = new Date(server.deps.clock.now() + 3_600_000).toISOString();
    const waiting = await send({ text: "y", send_at: later });
    assert.deepEqual(await list("custom_field=A%201"), [plain]);
    assert.deepEqual(await list(`custom_field=${encodeURIComponent(long)}`), [other]);
    assert.deepEqual(await list("custom_field=A"), []);
    assert.deepEqual(await list("mobile=573007654321"), [other]);
    assert.deepEqual(await list(`template=${owner.templates.plain}`), [plain]);
    assert.deepEqual(await list("status=scheduled"), [waiting]);
    assert.deepEqual(await list("status=accepted"), [other, plain]);
    assert.deepEqual(await list("status=failed"), []);
    assert.deepEqual(await list(`since=${start}`), [waiting, other, plain]);
    assert.deepEqual(await list(`until=${start}`), []);
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await get(`/messages?limit=2${cursor}`);
      seen.push(...json.items.map((item: { id: string }) => item.id));
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
    assert.deepEqual(seen, [waiting, other, plain]);
  });

  test("that a restore holds are accepted and no more, also those that had an hour, until an operator decides", async () => {
    const send_at = new Date(server.deps.clock.now() + 3_600_000).toISOString();
    const headers = { "idempotency-key": "held-after-restore" };
    const body = { mobile: "573009998877", text: "later", send_at };
    const wish = { token: owner.api, body, headers };
    const first = await server.call("POST", "/messages", wish);
    assert.equal(first.json.status, "scheduled", first.text);
    const { id } = first.json;
    assert.deepEqual(await list("status=scheduled&mobile=573009998877"), [id]);
    const at = new Date(server.deps.clock.now());
    const until = new Date(at.getTime() + 30 * 86_400_000);
    await withTransaction(server.deps.pool, (sql) =>
      holdRestored(sql, { at, until, giveUpCallsAt: at }),
    );
    const held = (await get(`/messages/${id}`)).json;
    assert.deepEqual([held.status, held.scheduled_at, held.refunded], ["accepted", send_at, false]);
    assert.deepEqual(await list("status=scheduled&mobile=573009998877"), []);
    assert.deepEqual(await list("status=accepted&mobile=573009998877"), [id]);
    const taken = await server.call("POST", `/messages/${id}/cancel`, { token: owner.api });
    assert.equal(taken.json.code, "not_cancellable", taken.text);
    const again = await server.call("POST", "/messages", wish);
    assert.equal(again.text, first.text, "a repeat is answered as it was");
    const decide = { accountId: owner.accountId, action: "release" } as const;
    assert.ok((await settleRestored(server.deps, decide)) >= 1);
    assert.equal((await get(`/messages/${id}`)).json.status, "scheduled");
  });

  test("that wait say so, and can be taken back and are refunded", async () => {
    const balance = async () => (await get("/wallet")).json.balance;
    const before = await balance();
    const send_at = new Date(server.deps.clock.now() + 3_600_000).toISOString();
    const id = await send({ text: "back", send_at });
    const { status, scheduled_at } = (await get(`/messages/${id}`)).json;
    assert.deepEqual([status, scheduled_at], ["scheduled", send_at]);
    const cancelled = await server.call("POST", `/messages/${id}/cancel`, { token: owner.api });
    assert.deepEqual([cancelled.json.status, cancelled.json.refunded], ["cancelled", true]);
    assert.equal(await balance(), before);
    assert.deepEqual(await list("status=cancelled"), [id]);
    const gone = await send({ text: "gone" });
    await server.database.pool.query(
      "update messages set status = 'sent', lane = null where account_id = $1 and id = $2",
      [owner.accountId, gone],
    );
    const late = await server.call("POST", `/messages/${gone}/cancel`, { token: owner.api });
    assert.deepEqual([late.status, late.json.code], [409, "not_cancellable"]);
  });
});

test("the flight recorder tells events, money, attempts and webhook calls in one line of time", async () => {
  const id = await send({ text: "recorded" });
  const { pool } = server.database;
  const { accountId } = owner;
  const next = () => server.deps.ids.next(server.deps.clock.now());
  const at = (seconds: number) => new Date(server.deps.clock.now() + seconds * 1_000);
  await pool.query(
    `insert into attempts (account_id, id, message_id, number, owner, started_at, finished_at, outcome)
     values ($1, $2, $3, 1, $4, $5, $6, 'accepted')`,
    [accountId, next(), id, next(), at(1), at(2)],
  );
  await pool.query(
    `insert into events (account_id, id, seq, kind, message_id, at, data)
     values ($1, $2, 900, 'failed', $3, $4, '{"code":"131047","reason":"window"}')`,
    [accountId, next(), id, at(3)],
  );
  // WhatsApp's own moments are whole seconds: this one seems to be older than the message.
  await pool.query(
    `insert into events (account_id, id, seq, kind, message_id, at) values ($1, $2, 899, 'sent', $3, $4)`,
    [accountId, next(), id, at(-60)],
  );
  await pool.query(
    `insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
     values ($1, $2, 'refund', 'sales', 'wallet', 2500000, 5, $3)`,
    [accountId, id, at(4)],
  );
  const [delivery, endpoint] = [next(), next()];
  await pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body,
       state, created_at) values ($1, $2, $3, 900, 'failed', 'x', $4, '{}', 'delivered', now())`,
    [accountId, delivery, endpoint, id],
  );
  await pool.query(
    `insert into delivery_attempts (account_id, id, delivery_id, number, started_at, http_status, error)
     values ($1, $2, $3, 1, $4, 500, 'the receiver answered 500')`,
    [accountId, next(), delivery, at(5)],
  );
  const { json, text } = await get(`/messages/${id}/timeline`);
  assert.equal(json.message.id, id, text);
  const told = json.steps.map((step: Record<string, unknown>) => [
    step.type,
    step.name ?? step.kind ?? step.outcome ?? step.event,
    step.code ?? step.amount ?? step.http_status ?? null,
  ]);
  assert.deepEqual(told, [
    ["event", "accepted", null],
    ["event", "sent", null],
    ["money", "charge", "-250.00"],
    ["attempt", "accepted", null],
    ["event", "failed", "131047"],
    ["money", "refund", "250.00"],
    ["webhook", "failed", 500],
  ]);
});
