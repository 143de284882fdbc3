import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { PoolClient } from "pg";
import { createAccount, updateAccount } from "../accounts/accounts.ts";
import type { Operator } from "../accounts/operator.ts";
import { createPriceBook, setPrice } from "../accounts/prices.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { withTransaction } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { type MarginGroup, reportMargin } from "./margin.ts";
import { postTransfers } from "./post.ts";
import { settleDays } from "./settle.ts";
import { topUp } from "./topup.ts";
import { verifyBooks } from "./verify.ts";

/* A customer pays 250 a message; its reseller pays the operator 150, and 200 from the second day on; the operator pays 100. */

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2026, 10, 22, 15);
const EMPTY = { wallets: [], messages: [], resale: [], statements: [] };

let world: GatewayWorld;
let operator: Operator & GatewayWorld["shared"];
let customer: BuiltAccount;
let resellerId: string;
let bookId: string;

before(async () => {
  world = await openGatewayWorld();
  operator = { ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) };
  world.time.nowMs = FIRST_DAY_MS - 30 * DAY_MS;
  bookId = (await createPriceBook(operator, { name: "wholesale" })).id;
  await setWholesale(150n, 100n);
  const reseller = await createAccount(operator, { name: "reseller", priceBookId: bookId });
  resellerId = reseller.accountId;
  world.time.nowMs = FIRST_DAY_MS;
  customer = await world.account({ balance: 100_000_000n });
  await world.pool.query(
    "update accounts set parent_id = $2, created_at = '2026-11-20' where account_id = $1",
    [customer.accountId, resellerId],
  );
});
afterEach(async () => assert.deepEqual(await verifyBooks(world.pool), EMPTY));
after(() => world.close());

/** In whole units. */
function setWholesale(amount: bigint, cost: bigint) {
  const price = { priceBookId: bookId, country: "*", category: "service" } as const;
  return setPrice(operator, { ...price, amount: amount * 10_000n, cost: cost * 10_000n });
}

function move(causeId: string, kind: "refund" | "refund-reversal") {
  const status = kind === "refund" ? "failed" : "delivered";
  return withTransaction(world.pool, async (sql) => {
    const { accountId } = customer;
    await postTransfers(
      sql,
      [{ accountId, causeId, kind, amount: 0n }],
      new Date(world.time.nowMs),
    );
    await sql.query("update messages set status = $2, lane = null where id = $1", [
      causeId,
      status,
    ]);
  });
}

async function balanceOf(accountId: string): Promise<bigint> {
  const { rows } = await world.pool.query("select balance from wallets where account_id = $1", [
    accountId,
  ]);
  return rows[0].balance / 10_000n;
}

async function settlements() {
  const { rows } = await world.pool.query(
    `select to_char(day, 'MM-DD') as day, messages, resale / 10000 as resale, wholesale / 10000 as wholesale
     from settlements order by day`,
  );
  return rows.map(({ day, messages, resale, wholesale }) => [day, messages, resale, wholesale]);
}

const margin = (perspective: "operator" | "reseller", groups: MarginGroup[] = ["day"]) =>
  reportMargin(world.pool, {
    ...{ accountId: null, resellerId: perspective === "reseller" ? resellerId : null },
    ...{ from: "2026-11-01", to: "2026-12-01", groups, perspective },
  });
const figures = async (perspective: "operator" | "reseller") =>
  (await margin(perspective)).map((line) => [
    line.day?.slice(5),
    line.revenue / 10_000n,
    line.cost / 10_000n,
  ]);

