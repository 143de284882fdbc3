import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { insertNotice } from "../../storage/channel-notices.ts";
import { insertJournal, updateJournal } from "../../storage/journal.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";

let server: AdminServer;
let account: BuiltAccount;
let other: BuiltAccount;
/** Oldest first, an hour apart: read, failed, with something ignored, nobody's. */
const posts: string[] = [];
const START_MS = Date.UTC(2026, 10, 22, 10);
const HOUR_MS = 3_600_000;

before(async () => {
  server = await startAdminServer();
  account = await buildAccount(server.deps.pool);
  other = await buildAccount(server.deps.pool);
  for (const [state, ignored] of [
    ["done", null],
    ["failed", null],
    ["done", { "field flows": 2 }],
    ["anomalous", null],
  ] as const) {
    posts.push(await insertPost(account, START_MS + posts.length * HOUR_MS, { state, ignored }));
  }
  await insertPost(other, START_MS, { state: "failed", ignored: null });
});
after(() => server.close());

async function insertPost(
  of: BuiltAccount,
  atMs: number,
  end: { state: "done" | "failed" | "anomalous"; ignored: Record<string, number> | null },
): Promise<string> {
  const { pool, ids } = server.deps;
  const id = ids.next(atMs);
  const message = { id: "wamid.1", from: "573001234567", timestamp: "1", type: "text" };
  const value = { metadata: { phone_number_id: of.numberId }, messages: [message] };
  const changes = [{ field: "messages", value }];
  const entry = [{ id: of.businessId, changes }];
  const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
  const row = { accountId: of.accountId, id, appId: of.appId, provider: "meta-cloud" };
  await insertJournal(pool, [{ ...row, body, receivedAt: new Date(atMs) }]);
  const rows = [{ id, items: 1, error: null, ...end }];
  await updateJournal(pool, of.accountId, { at: new Date(atMs), rows });
  return id;
}

