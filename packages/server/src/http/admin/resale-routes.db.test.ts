import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createAccount } from "../../accounts/accounts.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { type BuiltFamily, buildFamily } from "../../testkit/build-family.ts";

let server: AdminServer;
let mine: BuiltFamily;
let theirs: BuiltFamily;

before(async () => {
  server = await startAdminServer();
  mine = await buildFamily(server.deps, "mine");
  theirs = await buildFamily(server.deps, "theirs");
  await createAccount(server.deps, { name: "direct" });
  await settle(mine, "2026-10-31", 2, 2_000_000n, 1_200_000n);
  await settle(mine, "2026-11-01", 3, 3_000_000n, 1_800_000n);
  await settle(mine, "2026-11-02", -1, -1_000_000n, -600_000n);
  await settle(theirs, "2026-11-02", 7, 7_000_000n, 4_200_000n);
});
after(() => server.close());

/** As `settleDays` leaves a day behind, but for its movements. */
async function settle(family: BuiltFamily, ...[day, messages, resale, wholesale]: unknown[]) {
  await server.deps.pool.query(
    `insert into settlements (account_id, day, cause_id, messages, resale, wholesale, posted_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [family.resellerId, day, randomUUID(), messages, resale, wholesale],
  );
  await server.deps.pool.query(
    `insert into usage_progress (account_id, counted_until, settled_until) values ($1, '2026-11-03', '2026-11-03')
     on conflict (account_id) do update set settled_until = excluded.settled_until`,
    [family.resellerId],
  );
}

async function call(
  path: string,
  { token = server.token, body }: { token?: string; body?: object } = {},
) {
  const response = await fetch(`${server.url}/admin${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there.
  return { status: response.status, json: (await response.json()) as any };
}

const span = "from=2026-11-01&to=2026-11-30";

describe("the list of resellers", () => {
  test("tells the operator of each its wallet, its customers and what was settled on those days, and of no other account", async () => {
    const { json } = await call(`/resellers?${span}`);
    const rows = json.items.map((row: Record<string, unknown>) => [
      ...[row.name, row.balance, row.customers, row.messages],
      ...[row.resale, row.wholesale, row.margin, row.settledUntil],
    ]);
    assert.deepEqual(rows, [
      ["theirs", "0.00", 1, 7, "700.00", "420.00", "280.00", "2026-11-03"],
      ["mine", "0.00", 1, 2, "200.00", "120.00", "80.00", "2026-11-03"],
    ]);
  });

  test("comes page by page", async () => {
    const first = (await call(`/resellers?${span}&limit=1`)).json;
    const second = (await call(`/resellers?${span}&limit=1&cursor=${first.nextCursor}`)).json;
    assert.deepEqual(
      [...first.items, ...second.items].map((row: { id: string }) => row.id),
      [theirs.resellerId, mine.resellerId],
    );
    assert.equal(second.nextCursor, null);
  });

  test("has one line for a reseller: its own, also before it has a customer", async () => {
    const { items } = (await call(`/resellers?${span}`, { token: mine.token })).json;
    assert.deepEqual(
      items.map((row: { id: string }) => row.id),
      [mine.resellerId],
    );
    const fresh = await createAccount(server.deps, { name: "fresh" });
    const body = { kind: "admin", accountId: fresh.accountId };
    const { token } = (await call("/tokens", { body })).json;
    const own = (await call("/resellers", { token })).json.items;
    assert.deepEqual(
      own.map((row: Record<string, unknown>) => [row.name, row.customers, row.settledUntil]),
      [["fresh", 0, null]],
    );
  });

  test("means this month's days when none are named, and refuses more than a year", async () => {
    for (const path of ["/resellers", `/accounts/${mine.resellerId}/settlements/report`]) {
      assert.equal((await call(path)).status, 200);
      assert.equal((await call(`${path}?from=2025-01-01&to=2026-01-01`)).status, 200);
      assert.equal((await call(`${path}?from=2025-01-01&to=2026-01-02`)).status, 400);
      assert.equal((await call(`${path}?from=2026-11-02&to=2026-11-01`)).status, 400);
      assert.equal((await call(`${path}?from=2026-02-30`)).status, 400);
    }
  });
});

describe("a report on settlements", () => {
  const report = (query: string, token?: string) =>
    call(
      `/accounts/${mine.resellerId}/settlements/report?${query}`,
      token === undefined ? {} : { token },
    );

  test("tells each day or each month, the sum of all, and how far it goes, alike to both sides", async () => {
    const query = "from=2026-10-01&to=2026-11-30&by=month";
    const { json } = await report(query);
    assert.deepEqual(json.items, [
      { period: "2026-10", messages: 2, resale: "200.00", wholesale: "120.00", margin: "80.00" },
      { period: "2026-11", messages: 2, resale: "200.00", wholesale: "120.00", margin: "80.00" },
    ]);
    assert.deepEqual(json.totals, {
      messages: 4,
      resale: "400.00",
      wholesale: "240.00",
      margin: "160.00",
    });
    assert.equal(json.settledUntil, "2026-11-03");
    assert.deepEqual((await report(query, mine.token)).json, json);
    const days = (await report("from=2026-11-02&to=2026-11-02")).json;
    assert.deepEqual(
      days.items.map((item: { period: string; margin: string }) => [item.period, item.margin]),
      [["2026-11-02", "-40.00"]],
    );
    assert.match(json.csv, /^period,messages[\s\S]*2026-10,2,200\.00,120\.00,80\.00,COP\r\n/u);
  });
});

describe("what a reseller handed on", () => {
  test("is told with whom it went to, newest first; what the operator put there is not among it", async () => {
    const fund = { amount: "500", reference: "bank" };
    await call(`/accounts/${mine.resellerId}/topups`, { body: fund });
    const path = `/accounts/${mine.customerId}/topups`;
    for (const [amount, reference] of [
      ["30", "first"],
      ["20.5", "second"],
    ]) {
      const handed = await call(path, { token: mine.token, body: { amount, reference } });
      assert.equal(handed.status, 200);
    }
    await call(path, { body: { amount: "1", reference: "the operator's", note: "x" } });
    const { items } = (await call(`/accounts/${mine.resellerId}/allocations`)).json;
    assert.deepEqual(
      items.map((row: Record<string, unknown>) => [row.reference, row.amount, row.accountName]),
      [
        ["second", "20.50", "customer of mine"],
        ["first", "30.00", "customer of mine"],
      ],
    );
    const other = (await call(`/accounts/${theirs.resellerId}/allocations`)).json;
    assert.deepEqual(other.items, []);
  });

  test("stands in the balances of its customers", async () => {
    const token = mine.token;
    const { items } = (await call(`/accounts/${mine.resellerId}/customers`, { token })).json;
    assert.deepEqual(
      items.map((row: Record<string, unknown>) => [row.name, row.balance, row.state]),
      [["customer of mine", "51.50", "active"]],
    );
  });
});

describe("margin of one reseller's customers", () => {
  test("is asked for by its id, which a reseller cannot use to see beyond itself", async () => {
    const path = (id: string) => `/reports/margin?${span}&by=account&resellerId=${id}`;
    const { pool } = server.deps;
    for (const [family, charged] of [
      [mine, 5],
      [theirs, 9],
    ] as const) {
      await pool.query(
        `insert into usage_lines (account_id, day, line, reseller_id, category, country, price, wholesale, cost,
           charged, refunded, reversed)
         values ($1, '2026-11-02', 1, $2, 'utility', 'CO', 1000000, 600000, 250000, $3, 0, 0)`,
        [family.customerId, family.resellerId, charged],
      );
    }
    const seen = async (id: string, token?: string) => {
      const { json } = await call(path(id), token === undefined ? {} : { token });
      return json.items?.map((row: Record<string, unknown>) => [row.charged, row.margin]);
    };
    assert.deepEqual(await seen(mine.resellerId), [[5, "175.00"]]);
    assert.deepEqual(await seen(mine.resellerId, mine.token), [[5, "200.00"]]);
    assert.deepEqual(await seen(mine.customerId, mine.token), []);
    assert.equal((await call(path(theirs.resellerId), { token: mine.token })).status, 404);
  });
});