describe("a reseller's day", () => {
  let early: string;
  let late: string;

  test("is not settled before it is over, and an hour more", async () => {
    early = await world.accept(customer);
    late = await world.accept(customer);
    await world.accept(customer);
    world.time.nowMs = Date.UTC(2026, 10, 23, 0, 59);
    assert.deepEqual(await settleDays(operator), { days: 0, belowZero: [] });
    assert.equal(await balanceOf(resellerId), 0n);
  });

  test("shows its margin while it is going on as it will when it is over", async () => {
    assert.deepEqual(await figures("operator"), [["11-22", 450n, 300n]]);
    assert.deepEqual(await figures("reseller"), [["11-22", 750n, 450n]]);
  });

  test("is settled once, however many try: what its customers paid comes in, what it owes goes out", async () => {
    world.time.nowMs = Date.UTC(2026, 10, 23, 1, 1);
    const runs = await Promise.all(Array.from({ length: 4 }, () => settleDays(operator)));
    assert.equal(
      runs.reduce((sum, run) => sum + run.days, 0),
      1,
    );
    assert.deepEqual(await settlements(), [["11-22", 3, 750n, 450n]]);
    assert.equal(await balanceOf(resellerId), 300n);
    const before = [await figures("operator"), await figures("reseller")];
    assert.deepEqual(before, [[["11-22", 450n, 300n]], [["11-22", 750n, 450n]]]);
  });

  test("takes back with a refund what was settled at the acceptance, whatever the price has become", async () => {
    world.time.nowMs = Date.UTC(2026, 10, 23, 2);
    await setWholesale(200n, 120n);
    await move(early, "refund");
    await world.accept(customer);
    world.time.nowMs = Date.UTC(2026, 10, 24, 2);
    await settleDays(operator);
    assert.deepEqual((await settlements()).at(-1), ["11-23", 0, 0n, 50n]);
    assert.equal(await balanceOf(resellerId), 250n);
    assert.deepEqual((await figures("operator")).at(-1), ["11-23", 50n, 20n]);
  });

  test("that gives back more than it took goes the other way", async () => {
    await move(late, "refund");
    world.time.nowMs = Date.UTC(2026, 10, 25, 2);
    assert.deepEqual(await settleDays(operator), { days: 1, belowZero: [] });
    assert.deepEqual((await settlements()).at(-1), ["11-24", -1, -250n, -150n]);
    assert.equal(await balanceOf(resellerId), 150n);
  });

  test("settles a refund that was taken back", async () => {
    await move(late, "refund-reversal");
    world.time.nowMs = Date.UTC(2026, 10, 26, 2);
    await settleDays(operator);
    assert.deepEqual((await settlements()).at(-1), ["11-25", 1, 250n, 150n]);
    assert.equal(await balanceOf(resellerId), 250n);
  });

  test("is not changed by a price that is set for the past, nor by one that replaces another", async () => {
    const stood = [await figures("operator"), await figures("reseller")];
    const price = { priceBookId: bookId, country: "*", category: "service" } as const;
    const validFrom = new Date(FIRST_DAY_MS - 30 * DAY_MS);
    await setPrice(operator, { ...price, amount: 9n, cost: 9n, validFrom });
    await setPrice(operator, { ...price, amount: 9n, cost: 9n, validFrom: new Date(FIRST_DAY_MS) });
    assert.deepEqual([await figures("operator"), await figures("reseller")], stood);
    await move(early, "refund-reversal");
    world.time.nowMs = Date.UTC(2026, 10, 27, 2);
    await settleDays(operator);
    assert.deepEqual((await settlements()).at(-1), ["11-26", 1, 250n, 150n]);
  });

  test("is settled by the book that the reseller paid by when the message was accepted", async () => {
    await world.accept(customer);
    world.time.nowMs += 3_600_000;
    const dear = await createPriceBook(operator, { name: "dear" });
    const price = { priceBookId: dear.id, country: "CO", category: "service" } as const;
    await setPrice(operator, { ...price, amount: 3_000_000n, cost: 0n });
    await updateAccount(operator, resellerId, { priceBookId: dear.id });
    await world.accept(customer);
    world.time.nowMs = Date.UTC(2026, 10, 28, 2);
    await settleDays(operator);
    // 200 for the one before the change, 300 for the one after it.
    const [, messages, resale, wholesale] = (await settlements()).at(-1) ?? [];
    assert.deepEqual([messages, resale, wholesale], [2, 500n, 500n]);
  });

  test("owes all that its customer paid where it has no price itself", async () => {
    const empty = await createPriceBook(operator, { name: "empty" });
    await updateAccount(operator, resellerId, { priceBookId: empty.id });
    world.time.nowMs += 1000;
    await world.accept(customer);
    world.time.nowMs = Date.UTC(2026, 10, 29, 2);
    await settleDays(operator);
    assert.deepEqual((await settlements()).at(-1), ["11-28", 1, 250n, 250n]);
  });

  test("may take the reseller's wallet below zero, and says so", async () => {
    const dear = await createPriceBook(operator, { name: "dearer" });
    const price = { priceBookId: dear.id, country: "CO", category: "service" } as const;
    await setPrice(operator, { ...price, amount: 90_000_000n, cost: 0n });
    await updateAccount(operator, resellerId, { priceBookId: dear.id });
    world.time.nowMs += 1000;
    await world.accept(customer);
    world.time.nowMs = Date.UTC(2026, 10, 30, 2);
    assert.deepEqual((await settleDays(operator)).belowZero, [resellerId]);
    const paid = { accountId: resellerId, reference: "bank", note: "", createdBy: null };
    await topUp(world.shared, { ...paid, amount: 100_000_000n });
  });

  test("leaves the operator with what it earned: its books of the whole family add up", async () => {
    const { rows } = await world.pool.query(
      `select sum(case when credit = 'sales' then amount when debit = 'sales' then -amount else 0 end) as sales
       from transfers where account_id = any ($1::uuid[])`,
      [[resellerId, customer.accountId]],
    );
    const earned = (await margin("operator", [])).reduce((sum, line) => sum + line.revenue, 0n);
    assert.equal(BigInt(rows[0].sales), earned);
  });
});

