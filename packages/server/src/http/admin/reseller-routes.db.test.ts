import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import Fastify from "fastify";
import { createAccount } from "../../accounts/accounts.ts";
import { createPriceBook } from "../../accounts/prices.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { type BuiltFamily, buildFamily, buildThings } from "../../testkit/build-family.ts";
import { verifyBooks } from "../../wallet/verify.ts";
import { registerAdminRoutes } from "./register-admin-routes.ts";
import { RESELLER_ROUTES } from "./reseller-routes.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";

/** Right bodies of what a reseller may write, so that only whose it is can be wrong. */
const BODIES: Record<string, object> = {
  "POST /accounts": { name: "x" },
  "PATCH /accounts/:id": { name: "taken over" },
  "POST /accounts/:id/users": { login: "intruder" },
  "PATCH /users/:id": { name: "taken over" },
  "POST /tokens": { kind: "api", scopes: ["wallet:read"] },
  "POST /accounts/:id/projects": { name: "taken over" },
  "PATCH /projects/:id": { name: "taken over" },
  "POST /accounts/:id/channels": {
    officialNumber: "573005202020",
    numberId: "intruder",
    businessId: "1",
    accessToken: "x",
    app: { appSecret: "x" },
  },
  "PATCH /channels/:id": { ratePerSecond: 1 },
  "POST /price-books": { name: "x" },
  "POST /price-books/:id/prices": { country: "*", category: "service", amount: "999" },
  "POST /accounts/:id/topups": { reference: "x", amount: "1" },
  "POST /projects/:id/endpoints": { url: "https://x.example/" },
  "POST /endpoints/:id/replay": { since: "2026-01-01T00:00:00Z" },
  "PATCH /accounts/:id/retention": { bodiesDays: 7 },
};

let server: AdminServer;
let mine: BuiltFamily;
let theirs: BuiltFamily;
/** Whose things are not mine, and what they are, by the first part of a route. */
let victims: Record<string, Record<string, string>>;
let routes: string[];

before(async () => {
  server = await startAdminServer();
  mine = await buildFamily(server.deps, "mine");
  theirs = await buildFamily(server.deps, "theirs");
  const direct = await createAccount(server.deps, { name: "direct" });
  const shared = await createPriceBook(server.deps, { name: "shared" });
  const directThings = await buildThings(server.deps, direct.accountId, "direct");
  const resellerThings = await buildThings(server.deps, theirs.resellerId, "their-reseller");
  victims = {
    "another reseller's customer": theirs.things,
    "another reseller": { ...theirs.things, ...resellerThings },
    "the operator's own account": { ...directThings, "price-books": shared.id },
  };
  routes = await listRoutes();
});
after(() => server.close());

async function listRoutes(): Promise<string[]> {
  const found: string[] = [];
  const app = Fastify();
  app.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) found.push(`${each} ${url.replace(/^\/admin/u, "")}`);
  });
  registerAdminRoutes(app, server.deps);
  await app.ready();
  await app.close();
  return found.filter((route) => !route.startsWith("HEAD "));
}

interface Answer {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there.
  json: any;
}

