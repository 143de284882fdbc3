import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { TOKEN_SCOPES, type TokenScope } from "@recado/contract/admin-api";
import { CONSOLE_ROLES, type ConsoleRole, scopesOfRole } from "@recado/contract/console/permission";
import type { V1Operation } from "@recado/contract/v1/operation";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { createAccount } from "../../accounts/accounts.ts";
import { createToken } from "../../accounts/tokens.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";
const READING: TokenScope[] = [
  "messages:read",
  "templates:read",
  "contacts:read",
  "conversations:read",
];
const SENDING: TokenScope[] = ["messages:write", "media:write"];

/** What is promised, said once more by hand: a slip in the table of permissions must not go unseen. */
const PROMISED: Record<ConsoleRole, readonly TokenScope[]> = {
  owner: TOKEN_SCOPES,
  administrator: TOKEN_SCOPES,
  supervisor: [
    ...[...READING, ...SENDING],
    ...(["conversations:write", "contacts:write", "templates:write", "wallet:read"] as const),
  ],
  agent: [...READING, ...SENDING, "conversations:write", "contacts:write"],
  developer: [
    ...[...READING, ...SENDING],
    ...(["webhooks:read", "webhooks:write", "events:read", "templates:write"] as const),
    "wallet:read",
  ],
  "read-only": [...READING, "wallet:read"],
};

let server: ConsoleServer;
let account: BuiltAccount;
let people: Record<ConsoleRole, Visitor>;

before(async () => {
  server = await startConsoleServer({ withAdmin: true });
  account = await buildAccount(server.database.pool);
  const made: Partial<Record<ConsoleRole, Visitor>> = {};
  for (const role of CONSOLE_ROLES) {
    made[role] = await server.enter({ accountId: account.accountId, role });
  }
  people = made as Record<ConsoleRole, Visitor>;
});
after(() => server.close());

test("each role has the scopes that are promised, and no other", () => {
  for (const role of CONSOLE_ROLES) {
    assert.deepEqual(scopesOfRole(role).sort(), [...PROMISED[role]].sort(), role);
  }
});

test("every call of /v1 lets a role in by its scope alone", async () => {
  for (const operation of Object.values(V1_OPERATIONS) as V1Operation[]) {
    for (const role of CONSOLE_ROLES) {
      const path = operation.path.replace(":id", NOBODY).replace(":month", "2026-11");
      const answer = await people[role].callAny(operation.method, `/v1${path}`);
      const allowed = PROMISED[role].includes(operation.scope);
      const about = `${role} ${operation.id}: ${answer.text}`;
      assert.equal(answer.status === 403, !allowed, about);
      assert.notEqual(answer.status, 401, about);
    }
  }
});

test("a person sends by /v1 as an integrator does, once for each key, and the answer stays in no cache", async () => {
  const given = {
    body: { mobile: "573001234567", text: "Hola" },
    headers: { "idempotency-key": "from-the-composer" },
  };
  const { agent } = people;
  const sent = await agent.callAny("POST", "/v1/messages", given);
  assert.equal(sent.status, 202, sent.text);
  assert.equal(sent.headers.get("cache-control"), "no-store");
  const again = await people.owner.callAny("POST", "/v1/messages", given);
  assert.equal(again.json.id, sent.json.id);
  assert.equal(again.headers.get("idempotent-replayed"), "true");
  const { json } = await agent.callAny("GET", `/v1/messages/${sent.json.id}`);
  assert.equal(json.id, sent.json.id);
  const other = await buildAccount(server.database.pool);
  const stranger = await server.enter({ accountId: other.accountId, role: "owner" });
  const hidden = await stranger.callAny("GET", `/v1/messages/${sent.json.id}`);
  assert.equal(hidden.status, 404);
});

test("a change by /v1 or /admin with a session must come from a page of this server", async () => {
  const { owner } = people;
  for (const path of ["/v1/messages", "/admin/accounts"]) {
    for (const headers of [{ "x-recado-console": null }, { origin: "https://evil.example" }]) {
      const answer = await owner.callAny("POST", path, { body: {}, headers });
      assert.deepEqual([answer.status, answer.json.code], [403, "origin_refused"]);
    }
  }
});

