import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { emitAccountEvents } from "../../storage/account-events.ts";
import { withTransaction } from "../../storage/connect.ts";
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

const pull = (query: string, token = owner.api) =>
  server.call("GET", `/events?${query}`, { token });

function happen(subject: string, projectId: string | null = owner.projectId) {
  const data = { endpoint_id: subject };
  const event = { type: "endpoint.disabled" as const, subject, projectId, data };
  const nowMs = server.deps.clock.now();
  return withTransaction(server.database.pool, (sql) =>
    emitAccountEvents(sql, server.deps, { accountId: owner.accountId, nowMs, events: [event] }),
  );
}

test("events come with number, type, time and body, and a cursor to go on from", async () => {
  await happen("a");
  const page = await pull("types=sent,endpoint.*");
  assert.equal(page.status, 200, page.text);
  assert.equal(page.headers.get("cache-control"), "no-store");
  const [item] = page.json.items;
  assert.deepEqual([item.seq, item.type, item.message_id], ["1", "endpoint.disabled", null]);
  assert.deepEqual(item.body, { type: "endpoint.disabled", endpoint_id: "a" });
  assert.equal(item.project_id, owner.projectId);
  assert.ok(!Number.isNaN(Date.parse(item.at)));
  const next = await pull(`types=endpoint.*&after=${page.json.cursor}`);
  assert.deepEqual(next.json, { items: [], cursor: page.json.cursor, has_more: false });
});

test("who waits is answered in the moment when something happens", async () => {
  const { cursor } = (await pull("after=latest")).json;
  const asked = pull(`types=endpoint.*&wait_s=30&after=${cursor}`);
  await happen("b");
  const { items } = (await asked).json;
  assert.deepEqual(
    items.map((item: { body: { endpoint_id: string } }) => item.body.endpoint_id),
    ["b"],
  );
});

test("what is not documented is refused by field", async () => {
  for (const [path, query] of [
    ["after", "after=x"],
    ["after", `after=${Buffer.from(`${owner.accountId}:-1`).toString("base64url")}`],
    ["after", `after=${"x".repeat(201)}`],
    ["limit", "limit=0"],
    ["limit", "limit=501"],
    ["types", "types=eaten"],
    ["types", "types=sent,"],
    ["wait_s", "wait_s=31"],
    ["wait_s", "wait_s=-1"],
    ["wait_s", "wait_s=x"],
    ["project_id", "project_id=1"],
  ]) {
    const answer = await pull(query ?? "");
    assert.deepEqual([answer.status, answer.json.code], [400, "invalid_request"], query);
    assert.equal(answer.json.errors[0].path, path, answer.text);
  }
  const ahead = Buffer.from(`${owner.accountId}:999999999999999999`).toString("base64url");
  const gone = await pull(`after=${ahead}`);
  assert.deepEqual([gone.status, gone.json.code], [410, "cursor_gone"]);
});

test("nobody sees another account's events, nor by a token of one project another's", async () => {
  await happen("the account's", null);
  const { cursor } = (await pull("types=endpoint.*")).json;
  const stranger = await buildAccount(server.database.pool);
  const foreign = await server.token({ accountId: stranger.accountId });
  assert.deepEqual((await pull("types=endpoint.*", foreign)).json.items, []);
  assert.equal((await pull(`after=${cursor}`, foreign)).status, 400);
  assert.equal((await pull(`project_id=${owner.projectId}`, foreign)).status, 404);
  const { accountId, projectId } = owner;
  const confined = await server.token({ accountId, projectId });
  const seen = (await pull("types=endpoint.*", confined)).json.items;
  assert.ok(seen.length > 0);
  assert.ok(seen.every((item: { project_id: string }) => item.project_id === projectId));
});

test("a call that waits is answered, empty, when the server ends", async () => {
  const other = await startV1Server();
  const { accountId } = await buildAccount(other.database.pool);
  const token = await other.token({ accountId });
  const closing = new Promise<void>((resolve, reject) => {
    const looks = setInterval(async () => {
      const { rows } = await other.database.pool.query(
        "select from pg_stat_activity where query like '%from counters where account_id = any%' and pid <> pg_backend_pid()",
      );
      if (rows.length === 0) return;
      clearInterval(looks);
      other.close().then(resolve, reject);
    }, 20);
  });
  const answer = await other.call("GET", "/events?wait_s=30", { token });
  assert.deepEqual([answer.status, answer.json.items, answer.json.has_more], [200, [], false]);
  await closing;
});
