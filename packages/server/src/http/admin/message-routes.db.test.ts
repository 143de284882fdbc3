import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { buildAccount } from "../../testkit/build-account.ts";

let server: AdminServer;
let accountId: string;
let projectId: string;
let channelId: string;
/** Oldest first, an hour apart. */
const messages: string[] = [];
const START_MS = Date.UTC(2026, 10, 22, 10);
const HOUR_MS = 3_600_000;

before(async () => {
  server = await startAdminServer();
  ({ accountId, projectId, channelId } = await buildAccount(server.deps.pool));
  for (const [mobile, status] of [
    ["573001110001", "read"],
    ["573001110002", "failed"],
    ["573001110001", "failed"],
    ["573001110001", "sent"],
  ] as const) {
    await insertMessage(mobile, status);
  }
});
after(() => server.close());

async function insertMessage(mobile: string, status: string): Promise<void> {
  const atMs = START_MS + messages.length * HOUR_MS;
  const id = server.deps.ids.next(atMs);
  messages.push(id);
  await server.deps.pool.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
       source, status, price, accepted_at)
     values ($1, $2, 'out', $3, $4, $5, 'utility', 'text', 'ws', $6, 1255000, $7)`,
    [accountId, id, projectId, channelId, mobile, status, new Date(atMs)],
  );
}

async function get(path: string) {
  const headers = { authorization: `Bearer ${server.token}` };
  const response = await fetch(`${server.url}/admin${path}`, { headers });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

const list = async (query: string) => {
  const { json } = await get(`/accounts/${accountId}/messages?${query}`);
  return (json.items as { id: string }[]).map((item) => messages.indexOf(item.id));
};

describe("messages", () => {
  test("are listed newest first and found by mobile, status, project and time", async () => {
    assert.deepEqual(await list(""), [3, 2, 1, 0]);
    assert.deepEqual(await list("mobile=573001110001"), [3, 2, 0]);
    assert.deepEqual(await list("mobile=573001110001&status=failed"), [2]);
    assert.deepEqual(await list(`projectId=${accountId}`), []);
    assert.deepEqual(await list("direction=in"), []);
    const span = `since=${iso(1)}&until=${iso(3)}`;
    assert.deepEqual(await list(span), [2, 1]);
    assert.deepEqual(await list(`${span}&limit=1`), [2]);
  });

  test("keep their filters from page to page", async () => {
    const first = (await get(`/accounts/${accountId}/messages?since=${iso(1)}&limit=2`)).json;
    const rest = `since=${iso(1)}&limit=2&cursor=${first.nextCursor}`;
    assert.deepEqual(await list(rest), [1]);
  });

  test("of another account are not among them", async () => {
    const other = await buildAccount(server.deps.pool);
    const { json } = await get(`/accounts/${other.accountId}/messages`);
    assert.deepEqual(json.items, []);
  });
});

describe("a message", () => {
  test("is shown with calls, events, money and webhooks, in order", async () => {
    const { pool } = server.deps;
    const [id = ""] = messages;
    const next = () => server.deps.ids.next(Date.now());
    const deliveryId = next();
    const endpointId = next();
    await pool.query(
      `insert into attempts (account_id, id, message_id, number, owner, started_at, outcome)
       values ($1, $2, $3, 1, $2, now(), 'accepted')`,
      [accountId, next(), id],
    );
    for (const [seq, kind] of [
      [1001, "accepted"],
      [1002, "sent"],
    ]) {
      await pool.query(
        `insert into events (account_id, id, seq, kind, message_id, at, data)
         values ($1, $2, $3, $4, $5, now(), '{"a":1}')`,
        [accountId, next(), seq, kind, id],
      );
    }
    await pool.query(
      `insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
       values ($1, $2, 'charge', 'wallet', 'sales', 1255000, 5, now())`,
      [accountId, id],
    );
    await pool.query(
      `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body,
         state, created_at)
       values ($1, $2, $3, 1002, 'sent', 'x', $4, '{}', 'delivered', now())`,
      [accountId, deliveryId, endpointId, id],
    );
    await pool.query(
      `insert into delivery_attempts (account_id, id, delivery_id, number, started_at, http_status)
       values ($1, $2, $3, 1, now(), 200)`,
      [accountId, next(), deliveryId],
    );
    const { json } = await get(`/messages/${id}`);
    assert.equal(json.message.price, "125.50");
    assert.deepEqual(
      json.attempts.map((row: { outcome: string }) => row.outcome),
      ["accepted"],
    );
    assert.deepEqual(
      json.events.map((row: { seq: string; kind: string }) => [row.seq, row.kind]),
      [
        ["1001", "accepted"],
        ["1002", "sent"],
      ],
    );
    assert.equal(json.transfers[0].signed, "-125.50");
    assert.equal(json.deliveries[0].calls[0].httpStatus, 200);
    const delivery = (await get(`/deliveries/${deliveryId}`)).json;
    assert.deepEqual([delivery.state, delivery.calls.length], ["delivered", 1]);
  });
});

function iso(hours: number): string {
  return new Date(START_MS + hours * HOUR_MS).toISOString();
}