test("a token that comes beside a session wins, and a wrong one is not helped by it", async () => {
  const { owner } = people;
  const wrong = { headers: { authorization: "Bearer rcd_api_wrong" } };
  assert.equal((await owner.callAny("GET", "/v1/messages", wrong)).status, 401);
  const other = await buildAccount(server.database.pool);
  const token = await server.token({ accountId: other.accountId });
  const right = { headers: { authorization: `Bearer ${token}` } };
  const sent = await owner.callAny("POST", "/v1/messages", {
    body: { mobile: "573001234568", text: "Hola" },
    headers: { ...right.headers, "x-recado-console": null, origin: null },
  });
  assert.equal(sent.status, 202, sent.text);
  assert.equal((await owner.callAny("GET", `/v1/messages/${sent.json.id}`)).status, 404);
});

test("/admin is shut to everybody's session but an operator's and a reseller's", async () => {
  for (const role of CONSOLE_ROLES) {
    const answer = await people[role].callAny("GET", "/admin/accounts");
    assert.deepEqual([answer.status, answer.json.code], [403, "forbidden"], role);
  }
  assert.equal((await server.visit().callAny("GET", "/admin/accounts")).status, 401);
});

test("an operator's session is an administrator's, and the audit says who it was", async () => {
  const operator = await server.enter({ accountId: account.accountId, role: "read-only" });
  const flag = "update users set operator = $2 where id = $1";
  await server.database.pool.query(flag, [operator.userId, true]);
  assert.equal((await operator.call("GET", "/session")).json.person.operator, true);
  const body = { name: "De un operador" };
  const made = await operator.callAny("POST", "/admin/accounts", { body });
  assert.equal(made.status, 201, made.text);
  const audit = await operator.callAny("GET", "/admin/audit?action=POST%20/admin/accounts");
  const [entry] = audit.json.items;
  assert.deepEqual([entry.actor, entry.login], ["administrator", operator.login]);
  await server.database.pool.query(flag, [operator.userId, false]);
  assert.equal((await operator.callAny("GET", "/admin/accounts")).status, 403);
});

test("the owner and the administrators of a reseller administer it and its customers, and nothing else", async () => {
  const { accountId } = account;
  await createToken(server.deps, { kind: "admin", accountId });
  const customer = await createAccount(server.deps, { name: "Cliente", parentId: accountId });
  const stranger = await buildAccount(server.database.pool);
  for (const role of CONSOLE_ROLES) {
    const administers = role === "owner" || role === "administrator";
    const answer = await people[role].callAny("GET", "/admin/accounts");
    assert.equal(answer.status, administers ? 200 : 403, role);
  }
  const { administrator, owner } = people;
  assert.equal((await owner.call("GET", "/session")).json.person.reseller, true);
  const get = (id: string) => administrator.callAny("GET", `/admin/accounts/${id}`);
  assert.equal((await get(customer.accountId)).status, 200);
  assert.equal((await get(stranger.accountId)).status, 404);
  assert.equal((await administrator.callAny("GET", "/admin/doctor")).status, 403);
  const inside = await server.enter({ accountId: customer.accountId, role: "owner" });
  assert.equal((await inside.callAny("GET", "/admin/accounts")).status, 403);
  const body = { role: "owner" };
  const raise = (id: string) => administrator.callAny("PATCH", `/admin/users/${id}`, { body });
  assert.equal((await raise(administrator.userId)).status, 403, "past the rules of the console");
  assert.equal((await raise(owner.userId)).status, 403);
  const added = await administrator.callAny("POST", `/admin/accounts/${accountId}/users`, {
    body: { login: "second-owner", role: "owner", password: "una-contraseña" },
  });
  assert.equal(added.status, 403);
  assert.equal((await raise(inside.userId)).status, 200, "its customers' people it may help");
});

test("a reseller cannot make an operator, nor touch one", async () => {
  const { accountId } = account;
  const { token } = await createToken(server.deps, { kind: "admin", accountId });
  const headers = { authorization: `Bearer ${token}` };
  const customer = await createAccount(server.deps, { name: "Cliente", parentId: accountId });
  const person = await server.enter({ accountId: customer.accountId });
  const patch = (body: object) =>
    server.visit().callAny("PATCH", `/admin/users/${person.userId}`, { body, headers });
  assert.equal((await patch({ operator: true })).status, 403);
  assert.equal((await patch({ name: "Bien" })).status, 200);
  await server.database.pool.query("update users set operator = true where id = $1", [
    person.userId,
  ]);
  assert.equal((await patch({ password: "la-mía-desde-ahora" })).status, 403);
  for (const rest of ["link", "second-factor/reset"]) {
    const path = `/admin/users/${person.userId}/${rest}`;
    assert.equal((await server.visit().callAny("POST", path, { headers })).status, 403, rest);
  }
});
