import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setCap } from "../../accounts/spend-caps.ts";
import { createToken } from "../../accounts/tokens.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

let server: ConsoleServer;
let account: BuiltAccount;
let owner: Visitor;
let developer: Visitor;

before(async () => {
  server = await startConsoleServer();
  account = await buildAccount(server.database.pool);
  const { accountId } = account;
  owner = await server.enter({ accountId, role: "owner" });
  developer = await server.enter({ accountId, role: "developer" });
});
after(() => server.close());

function make(by: Visitor, body: object) {
  return by.call("POST", "/tokens", { body: { kind: "api", label: "x", ...body } });
}

test("a token is shown once, opens /v1, and is ended", async () => {
  const made = await make(developer, { scopes: ["messages:read"], project_id: account.projectId });
  assert.equal(made.status, 201, made.text);
  const { token, row } = made.json;
  assert.equal((await server.callV1("GET", "/messages", { token })).status, 200);
  const { json } = await developer.call("GET", "/tokens");
  assert.ok(!JSON.stringify(json).includes(token));
  assert.ok(json.items.some(({ id }: { id: string }) => id === row.id));
  const ended = await developer.call("POST", `/tokens/${row.id}/revoke`);
  assert.notEqual(ended.json.revoked_at, null);
  assert.equal((await server.callV1("GET", "/messages", { token })).status, 401);
});

test("a token can do no more than who makes it", async () => {
  assert.equal((await make(developer, { scopes: ["contacts:erase"] })).status, 403);
  assert.equal((await make(developer, { scopes: ["messages:read", "wallet:write"] })).status, 403);
  assert.equal((await make(owner, { scopes: ["contacts:erase"] })).status, 201);
  assert.equal((await make(developer, { kind: "admin" })).status, 400);
  const other = await buildAccount(server.database.pool);
  assert.equal((await make(developer, { project_id: other.projectId })).status, 404);
  const past = { expires_at: "2020-01-01T00:00:00Z" };
  assert.equal((await make(developer, past)).status, 400);
});

test("a ws token goes with the login of whoever makes it", async () => {
  const made = await make(developer, { kind: "ws" });
  assert.equal(made.json.login, developer.login, made.text);
  assert.equal(made.json.row.user_id, developer.userId);
});

test("a developer cannot end the token that administers a reseller", async () => {
  const { accountId } = account;
  const { row } = await createToken(server.deps, { kind: "admin", accountId });
  assert.equal((await developer.call("POST", `/tokens/${row.id}/revoke`)).status, 403);
  assert.equal((await owner.call("POST", `/tokens/${row.id}/revoke`)).status, 200);
});

test("a project's name, time zone, cap and deadlines are set by who may, and its number by nobody here", async () => {
  const path = `/projects/${account.projectId}`;
  const body = { time_zone: "America/Mexico_City", marketing_max: 5, deadline_s: { utility: 600 } };
  assert.equal((await developer.call("PATCH", path, { body })).status, 403);
  const changed = await owner.call("PATCH", path, { body });
  assert.deepEqual(
    [changed.json.time_zone, changed.json.marketing_max, changed.json.deadline_s],
    ["America/Mexico_City", 5, { utility: 600 }],
  );
  assert.equal((await developer.call("GET", path)).json.time_zone, "America/Mexico_City");
  assert.equal((await developer.call("GET", "/projects")).json.items.length, 1);
  for (const wrong of [
    { time_zone: "Mars/Base" },
    { marketing_max: -1 },
    { deadline_s: { utility: 1 } },
    { channel_id: account.channelId },
    { state: "inactive" },
  ]) {
    assert.equal((await owner.call("PATCH", path, { body: wrong })).status, 400);
  }
});

test("the audit shows what the account's own people and tokens did, and not what others did to it", async () => {
  const { accountId } = account;
  await server.database.pool.query(
    `insert into audit (account_id, id, at, actor, token_id, address, action)
     values ($1, gen_random_uuid(), now(), 'administrator', gen_random_uuid(), 'x', 'POST /admin/price-books')`,
    [accountId],
  );
  const { json, status } = await owner.call("GET", "/audit?limit=500");
  assert.equal(status, 200);
  const actions: string[] = json.items.map(({ action }: { action: string }) => action);
  assert.ok(actions.includes("POST /console/api/tokens"));
  assert.ok(!actions.includes("POST /admin/price-books"));
  assert.equal((await developer.call("GET", "/audit")).status, 403);
});

