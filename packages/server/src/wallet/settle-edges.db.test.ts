import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { settleDays } from "./settle.ts";
import { verifyBooks } from "./verify.ts";

/* A customer pays 250 a message, or nothing; its reseller pays the operator what a test says. */

const NOON_MS = Date.UTC(2026, 10, 22, 12);
const NEXT_DAY_MS = Date.UTC(2026, 10, 23, 2);

let world: GatewayWorld;
let reseller: BuiltAccount;
let customer: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  world.time.nowMs = NOON_MS;
  await build({ wholesale: 250n, price: 250n });
});
afterEach(async () => {
  const { wallets, resale } = await verifyBooks(world.pool);
  assert.deepEqual({ wallets, resale }, { wallets: [], resale: [] });
});
after(() => world.close());

/** In whole units. The reseller's wallet is empty. */
async function build({ wholesale, price }: { wholesale: bigint; price: bigint }) {
  reseller = await world.account({ balance: 0n, price: wholesale * 10_000n });
  customer = await world.account({ price: price * 10_000n });
  await setParent(customer);
}

async function setParent({ accountId }: BuiltAccount): Promise<void> {
  await world.pool.query("update accounts set parent_id = $2 where account_id = $1", [
    accountId,
    reseller.accountId,
  ]);
  await world.pool.query(
    "update accounts set created_at = '2026-11-20' where account_id in ($1, $2)",
    [accountId, reseller.accountId],
  );
}

const settle = (nowMs = NEXT_DAY_MS) =>
  settleDays({ ...world.shared, clock: { now: () => nowMs } });

async function progressOf({ accountId }: BuiltAccount): Promise<string[]> {
  const { rows } = await world.pool.query(
    `select to_char(counted_until, 'MM-DD') as counted, to_char(settled_until, 'MM-DD') as settled
     from usage_progress where account_id = $1`,
    [accountId],
  );
  return [rows[0].counted, rows[0].settled];
}

async function movements(): Promise<[string, bigint, string | null][]> {
  const { rows } = await world.pool.query(
    `select kind, amount / 10000 as amount, reference from transfers
     where account_id = $1 and kind in ('resale', 'wholesale') order by kind`,
    [reseller.accountId],
  );
  return rows.map(({ kind, amount, reference }) => [kind, amount, reference]);
}

const setProgress = (part: "counted_until" | "settled_until", of: BuiltAccount, day: string) =>
  world.pool.query(`update usage_progress set ${part} = $2 where account_id = $1`, [
    of.accountId,
    day,
  ]);

/** A reseller with its customer. */
type Family = Record<"reseller" | "customer", BuiltAccount>;

/** Two of them, of which `who` of the first is looked at before that of the second. */
async function buildTwo(who: keyof Family): Promise<[Family, Family]> {
  const first = { reseller, customer };
  await build({ wholesale: 250n, price: 250n });
  const second = { reseller, customer };
  for (const family of [first, second]) await world.accept(family.customer);
  return first[who].accountId < second[who].accountId ? [first, second] : [second, first];
}

describe("trouble with one account", () => {
  const cases = [
    { who: "customer", table: "usage_progress", what: "cannot be counted" },
    { who: "reseller", table: "settlements", what: "cannot be settled" },
  ] as const;
  for (const { who, table, what } of cases) {
    test(`whose day ${what} keeps nobody else's open, and is over with its cause`, async () => {
      const [stuck, other] = await buildTwo(who);
      const { accountId } = stuck[who];
      await refuseRows(world.pool, { accountId, table }, async () => {
        assert.equal((await settle()).days, 1);
      });
      assert.deepEqual(await progressOf(other.reseller), ["11-23", "11-23"]);
      assert.deepEqual(await progressOf(stuck.reseller), ["11-23", "11-20"]);
      assert.equal((await settle()).days, 1);
      assert.deepEqual(await progressOf(stuck.reseller), ["11-23", "11-23"]);
    });
  }
});