describe("margin", () => {
  test("is told by account, category and country, and never adds up currencies", async () => {
    const groups: MarginGroup[] = ["account", "category", "country"];
    const lines = await margin("operator", groups);
    const [line] = lines.filter(({ accountId }) => accountId === customer.accountId);
    assert.deepEqual(
      [line?.category, line?.country, line?.currency, line?.day],
      ["service", "CO", "COP", null],
    );
    assert.equal(line?.accountName, "test");
  });

  test("of a direct account is its price less the cost of its book", async () => {
    const direct = await world.account({ countries: ["CO", "MX"] });
    await world.pool.query(
      `update prices set cost = 700000 where price_book_id =
         (select price_book_id from accounts where account_id = $1)`,
      [direct.accountId],
    );
    await world.accept(direct);
    await world
      .accept(direct, { mobile: "5215512345678" })
      .catch(() => world.accept(direct, { mobile: "525512345678" }));
    const lines = await reportMargin(world.pool, {
      ...{ accountId: direct.accountId, resellerId: null, from: "2026-11-01", to: "2026-12-01" },
      ...{ groups: ["country"], perspective: "operator" },
    });
    assert.deepEqual(
      lines.map(({ country, revenue, cost }) => [country, revenue, cost]),
      [
        ["CO", 2_500_000n, 700_000n],
        ["MX", 2_500_000n, 700_000n],
      ],
    );
  });
});

describe("settling", () => {
  test("that dies in the middle leaves nothing, and is done whole the next time", async () => {
    const reset = await world.pool.query("select balance from wallets where account_id = $1", [
      resellerId,
    ]);
    await world.accept(customer);
    world.time.nowMs += 2 * DAY_MS;
    const before = await settlements();
    const holder = await world.pool.connect();
    try {
      await holder.query("begin");
      await holder.query("select from wallets where account_id = $1 for update", [resellerId]);
      const dying = settleDays(operator);
      await killWhoeverWaitsFor(holder);
      assert.equal((await dying).days, 0);
    } finally {
      await holder.query("rollback");
      holder.release();
    }
    assert.deepEqual(await settlements(), before);
    assert.equal(await balanceOf(resellerId), reset.rows[0].balance / 10_000n);
    assert.deepEqual(await verifyBooks(world.pool), EMPTY);
    assert.equal((await settleDays(operator)).days, 1);
  });
});

async function killWhoeverWaitsFor(holder: PoolClient): Promise<void> {
  const { rows } = await holder.query("select pg_backend_pid() as pid");
  for (let look = 0; look < 500; look += 1) {
    const { rowCount } = await world.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and $1 = any (pg_blocking_pids(pid))`,
      [rows[0].pid],
    );
    if (rowCount === 1) return;
    await sleep(10);
  }
  throw new Error("nobody waited for the wallet");
}

describe("the proof of the books", () => {
  const lies: [string, string, RegExp][] = [
    ["a settlement that was changed", "update settlements set resale = resale + 1", /differ/u],
    [
      "a counted day that was changed",
      "update usage_lines set charged = charged + 1",
      /otherwise/u,
    ],
    ["a counted day that is gone", "delete from usage_lines", /otherwise|differs/u],
    [
      "a settled movement that is gone",
      "delete from transfers where kind = 'wholesale'",
      /movements/u,
    ],
    ["a settlement that is gone", "delete from settlements", /not settled|movements/u],
  ];
  for (const [name, statement, why] of lies) {
    test(`finds ${name}`, async () => {
      assert.match(await withLie(statement), why);
    });
  }
});

/** Runs the proof over books with a lie in them, and takes the lie back. */
async function withLie(statement: string): Promise<string> {
  const tables = ["settlements", "usage_lines", "transfers", "wallets"];
  for (const table of tables)
    await world.pool.query(`create table kept_${table} as table ${table}`);
  try {
    await world.pool.query(statement);
    const report = await verifyBooks(world.pool);
    return report.resale.map(({ why }) => why).join("\n");
  } finally {
    for (const table of tables) {
      await world.pool.query(`truncate ${table}`);
      await world.pool.query(`insert into ${table} table kept_${table}`);
      await world.pool.query(`drop table kept_${table}`);
    }
  }
}