async function call(
  route: string,
  given: { id?: string; token?: string; body?: object; query?: string },
): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const body = given.body ?? BODIES[route];
  const address = path.replace(":id", given.id ?? "").replace(":month", "2026-11");
  const response = await fetch(`${server.url}/admin${address}${given.query ?? ""}`, {
    method,
    headers: {
      authorization: `Bearer ${given.token ?? mine.token}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

/** Everything of the tables that administration changes, but what mine is. */
async function lookAtOthers(): Promise<string> {
  const tables = ["accounts", "users", "tokens", "projects", "channels", "endpoints", "wallets"];
  const parts = [];
  for (const table of [...tables, "deliveries", "transfers", "retention"]) {
    const { rows } = await server.deps.pool.query(
      `select to_jsonb(t) as row from ${table} t where account_id is distinct from $1
         and account_id is distinct from $2 order by 1`,
      [mine.resellerId, mine.customerId],
    );
    parts.push(rows);
  }
  const { rows } = await server.deps.pool.query(
    `select to_jsonb(p) as row from prices p join price_books b on b.id = p.price_book_id
     where b.owner_account_id is distinct from $1 order by 1`,
    [mine.resellerId],
  );
  return JSON.stringify([...parts, rows]);
}

describe("a reseller's administrator", () => {
  test("is shut out of every route that nobody opened to it, and each opened one exists", async () => {
    const opened = routes.filter((route) => RESELLER_ROUTES.has(route));
    assert.deepEqual(new Set(opened), RESELLER_ROUTES);
    for (const route of routes.filter((each) => !RESELLER_ROUTES.has(each))) {
      for (const id of [mine.customerId, theirs.customerId, NOBODY]) {
        const answer = await call(route, { id, body: route.startsWith("GET") ? undefined : {} });
        assert.equal(answer.status, 403, `${route}: ${answer.text}`);
      }
    }
  });

  test("gets for whatever is not its own the answer that it gets for nothing, and changes nothing", async () => {
    const stood = await lookAtOthers();
    for (const route of routes.filter(
      (each) => RESELLER_ROUTES.has(each) && each.includes(":id"),
    )) {
      const noun = route.split("/")[1] ?? "";
      const nobody = await call(route, { id: NOBODY });
      assert.equal(nobody.status, 404, `${route} needs a body in this test: ${nobody.text}`);
      for (const [who, things] of Object.entries(victims)) {
        const id = things[noun];
        assert.ok(id, `${route}: this test has no ${noun} to attack`);
        assert.equal((await call(route, { id })).text, nobody.text, `${route} of ${who}`);
      }
    }
    assert.equal(await lookAtOthers(), stood);
  });

  test("is answered by each of these routes for its own customer", async () => {
    for (const route of routes.filter(
      (each) => RESELLER_ROUTES.has(each) && each.startsWith("GET"),
    )) {
      const id = mine.things[route.split("/")[1] ?? ""] ?? "";
      const query = route === "GET /reports/margin" ? "?from=2026-11-01&to=2026-11-02" : "";
      const answer = await call(route, { id, query });
      const expected = route.includes("statements") ? [200, 404] : [200];
      assert.ok(expected.includes(answer.status), `${route}: ${answer.text}`);
    }
  });

  test("names nobody else's account in a query or a body", async () => {
    const named = ["accountId", "parentId", "ownerAccountId"];
    for (const accountId of [
      theirs.customerId,
      theirs.resellerId,
      victims["the operator's own account"]?.accounts ?? "",
      NOBODY,
    ]) {
      for (const route of ["GET /tokens", "GET /projects", "GET /channels", "GET /audit"]) {
        const answer = await call(route, { query: `?accountId=${accountId}` });
        assert.equal(answer.status, 404, `${route}: ${answer.text}`);
      }
      const query = `?from=2026-11-01&to=2026-11-02&accountId=${accountId}`;
      assert.equal((await call("GET /reports/margin", { query })).status, 404);
      for (const [route, name] of [
        ["POST /tokens", named[0]],
        ["POST /accounts", named[1]],
        ["POST /price-books", named[2]],
      ] as const) {
        const answer = await call(route, { body: { ...BODIES[route], [`${name}`]: accountId } });
        assert.equal(answer.status, 404, `${route}: ${answer.text}`);
      }
    }
    const login = (name: string) => call("POST /tokens", { body: { kind: "ws", login: name } });
    assert.equal((await login("login-theirs")).text, (await login("nobody-at-all")).text);
    assert.equal((await login("login-mine")).status, 201);
  });

  test("sees no name, id or login of others in any list", async () => {
    const strangers = [
      ...Object.values(victims).flatMap((things) => Object.values(things)),
      "theirs",
      "direct",
      theirs.resellerId,
    ];
    for (const route of routes.filter(
      (each) =>
        RESELLER_ROUTES.has(each) &&
        each.startsWith("GET") &&
        !each.includes(":id") &&
        each !== "GET /audit",
    )) {
      const query = route === "GET /reports/margin" ? "?from=2026-10-01&to=2026-12-02" : "";
      const { text } = await call(route, { query });
      assert.deepEqual(
        strangers.filter((stranger) => text.includes(stranger)),
        [],
        route,
      );
    }
  });

  test("finds in the audit what it and its customers did, what it named itself, and nothing else", async () => {
    const named = { id: mine.customerId, token: server.token, body: { name: "by the operator" } };
    await call("PATCH /accounts/:id", named);
    await call("PATCH /accounts/:id", { id: theirs.customerId, token: theirs.token });
    const { items } = (await call("GET /audit", { query: "?limit=500" })).json;
    assert.ok(items.length > 50);
    for (const entry of items) {
      assert.equal(entry.actor, "reseller");
      assert.ok([mine.resellerId, mine.customerId].includes(entry.accountId), entry.accountId);
      const shown = JSON.stringify([entry.before, entry.after]);
      assert.equal(shown.includes(theirs.customerId), false, shown);
    }
  });

  test("makes customers of its own, that pay by a book of its own", async () => {
    const made = await call("POST /accounts", {
      body: { name: "new", priceBookId: mine.things["price-books"] },
    });
    assert.deepEqual([made.status, made.json.parentId], [201, mine.resellerId], made.text);
    for (const priceBookId of [mine.wholesaleBookId, theirs.things["price-books"], NOBODY]) {
      const answer = await call("PATCH /accounts/:id", { id: made.json.id, body: { priceBookId } });
      assert.equal(answer.status, 404, answer.text);
    }
    const disabled = await call("PATCH /accounts/:id", {
      id: made.json.id,
      body: { state: "disabled" },
    });
    assert.equal(disabled.json.state, "disabled");
    const user = await call("POST /accounts/:id/users", {
      id: made.json.id,
      body: { login: "nuevo" },
    });
    assert.equal(user.status, 201);
    const token = await call("POST /tokens", { body: { kind: "ws", login: "nuevo" } });
    assert.equal(token.json.row.accountId, made.json.id);
    const below = await call("POST /accounts", { body: { name: "below", parentId: made.json.id } });
    assert.equal(below.status, 404);
    const upward = await call("POST /tokens", { body: { kind: "admin", accountId: made.json.id } });
    assert.equal(upward.status, 400);
    const deeper = await createAccount(server.deps, { name: "x", parentId: made.json.id }).catch(
      (error) => error.code,
    );
    assert.equal(deeper, "invalid_request");
  });

  test("changes nothing of its own standing, and sends the platform to no address of its choice", async () => {
    const id = mine.resellerId;
    for (const body of [
      { state: "active" },
      { priceBookId: mine.things["price-books"] },
      { countries: ["US"] },
    ]) {
      assert.equal((await call("PATCH /accounts/:id", { id, body })).status, 403);
    }
    assert.equal((await call("POST /accounts/:id/topups", { id })).status, 403);
    const baseUrl = "http://127.0.0.1:1";
    const channel = { ...BODIES["POST /accounts/:id/channels"], baseUrl };
    assert.equal(
      (await call("POST /accounts/:id/channels", { id: mine.customerId, body: channel })).status,
      403,
    );
    const changed = await call("PATCH /channels/:id", {
      id: mine.things.channels ?? "",
      body: { baseUrl },
    });
    assert.equal(changed.status, 403);
    const whole = await call("POST /tokens", { body: { kind: "admin" } });
    assert.equal(whole.json.row.accountId, mine.resellerId);
  });

  test("sells nothing below what it pays itself, and nothing that it has no price for", async () => {
    const set = (body: object) =>
      call("POST /price-books/:id/prices", { id: mine.things["price-books"] ?? "", body });
    const price = { country: "CO", category: "utility" };
    const low = await set({ ...price, amount: "59.9999" });
    assert.match(low.json.detail, /^amount: is below the 60\.00 that you pay yourself/u);
    assert.equal((await set({ ...price, amount: "60" })).status, 201);
    await server.deps.pool.query(
      "delete from price_log where category = 'service' and price_book_id = $1",
      [mine.wholesaleBookId],
    );
    await server.deps.pool.query(
      "delete from prices where category = 'service' and price_book_id = $1",
      [mine.wholesaleBookId],
    );
    assert.equal((await set({ country: "CO", category: "service", amount: "1000" })).status, 400);
  });

  test("sees the prices that it pays, not what they cost the operator, and sets none of them", async () => {
    const id = mine.wholesaleBookId;
    const seen = await call("GET /price-books/:id", { id });
    assert.deepEqual(
      new Set(seen.json.prices.map((each: { cost: null }) => each.cost)),
      new Set([null]),
    );
    assert.ok(seen.json.prices.every((each: { amount: string }) => each.amount === "60.00"));
    assert.equal((await call("POST /price-books/:id/prices", { id })).status, 404);
  });

  test("loses its key with its account", async () => {
    const gone = await buildFamily(server.deps, "gone");
    assert.equal((await call("GET /accounts", { token: gone.token })).status, 200);
    await call("PATCH /accounts/:id", {
      id: gone.resellerId,
      token: server.token,
      body: { state: "disabled" },
    });
    assert.equal((await call("GET /accounts", { token: gone.token })).status, 401);
  });
});

describe("money that is handed on", () => {
  const balanceOf = async (id: string) =>
    (await call("GET /accounts/:id/balance", { id })).json.balance;
  const handOn = (amount: string, reference: string) =>
    call("POST /accounts/:id/topups", { id: mine.customerId, body: { amount, reference } });

  test("never takes the reseller's wallet below zero, however many hand on at once", async () => {
    const paid = { amount: "100", reference: "bank-1" };
    await call("POST /accounts/:id/topups", {
      id: mine.resellerId,
      token: server.token,
      body: paid,
    });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => handOn("30", `r-${index}`)),
    );
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [200, 200, 200, 402, 402, 402, 402, 402]);
    assert.deepEqual(
      [await balanceOf(mine.resellerId), await balanceOf(mine.customerId)],
      ["10.00", "90.00"],
    );
    const refused = answers.findIndex(({ status }) => status === 402);
    assert.equal(
      (await handOn("10", `r-${refused}`)).status,
      200,
      "a refused reference is still free",
    );
    assert.equal((await verifyBooks(server.deps.pool)).resale.length, 0);
  });

  test("is handed on once for each reference, whoever used it", async () => {
    const paid = { amount: "50", reference: "bank-2" };
    await call("POST /accounts/:id/topups", {
      id: mine.resellerId,
      token: server.token,
      body: paid,
    });
    const before = await balanceOf(mine.customerId);
    const twice = await Promise.all([handOn("5", "same"), handOn("5", "same")]);
    assert.deepEqual(twice.map(({ json }) => json.repeated).toSorted(), [false, true]);
    assert.equal(Number(await balanceOf(mine.customerId)) - Number(before), 5);
    assert.equal((await handOn("6", "same")).status, 409);
    const operators = {
      id: mine.customerId,
      token: server.token,
      body: { amount: "5", reference: "same" },
    };
    assert.equal((await call("POST /accounts/:id/topups", operators)).status, 409);
    assert.deepEqual(await verifyBooks(server.deps.pool), {
      wallets: [],
      messages: [],
      resale: [],
      statements: [],
    });
  });

  test("that left and did not arrive is found by the proof of the books", async () => {
    const { pool } = server.deps;
    await pool.query(
      "update transfers set amount = amount + 1 where kind = 'allocation' and account_id = $1",
      [mine.resellerId],
    );
    assert.match((await verifyBooks(pool)).resale[0]?.why ?? "", /did not arrive/u);
    await pool.query(
      "update transfers set amount = amount - 1 where kind = 'allocation' and account_id = $1",
      [mine.resellerId],
    );
  });
});