describe("a settled day", () => {
  test("is named in both of its movements", async () => {
    await world.accept(customer);
    await settle();
    assert.deepEqual(await movements(), [
      ["resale", 250n, "settlement 2026-11-22"],
      ["wholesale", 250n, "settlement 2026-11-22"],
    ]);
  });

  test("on which one side moved nothing has no movement of that side, and none at all when both did", async () => {
    await build({ wholesale: 100n, price: 0n });
    await world.accept(customer);
    assert.deepEqual((await settle()).days, 1);
    assert.deepEqual(await movements(), [["wholesale", 100n, "settlement 2026-11-22"]]);
    await build({ wholesale: 0n, price: 0n });
    await world.accept(customer);
    assert.deepEqual(await settle(), { days: 1, belowZero: [] });
    assert.deepEqual(await movements(), []);
  });

  test("tells of a reseller that is below zero on the day that did it, and not of an empty wallet", async () => {
    await world.accept(customer);
    assert.deepEqual(await settle(), { days: 1, belowZero: [] });
    await build({ wholesale: 300n, price: 250n });
    await world.accept(customer);
    assert.deepEqual((await settle()).belowZero, [reseller.accountId]);
    assert.deepEqual(await settle(NEXT_DAY_MS + 86_400_000), { days: 0, belowZero: [] });
  });

  test("is not settled again though its reseller's progress was set back", async () => {
    await world.accept(customer);
    await settle();
    await setProgress("settled_until", reseller, "2026-11-20");
    await settle();
    assert.equal((await movements()).length, 2);
    assert.equal(await world.balance(reseller), 0n);
  });
});

describe("progress", () => {
  test("is not turned back by a process whose clock is behind", async () => {
    await settle(NEXT_DAY_MS + 2 * 86_400_000);
    await settle();
    assert.deepEqual(await progressOf(customer), ["11-25", "11-20"]);
    assert.deepEqual(await progressOf(reseller), ["11-25", "11-25"]);
  });

  test("goes no further than the clock of who settles, though customers were counted further", async () => {
    await settle();
    await setProgress("counted_until", customer, "2026-11-30");
    await settle(NEXT_DAY_MS + 86_400_000);
    assert.deepEqual(await progressOf(reseller), ["11-24", "11-24"]);
  });

  test("waits for a customer that came while the others were counted, and is not turned back when another was quicker", async () => {
    await settle();
    const holder = await world.pool.connect();
    try {
      await holder.query("begin");
      await holder.query("select from usage_progress where account_id = $1 for update", [
        customer.accountId,
      ]);
      const settling = settle(NEXT_DAY_MS + 2 * 86_400_000);
      await untilBlocked();
      await world.pool.query(
        `insert into accounts (account_id, name, countries, parent_id, created_at)
         values ('00000000-0000-4000-8000-000000000000', 'late', '{CO}', $1, '2026-11-24')`,
        [reseller.accountId],
      );
      await holder.query(
        "update usage_progress set counted_until = '2026-11-29' where account_id = $1",
        [customer.accountId],
      );
      await holder.query("commit");
      await settling;
    } finally {
      holder.release();
    }
    assert.deepEqual(await progressOf(customer), ["11-29", "11-20"]);
    assert.deepEqual(await progressOf(reseller), ["11-25", "11-24"]);
  });

  test("of every account moves on, however many there are", async () => {
    const { rowCount } = await world.pool.query(
      `insert into accounts (account_id, name, countries, created_at)
       select gen_random_uuid(), 'many', '{CO}', '2026-11-20' from generate_series(1, 501)`,
    );
    await settle();
    const { rows } = await world.pool.query(
      `select count(*)::int as count from usage_progress join accounts using (account_id)
       where name = 'many' and counted_until = '2026-11-23'`,
    );
    assert.equal(rows[0].count, rowCount);
  });
});

async function untilBlocked(): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    const { rowCount } = await world.pool.query(
      `select from pg_stat_activity
       where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
    );
    if (rowCount === 1) return;
    await sleep(10);
  }
  throw new Error("nobody waits");
}