async function call(path: string, body?: unknown) {
  const response = await fetch(`${server.url}/admin${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

const listed = async (query: string) => {
  const { json } = await call(`/journal?${query}`);
  return (json.items as { id: string }[]).map(({ id }) => posts.indexOf(id));
};

describe("the journal", () => {
  test("is listed by account, app or number, newest first, by state, span and what was ignored", async () => {
    const own = `accountId=${account.accountId}`;
    assert.deepEqual(await listed(own), [3, 2, 1, 0]);
    assert.deepEqual(await listed(`appId=${account.appId}`), [3, 2, 1, 0]);
    assert.deepEqual(await listed(`channelId=${account.channelId}`), [3, 2, 1, 0]);
    assert.deepEqual(await listed(`${own}&state=failed`), [1]);
    assert.deepEqual(await listed(`${own}&ignored=${encodeURIComponent("field flows")}`), [2]);
    const since = new Date(START_MS + HOUR_MS).toISOString();
    const until = new Date(START_MS + 3 * HOUR_MS).toISOString();
    assert.deepEqual(await listed(`${own}&since=${since}&until=${until}`), [2, 1]);
    const first = await call(`/journal?${own}&limit=3`);
    assert.deepEqual(await listed(`${own}&limit=3&cursor=${first.json.nextCursor}`), [0]);
  });

  test("is summed up by state and by what was ignored", async () => {
    const { json } = await call(`/journal/summary?accountId=${account.accountId}`);
    const ignored = [{ what: "field flows", posts: 1 }];
    assert.deepEqual(json, { new: 0, done: 2, failed: 1, anomalous: 1, ignored });
  });

  test("shows a post as it came and what is read out of it", async () => {
    const { json } = await call(`/journal/${posts[0]}`);
    assert.match(json.body, /phone_number_id/u);
    assert.deepEqual(json.reads, [
      { kind: "unsupported", what: "message of type text without its content" },
    ]);
    assert.equal((await call(`/journal/${account.accountId}`)).status, 404);
  });

  test("wants exactly one of account, app and number, and one that there is", async () => {
    const both = `accountId=${account.accountId}&appId=${account.appId}`;
    for (const query of ["", both]) assert.equal((await call(`/journal?${query}`)).status, 400);
    assert.equal((await call(`/journal?accountId=${posts[0]}`)).status, 404);
    assert.equal((await call(`/journal?appId=${posts[0]}`)).status, 404);
    assert.equal((await call("/journal?accountId=x")).status, 400);
  });

  test("is nothing for an account's own token", async () => {
    const response = await fetch(`${server.url}/admin/journal?accountId=${account.accountId}`, {
      headers: { authorization: `Bearer ${account.token}` },
    });
    assert.ok([401, 403].includes(response.status));
  });
});

describe("reading again", () => {
  const since = new Date(START_MS).toISOString();
  const until = new Date(START_MS + 10 * HOUR_MS).toISOString();
  const span = () => ({ accountId: account.accountId, since, until });
  const waiting = async () => {
    const query = `accountId=${account.accountId}&since=${since}&until=${until}`;
    return (await call(`/journal/waiting?${query}`)).json.waiting as number;
  };
  const readAll = async () => {
    const { pool } = server.deps;
    await pool.query("update journal set state = 'done' where state = 'new'");
  };

  test("takes what could not be read unless told otherwise, in this account alone", async () => {
    const { json } = await call("/journal/reprocess", span());
    assert.deepEqual([json.count, json.next], [2, null]);
    assert.equal(await waiting(), 2);
    await readAll();
    const states = ["done", "failed", "anomalous"];
    assert.equal((await call("/journal/reprocess", { ...span(), states })).json.count, 4);
    await readAll();
    const flows = { ...span(), ignored: "field flows" };
    assert.equal((await call("/journal/reprocess", flows)).json.count, 1);
    await readAll();
    const { rows } = await server.deps.pool.query(
      "select state from journal where account_id = $1",
      [other.accountId],
    );
    assert.deepEqual(rows, [{ state: "failed" }]);
  });

  test("goes on page by page, and two at once take nothing twice", async () => {
    const all = { ...span(), states: ["done", "failed", "anomalous"], limit: 3 };
    const first = (await call("/journal/reprocess", all)).json;
    assert.equal(first.count, 3);
    const rest = (await call("/journal/reprocess", { ...all, after: first.next })).json;
    assert.deepEqual([rest.count, rest.next], [1, null]);
    await readAll();
    const twins = await Promise.all([1, 2, 3].map(() => call("/journal/reprocess", all)));
    assert.equal(
      twins.reduce((sum, { json }) => sum + json.count, 0) <= 4,
      true,
      JSON.stringify(twins),
    );
    await readAll();
  });

  test("refuses a span that ends before it begins, a page too large, a state that waits", async () => {
    for (const wrong of [
      { ...span(), until: since },
      { ...span(), limit: 1_001 },
      { ...span(), states: ["new"] },
      { ...span(), since: "yesterday" },
      { since },
    ]) {
      assert.equal((await call("/journal/reprocess", wrong)).status, 400, JSON.stringify(wrong));
    }
  });
});

test("notices of an account are listed by number, those of its business account among them", async () => {
  const { accountId, channelId } = account;
  const { pool, ids } = server.deps;
  const at = new Date(START_MS);
  const notice = (channel: string | null, what: string) =>
    insertNotice(pool, {
      ...{ accountId, id: ids.next(START_MS), channelId: channel, what, at },
      data: { event: "FLAGGED" },
    });
  await notice(channelId, "phone_number_quality_update");
  await notice(null, "account_update");
  const path = `/accounts/${accountId}/notices`;
  const whats = (json: { items: { what: string }[] }) => json.items.map(({ what }) => what);
  const both = ["account_update", "phone_number_quality_update"];
  assert.deepEqual(whats((await call(path)).json), both);
  assert.deepEqual(whats((await call(`${path}?channelId=${channelId}`)).json), both);
  const stranger = await call(`${path}?channelId=${other.channelId}`);
  assert.deepEqual(whats(stranger.json), ["account_update"]);
  assert.deepEqual((await call(`/accounts/${other.accountId}/notices`)).json.items, []);
});
