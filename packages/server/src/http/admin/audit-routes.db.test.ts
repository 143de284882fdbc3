import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import Fastify from "fastify";
import { redactChange } from "../../accounts/redact-change.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { buildAccount } from "../../testkit/build-account.ts";
import { buildFamily } from "../../testkit/build-family.ts";
import { startV1Server } from "../../testkit/v1-server.ts";
import { registerAdminRoutes } from "./register-admin-routes.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";

let server: AdminServer;

before(async () => {
  server = await startAdminServer();
});
after(() => server.close());

async function call(method: string, path: string, ...given: [body?: unknown, token?: string]) {
  const [body, token = server.token] = given;
  const response = await fetch(`${server.url}/admin${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === "" ? null : JSON.parse(text) };
}

/** The newest entry. */
async function last(query = "") {
  const { json } = await call("GET", `/audit?limit=1${query}`);
  return json.items[0];
}

describe("every change by the administration API", () => {
  test("leaves an entry, whichever route it is, and reading leaves none", async () => {
    const routes: [method: string, url: string][] = [];
    const app = Fastify();
    app.addHook("onRoute", ({ method, url }) => {
      for (const each of [method].flat()) routes.push([each, url]);
    });
    registerAdminRoutes(app, server.deps);
    await app.ready();
    await app.close();
    assert.ok(routes.filter(([method]) => method !== "GET" && method !== "HEAD").length > 20);
    const count = async () =>
      (await server.deps.pool.query("select count(*)::int as n from audit")).rows[0].n as number;
    for (const [method, url] of routes.filter(([each]) => each !== "HEAD")) {
      const before = await count();
      const path = url.replace(/^\/admin/u, "").replaceAll(/:[a-z]+/giu, NOBODY);
      await call(method, path, method === "GET" ? undefined : {});
      const isRead = method === "GET";
      assert.equal(await count(), before + (isRead ? 0 : 1), `${method} ${url}`);
      if (!isRead) assert.equal((await last()).action, `${method} ${url}`);
    }
  });

  test("says who, from where, what, and what it was before and after", async () => {
    const account = (await call("POST", "/accounts", { name: "Antes" })).json;
    const made = await last();
    assert.deepEqual(
      [made.action, made.actor, made.accountId, made.targetId, made.status, made.after.name],
      ["POST /admin/accounts", "administrator", null, account.id, 201, "Antes"],
    );
    await call("PATCH", `/accounts/${account.id}`, { name: "Después" });
    const entry = await last(`&accountId=${account.id}`);
    assert.deepEqual(
      [entry.before.name, entry.after.name, entry.request, entry.targetId, entry.address],
      ["Antes", "Después", { name: "Después" }, account.id, "127.0.0.1"],
    );
    assert.equal(entry.tokenLabel, "admin");
    const refused = await call("PATCH", `/accounts/${account.id}`, { countries: ["ZZ"] });
    assert.equal((await last()).status, refused.status);
  });

  test("keeps no secret of any kind", async () => {
    const account = (await call("POST", "/accounts", { name: "secrets" })).json;
    await call("POST", `/accounts/${account.id}/users`, {
      login: "con-clave",
      password: "una-clave-muy-secreta",
    });
    const token = (await call("POST", "/tokens", { kind: "ws", login: "con-clave" })).json.token;
    const channel = (
      await call("POST", `/accounts/${account.id}/channels`, {
        ...{ officialNumber: "573005202020", numberId: "a-1", businessId: "1" },
        accessToken: "EAAB-muy-secreta",
        app: { appSecret: "app-muy-secreta", verifyToken: "palabra-muy-secreta" },
      })
    ).json.channel;
    await call("PATCH", `/channels/${channel.id}`, { accessToken: "EAAB-otra-muy-secreta" });
    const project = (await call("POST", `/accounts/${account.id}/projects`, { name: "x" })).json;
    const { endpoint, secret } = (
      await call("POST", `/projects/${project.id}/endpoints`, {
        url: "https://x.example/in?key=muy-secreta",
        headers: { "x-api-key": "cabecera-muy-secreta" },
      })
    ).json;
    const rotated = (await call("POST", `/endpoints/${endpoint.id}/rotate`)).json.secret;
    const { rows } = await server.deps.pool.query("select to_jsonb(a)::text as text from audit a");
    const text = rows.map((row) => row.text).join("\n");
    for (const hidden of ["muy-secreta", token, secret, rotated, "argon2"]) {
      assert.ok(typeof hidden === "string" && hidden.length > 5);
      assert.equal(text.includes(hidden), false, hidden);
    }
    assert.ok(text.includes("con-clave"));
  });

  test("names nobody who is taken on a list or erased: entries are kept for good", async () => {
    const built = await buildAccount(server.deps.pool);
    const person = { mobile: "573009998877" };
    const list = `/projects/${built.projectId}/opt-outs`;
    const noted = { list: `mobile,note\n${person.mobile},vive en la calle 9` };
    const answers = [
      await call("POST", list, noted),
      await call("POST", `${list}/remove`, person),
      await call("POST", `/accounts/${built.accountId}/erasures`, person),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 202],
    );
    const { rows } = await server.deps.pool.query(
      "select to_jsonb(a)::text as text from audit a where account_id = $1",
      [built.accountId],
    );
    assert.equal(rows.length, 3);
    for (const { text } of rows) assert.doesNotMatch(text, /573009998877|calle 9/u);
  });

  test("is noted before it is made: what cannot be noted is not done", async () => {
    const account = (await call("POST", "/accounts", { name: "Intacta" })).json;
    await server.deps.pool.query("alter table audit rename to audit_away");
    try {
      assert.equal((await call("PATCH", `/accounts/${account.id}`, { name: "Otra" })).status, 500);
    } finally {
      await server.deps.pool.query("alter table audit_away rename to audit");
    }
    assert.equal((await call("GET", `/accounts/${account.id}`)).json.name, "Intacta");
  });

  test("tells by whose token money was put in", async () => {
    const account = (await call("POST", "/accounts", { name: "x" })).json;
    await call("POST", `/accounts/${account.id}/topups`, { reference: "b", amount: "1" });
    const { rows } = await server.deps.pool.query(
      "select created_by from topups where account_id = $1",
      [account.id],
    );
    assert.equal(rows[0].created_by, (await last()).tokenId);
  });

  test("is listed by account, by action and page by page", async () => {
    const family = await buildFamily(server.deps, "audited");
    const path = `/accounts/${family.customerId}`;
    for (const name of ["a", "b", "c"]) await call("PATCH", path, { name }, family.token);
    const query = `accountId=${family.customerId}&action=PATCH%20/admin/accounts&limit=2`;
    const first = (await call("GET", `/audit?${query}`)).json;
    const second = (await call("GET", `/audit?${query}&cursor=${first.nextCursor}`)).json;
    const names = [...first.items, ...second.items].map((entry) => entry.after.name);
    assert.deepEqual([names, second.nextCursor], [["c", "b", "a"], null]);
    assert.equal(first.items[0].actor, "reseller");
    for (const wrong of ["%00", "'or'1", "x".repeat(200)]) {
      assert.equal((await call("GET", `/audit?action=${wrong}`)).status, 400);
    }
  });
});

test("settings that are changed by /v1 leave an entry, daily work leaves none", async () => {
  const v1 = await startV1Server();
  try {
    const { accountId } = await buildAccount(v1.database.pool);
    const token = await v1.token({ accountId });
    const count = async () =>
      (await v1.database.pool.query("select count(*)::int as n from audit")).rows[0].n as number;
    const seen = [];
    for (const { id, method, path, scope } of Object.values(V1_OPERATIONS)) {
      const before = await count();
      const address = path.replaceAll(/:[a-z]+/giu, NOBODY);
      await v1.call(method, address, { token, ...(method === "GET" ? {} : { body: {} }) });
      const isDaily =
        /^(messages|media|contacts|conversations):/u.test(scope) ||
        ["lintTemplate", "previewTemplate"].includes(id);
      assert.equal(await count(), before + (method === "GET" || isDaily ? 0 : 1), id);
      if (method !== "GET" && !isDaily) seen.push(id);
    }
    assert.ok(seen.includes("createWebhookEndpoint") && seen.includes("rotateWebhookSecret"));
    const { rows } = await v1.database.pool.query(
      "select distinct actor, account_id, actor_account_id from audit",
    );
    assert.deepEqual(rows, [
      { actor: "account", account_id: accountId, actor_account_id: accountId },
    ]);
  } finally {
    await v1.close();
  }
});

describe("what is kept of a change", () => {
  test("has no secret, whatever the field is called, and no end", () => {
    const cleaned = redactChange({
      accessToken: "s3cret",
      app: { appSecret: "s3cret", list: [{ password: "s3cret" }] },
      headers: { "x-key": "s3cret" },
      url: "https://u:s3cret@x.example/path?s=s3cret",
      credentials: Buffer.from("s3cret"),
      bytes: new Uint8Array(3),
      tokenId: "kept",
      hasPassword: true,
      amount: 5n,
    });
    const text = JSON.stringify(cleaned);
    assert.equal(text.includes("s3cret"), false, text);
    assert.ok(
      text.includes('"kept"') && text.includes('"5"') && text.includes('"hasPassword":true'),
    );
    const people = { mobile: "573001234567", mobiles: ["573001234567"], list: "573001234567\n" };
    assert.ok(!JSON.stringify(redactChange(people)).includes("573001234567"));
    const huge = redactChange({ list: Array.from({ length: 9_000 }, () => "x".repeat(9_000)) });
    assert.match(JSON.stringify(huge), /omitted/u);
    let deep: unknown = "s3cret";
    for (let depth = 0; depth < 500; depth += 1) deep = { deep };
    assert.equal(JSON.stringify(redactChange(deep)).includes("s3cret"), false);
    assert.equal(JSON.stringify(redactChange("a\0b")), '"ab"');
  });
});