test("the audit shows of one kind all that was done, by whatever method, page by page", async () => {
  const { accountId, projectId } = await buildAccount(server.database.pool);
  const boss = await server.enter({ accountId, role: "administrator" });
  const person = await server.enter({ accountId, role: "agent" });
  const { pool } = server.database;
  const changes: [string, string, object][] = [
    ["PATCH", `/people/${person.userId}`, { role: "supervisor" }],
    ["PATCH", `/projects/${projectId}`, { name: "otro" }],
    ["POST", `/people/${person.userId}/sessions/end`, {}],
    ["PUT", `/projects/${projectId}/cap`, { messages_max: 5, amount_max: null }],
    ["PATCH", "/me", { name: "Ana" }],
  ];
  for (const [method, path, body] of changes) {
    const { status, text } = await boss.call(method as "POST", path, { body });
    assert.ok(status < 300, text);
  }
  await pool.query(
    `insert into audit (account_id, id, at, actor, actor_account_id, token_id, address, action)
     values ($1, gen_random_uuid(), now(), 'account', $1, gen_random_uuid(), 'x', 'POST /console/api/mean')`,
    [accountId],
  );
  const kindsOf = async (path: string): Promise<string[]> => {
    const actions: string[] = [];
    let cursor = "";
    do {
      const { json } = await boss.call("GET", `/audit?limit=1&path=${path}${cursor}`);
      actions.push(...json.items.map(({ action }: { action: string }) => action));
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
    return actions.map((action) => action.replace("/console/api", ""));
  };
  assert.deepEqual(await kindsOf("/console/api/people"), [
    "POST /people/:id/sessions/end",
    "PATCH /people/:id",
  ]);
  assert.deepEqual(await kindsOf("/console/api/projects"), [
    "PUT /projects/:id/cap",
    "PATCH /projects/:id",
  ]);
  assert.deepEqual(await kindsOf("/console/api/me"), ["PATCH /me"]);
});

test("a project's own cap counts with the operator's, the smaller of the two, and neither takes the other away", async () => {
  const of = await buildAccount(server.database.pool);
  const { accountId, projectId } = of;
  const boss = await server.enter({ accountId, role: "administrator" });
  const path = `/projects/${projectId}/cap`;
  const none = { messages_max: null, amount_max: null };
  assert.deepEqual((await boss.call("GET", path)).json, { ...none, operator: none, today: null });
  const set = (body: object) => boss.call("PUT", path, { body: { ...none, ...body } });
  const operate = (messagesMax: bigint | null, timeZone = "America/Lima") =>
    setCap(server.deps, {
      ...{ accountId, by: "operator", messagesMax, amountMax: null, timeZone },
      project: { id: projectId, timeZone: "America/Bogota" },
    });
  const token = await server.token({ accountId });
  const effective = async () => {
    const { json } = await server.callV1("GET", "/caps", { token });
    return json.items.map((cap: { messages_max: number | null }) => cap.messages_max);
  };
  const own = await set({ messages_max: 2, amount_max: "1000.5" });
  assert.equal(own.json.amount_max, "1000.50", own.text);
  assert.equal(own.json.today.time_zone, "America/Bogota");
  assert.deepEqual(await effective(), [2]);
  await operate(1n);
  assert.deepEqual(await effective(), [1]);
  const raised = await set({ messages_max: 1_000_000 });
  assert.equal(raised.json.operator.messages_max, 1);
  assert.equal(raised.json.today.time_zone, "America/Lima", "the day is the operator's");
  assert.deepEqual(await effective(), [1]);
  const send = (mobile: string) =>
    server.callV1("POST", "/messages", { token, body: { mobile, text: "hola" } });
  assert.equal((await send("573001112233")).status, 202);
  assert.equal((await send("573001112244")).json.code, "cap_reached");
  assert.equal((await boss.call("GET", path)).json.today.messages_used, 1);
  assert.equal((await set({})).json.operator.messages_max, 1);
  assert.deepEqual(await effective(), [1]);
  await set({ messages_max: 5 });
  await operate(null);
  assert.deepEqual(await effective(), [5]);
  assert.equal((await set({})).json.today, null);
  assert.deepEqual(await effective(), []);
  for (const body of [{ messages_max: -1 }, { messages_max: 1.5 }, { amount_max: "-1" }, {}]) {
    const given = Object.keys(body).length === 0 ? body : { ...none, ...body };
    assert.equal((await boss.call("PUT", path, { body: given })).status, 400);
  }
});

test("many who set the cap of one project at once leave the smaller of the last two", async () => {
  const { accountId, projectId } = await buildAccount(server.database.pool);
  const boss = await server.enter({ accountId, role: "owner" });
  const both = Array.from({ length: 10 }, (_, index) => [
    boss.call("PUT", `/projects/${projectId}/cap`, {
      body: { messages_max: 100 + index, amount_max: null },
    }),
    setCap(server.deps, {
      ...{ accountId, by: "operator", messagesMax: 100n + BigInt(index), amountMax: null },
      project: { id: projectId, timeZone: "America/Bogota" },
    }),
  ]);
  await Promise.all(both.flat());
  const { json } = await boss.call("GET", `/projects/${projectId}/cap`);
  const { rows } = await server.database.pool.query(
    "select messages_max from spend_caps where account_id = $1",
    [accountId],
  );
  const smaller = Math.min(json.messages_max, json.operator.messages_max);
  assert.equal(Number(rows[0].messages_max), smaller);
});
