import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAccount } from "../../accounts/accounts.ts";
import { createToken } from "../../accounts/tokens.ts";
import { createUser } from "../../accounts/users.ts";
import { ADMIN_ROUTES as ROUTES } from "../../testkit/admin-route-table.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";

/** Templates are named by their numbers. */
const idOf = (path: string, id: string) => (path.startsWith("/templates") ? "2147483647" : id);

const LISTS = ROUTES.filter(
  ([method, path]) =>
    method === "GET" &&
    /(s|ledger)$/.test(path) &&
    !/\/(endpoints|caps|balance-alerts)$/.test(path),
).map(([, path]) => path);

let server: AdminServer;

before(async () => {
  server = await startAdminServer();
});
after(() => server.close());

interface Call {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

async function call(method: string, path: string, given: Call = {}) {
  const { token = server.token, body, headers = {} } = given;
  const response = await fetch(`${server.url}/admin${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

function assertProblem(
  answer: Awaited<ReturnType<typeof call>>,
  expected: { status: number; code: string },
) {
  assert.equal(answer.status, expected.status, answer.text);
  assert.equal(answer.json.code, expected.code);
  assert.equal(answer.json.status, expected.status);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
}

describe("every route", () => {
  test("is in this table", () => {
    const listed = server.app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)/g);
    const count = [...listed].flatMap(([, methods = ""]) =>
      methods.split(", ").filter((method) => method !== "HEAD" && method !== "OPTIONS"),
    ).length;
    assert.equal(count, ROUTES.length);
  });

  test("refuses whoever has no token, a token of another kind, and a token that has ended", async () => {
    const { accountId } = await createAccount(server.deps, { name: "x" });
    const user = await createUser(server.deps, { accountId, login: "kinds" });
    const ws = await createToken(server.deps, { kind: "ws", accountId, userId: user.id });
    const api = await createToken(server.deps, { kind: "api", accountId, scopes: ["wallet:read"] });
    for (const [method, path, body] of ROUTES) {
      // The clock is moved on, or the address would have to wait by now.
      server.pass(61_000);
      const address = path.replace(":id", accountId);
      for (const token of [null, "", "wrong", `${server.token}x`, ws.token]) {
        const answer = await call(method, address, { token, body });
        assertProblem(answer, { status: 401, code: "unauthenticated" });
      }
      assertProblem(await call(method, address, { token: api.token, body }), {
        status: 403,
        code: "forbidden",
      });
    }
  });

  test("answers an id that is nobody's with 404 and one that is none with 400", async () => {
    for (const [method, path, body] of ROUTES.filter(([, route]) => route.includes(":id"))) {
      const unknown = await call(method, path.replace(":id", idOf(path, NOBODY)), { body });
      assertProblem(unknown, { status: 404, code: "not_found" });
      for (const wrong of [
        path.startsWith("/templates") ? "1.5" : "1",
        "%00",
        NOBODY.toUpperCase(),
        "'or'1",
        "..%2f",
      ]) {
        const answer = await call(method, path.replace(":id", wrong), { body });
        assertProblem(answer, { status: 400, code: "invalid_request" });
        assert.equal(answer.json.errors[0].path, "id");
      }
    }
  });

  test("refuses bodies that cannot be read or hold what is not documented", async () => {
    const { accountId } = await createAccount(server.deps, { name: "x" });
    for (const [method, path, body] of ROUTES) {
      if (body === undefined) continue;
      const address = path.replace(":id", idOf(path, accountId));
      const cases: [string, object, number][] = [
        ["{", {}, 400],
        ["[]", {}, 400],
        ['{"__proto__":{"x":1}}', {}, 400],
        [JSON.stringify({ ...body, surprise: 1 }), {}, path.includes("import-file") ? 404 : 400],
        ["x=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
        ["\0".repeat(17 * 1024 * 1024), {}, 413],
      ];
      for (const [text, headers, status] of cases) {
        const answer = await call(method, address, { body: text, headers: { ...headers } });
        assert.equal(
          answer.status,
          status,
          `${method} ${path} ${text.slice(0, 40)}: ${answer.text}`,
        );
      }
    }
  });

  test("of a list refuses pages that are too large or none, and cursors that it did not give", async () => {
    const { accountId } = await createAccount(server.deps, { name: "x" });
    for (const path of LISTS) {
      const address = path.replace(":id", accountId);
      if (
        path.startsWith("/templates") ||
        path.startsWith("/projects/:id") ||
        path.startsWith("/endpoints/:id")
      )
        continue;
      for (const query of ["limit=501", "limit=0", "limit=-1", "limit=x", "page=2"]) {
        assertProblem(await call("GET", `${address}?${query}`), {
          status: 400,
          code: "invalid_request",
        });
      }
      const forged = Buffer.from('["\'; drop"]').toString("base64url");
      const date = Buffer.from(`["9999-99-99 99:99:99+00","${NOBODY}","charge"]`);
      for (const cursor of ["x", "%00", forged, "W10", date.toString("base64url")]) {
        const answer = await call("GET", `${address}?cursor=${cursor}`);
        assertProblem(answer, { status: 400, code: "invalid_request" });
        assert.equal(answer.json.errors[0].path, "cursor");
      }
    }
  });
});

describe("wrong tokens", () => {
  test("cost an address its next minute after twenty, and the right one too", async () => {
    server.pass(61_000);
    for (let failure = 0; failure < 20; failure += 1) {
      assert.equal((await call("GET", "/accounts", { token: "wrong" })).status, 401);
    }
    const slowed = await call("GET", "/accounts");
    assertProblem(slowed, { status: 429, code: "too_many_requests" });
    const waitS = Number(slowed.headers.get("retry-after"));
    assert.ok(waitS > 0 && waitS <= 60, String(waitS));
    server.pass(waitS * 1000);
    assert.equal((await call("GET", "/accounts")).status, 200);
  });

  test("of an expired or revoked administrator are refused", async () => {
    const expiresAt = new Date(server.deps.clock.now() + 1000);
    const { token } = await createToken(server.deps, { kind: "admin", accountId: null, expiresAt });
    assert.equal((await call("GET", "/accounts", { token })).status, 200);
    server.pass(1000);
    assert.equal((await call("GET", "/accounts", { token })).status, 401);
    const made = await call("POST", "/tokens", { body: { kind: "admin" } });
    assert.equal((await call("GET", "/accounts", { token: made.json.token })).status, 200);
    await call("POST", `/tokens/${made.json.row.id}/revoke`);
    assert.equal((await call("GET", "/accounts", { token: made.json.token })).status, 401);
  });
});

describe("what is made", () => {
  test("can be listed page by page, each thing once, newest first", async () => {
    const made: string[] = [];
    const { json } = await call("POST", "/accounts", { body: { name: "pages" } });
    for (let number = 0; number < 5; number += 1) {
      const body = { name: `p${number}` };
      made.unshift((await call("POST", `/accounts/${json.id}/projects`, { body })).json.id);
    }
    const seen: string[] = [];
    let cursor = "";
    let pages = 0;
    do {
      const page = (await call("GET", `/projects?accountId=${json.id}&limit=2${cursor}`)).json;
      seen.push(...page.items.map((item: { id: string }) => item.id));
      cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
      pages += 1;
    } while (cursor !== "");
    assert.deepEqual(seen, made);
    assert.equal(pages, 3);
  });

  test("is shown with its secrets once and never again", async () => {
    const account = (await call("POST", "/accounts", { body: { name: "secrets" } })).json;
    const user = { login: "secreto", password: "una-clave-larga" };
    const shown = await call("POST", `/accounts/${account.id}/users`, { body: user });
    const token = await call("POST", "/tokens", { body: { kind: "ws", login: "SECRETO" } });
    assert.equal(token.headers.get("cache-control"), "no-store");
    const channel = await call("POST", `/accounts/${account.id}/channels`, {
      body: {
        officialNumber: "573005202020",
        numberId: "s-1",
        businessId: "1",
        accessToken: "EAAB-very-secret",
        app: { appSecret: "app-very-secret", verifyToken: "verify" },
      },
    });
    assert.equal(channel.json.verifyToken, "verify");
    const texts = [shown.text, channel.text];
    for (const path of [
      "/channels",
      `/accounts/${account.id}/users`,
      `/tokens?accountId=${account.id}`,
    ]) {
      texts.push((await call("GET", path)).text);
    }
    for (const secret of ["una-clave", "argon2", "very-secret", token.json.token]) {
      assert.equal(texts.join().includes(secret), false, secret);
    }
  });
});

describe("money", () => {
  test("comes in once for each reference and is shown to the cent", async () => {
    const account = (await call("POST", "/accounts", { body: { name: "money" } })).json;
    const path = `/accounts/${account.id}`;
    const body = { reference: "banco-1", amount: "125000.5" };
    const first = await call("POST", `${path}/topups`, { body });
    assert.deepEqual(first.json, { repeated: false, balance: "125000.50", currency: "COP" });
    const second = await call("POST", `${path}/topups`, { body });
    assert.deepEqual(second.json, { repeated: true, balance: "125000.50", currency: "COP" });
    const other = await call("POST", `${path}/topups`, { body: { ...body, amount: "1" } });
    assertProblem(other, { status: 409, code: "conflict" });
    await call("POST", `${path}/topups`, { body: { reference: "banco-2", amount: "0.0001" } });
    assert.equal((await call("GET", `${path}/balance`)).json.balance, "125000.5001");

    const newest = (await call("GET", `${path}/ledger?limit=1`)).json;
    assert.deepEqual(
      newest.items.map((item: { signed: string; reference: string }) => [
        item.signed,
        item.reference,
      ]),
      [["0.0001", "banco-2"]],
    );
    const next = (await call("GET", `${path}/ledger?limit=1&cursor=${newest.nextCursor}`)).json;
    assert.equal(next.items[0].reference, "banco-1");
    assert.equal(next.nextCursor, null);
    assert.equal((await call("GET", "/wallet/verify")).json.ok, true);
    await server.deps.pool.query("update wallets set balance = balance + 1 where account_id = $1", [
      account.id,
    ]);
    const report = (await call("GET", "/wallet/verify")).json;
    assert.deepEqual(report.wallets, [
      { accountId: account.id, balance: "125000.5002", sum: "125000.5001" },
    ]);
    await server.deps.pool.query("update wallets set balance = balance - 1 where account_id = $1", [
      account.id,
    ]);
  });

  test("that is none is refused with its field", async () => {
    const account = (await call("POST", "/accounts", { body: { name: "money" } })).json;
    for (const amount of ["-1", "1e9", "1.23456", "", "1,5", "NaN", "99999999999999"]) {
      const body = { reference: "r", amount };
      const answer = await call("POST", `/accounts/${account.id}/topups`, { body });
      assertProblem(answer, { status: 400, code: "invalid_request" });
      assert.equal(answer.json.errors[0].path, "amount");
    }
  });
});

describe("the doctor", () => {
  test("finds the database well, and names what is not with its cure", async () => {
    const account = (await call("POST", "/accounts", { body: { name: "Sin precios" } })).json;
    await call("POST", `/accounts/${account.id}/projects`, { body: { name: "x" } });
    await call("POST", `/accounts/${account.id}/channels`, {
      body: {
        officialNumber: "573001112233",
        numberId: "d-1",
        businessId: "1",
        baseUrl: "http://127.0.0.1:1",
        accessToken: "EAAB-doctor",
        app: { appSecret: "x" },
      },
    });
    const sealed = await call("POST", `/accounts/${account.id}/channels`, {
      body: {
        ...{ officialNumber: "573001112244", numberId: "d-2", businessId: "1" },
        ...{ baseUrl: "http://127.0.0.1:1", accessToken: "EAAB-doctor", app: { appSecret: "x" } },
      },
    });
    await server.database.pool.query("update channels set credentials = '' where id = $1", [
      sealed.json.channel.id,
    ]);
    const answer = await call("GET", "/doctor");
    assert.equal(answer.json.state, "fail");
    const byName = new Map<string, { state: string; cure: string | null }>(
      answer.json.checks.map((check: { name: string }) => [check.name, check]),
    );
    assert.equal(byName.get("database")?.state, "ok");
    assert.equal(byName.get("migrations")?.state, "ok");
    assert.equal(byName.get("files")?.state, "ok");
    assert.equal(byName.get("prices of Sin precios")?.state, "warn");
    assert.equal(byName.get("channel 573001112233")?.state, "fail");
    assert.match(byName.get("channel 573001112233")?.cure ?? "", /recado channel update/);
    assert.match(byName.get("channel 573001112244")?.cure ?? "", /recado channel update/);
    assert.match(byName.get("webhooks of app 573001112233")?.cure ?? "", /\/hooks\/meta-cloud\//);
    assert.equal(answer.text.includes("EAAB-doctor"), false);
  });
});
