import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { allocate } from "./allocate.ts";
import { topUp } from "./topup.ts";
import { verifyBooks } from "./verify.ts";

let world: GatewayWorld;
let reseller: BuiltAccount;
let customer: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  reseller = await world.account({ balance: 100n });
  customer = await world.account({ balance: 5n });
});
afterEach(async () => {
  const { wallets, messages, resale } = await verifyBooks(world.pool);
  assert.deepEqual({ wallets, messages, resale }, { wallets: [], messages: [], resale: [] });
});
after(() => world.close());

function handOn(amount: bigint, reference: string, given: { from?: string; to?: string } = {}) {
  const { from = reseller.accountId, to = customer.accountId } = given;
  const wish = { accountId: to, fromAccountId: from, reference, amount, note: "", createdBy: null };
  return allocate(world.shared, wish);
}

async function balances(): Promise<bigint[]> {
  return [await world.balance(reseller), await world.balance(customer)];
}

describe("money that a reseller hands on", () => {
  test("leaves its wallet as it reaches the customer's, under one cause and reference, at one moment", async () => {
    assert.deepEqual(await handOn(40n, "r-1"), { balance: 45n, repeated: false });
    assert.deepEqual(await balances(), [60n, 45n]);
    const { rows } = await world.pool.query(
      `select account_id, kind, amount::int, reference, at from transfers
       where cause_id = (select cause_id from topups where account_id = $1 and reference = 'r-1') order by kind`,
      [customer.accountId],
    );
    const at = new Date(world.time.nowMs);
    assert.deepEqual(rows, [
      { account_id: reseller.accountId, kind: "allocation", amount: 40, reference: "r-1", at },
      { account_id: customer.accountId, kind: "topup", amount: 40, reference: "r-1", at },
    ]);
  });

  test("may be all that it has, and not a cent more: then neither wallet nor reference is touched", async () => {
    await assert.rejects(handOn(101n, "r-2"), { code: "insufficient_balance", message: /0\.01/u });
    assert.deepEqual(await balances(), [100n, 5n]);
    assert.deepEqual(await handOn(100n, "r-2"), { balance: 105n, repeated: false });
    assert.deepEqual(await balances(), [0n, 105n]);
  });

  test("is handed on once for each reference, however many ask at once, also when nothing would be left for a second one", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => handOn(100n, "r-3")));
    assert.equal(answers.filter(({ repeated }) => !repeated).length, 1);
    assert.ok(answers.every(({ balance }) => balance === 105n));
    assert.deepEqual(await balances(), [0n, 105n]);
  });

  test("never falls below zero, however many references are asked for at once", async () => {
    const tries = Array.from({ length: 6 }, (_none, index) => handOn(30n, `many-${index}`));
    const settled = await Promise.allSettled(tries);
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 3);
    assert.deepEqual(await balances(), [10n, 95n]);
  });

  test("under a reference that was used otherwise is refused: for another amount, by somebody else, or by the operator", async () => {
    await handOn(10n, "r-4");
    await assert.rejects(handOn(11n, "r-4"), { code: "conflict", message: /r-4/u });
    const other = await world.account({ balance: 100n });
    await assert.rejects(handOn(10n, "r-4", { from: other.accountId }), { code: "conflict" });
    const { accountId } = customer;
    const paid = { accountId, reference: "bank", amount: 7n, note: "", createdBy: null };
    await topUp(world.shared, paid);
    await assert.rejects(handOn(7n, "bank"), { code: "conflict" });
    await assert.rejects(topUp(world.shared, { ...paid, reference: "r-4", amount: 10n }), {
      code: "conflict",
    });
    assert.deepEqual(await balances(), [90n, 22n]);
  });

  test("of nothing, of less, from nobody or for nobody is refused", async () => {
    await assert.rejects(handOn(0n, "zero"), { code: "invalid_request", message: /above zero/u });
    await assert.rejects(handOn(-1n, "less"), { code: "invalid_request" });
    const missing = { code: "not_found", message: /no such account/u };
    await assert.rejects(handOn(1n, "x", { to: randomUUID() }), missing);
    await assert.rejects(handOn(1n, "x", { from: randomUUID() }), missing);
    assert.deepEqual(await balances(), [100n, 5n]);
  });
});
