import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { withTransaction } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { postTransfers } from "./post.ts";
import { topUp } from "./topup.ts";
import { verifyWallets } from "./verify.ts";

let world: GatewayWorld;
let account: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  account = await world.account({ balance: 10_000_000n });
});
afterEach(async () => {
  assert.deepEqual(await verifyWallets(world.pool), { wallets: [], messages: [] });
});
after(() => world.close());

function pay(amount: bigint, reference: string) {
  const { accountId } = account;
  return topUp(world.shared, { accountId, reference, amount, note: "", createdBy: null });
}

function move(causeId: string, kind: "refund" | "refund-reversal") {
  const wish = { accountId: account.accountId, causeId, kind, amount: 0n };
  return withTransaction(world.pool, (sql) =>
    postTransfers(sql, [wish], new Date(world.time.nowMs)).then(({ results }) => results),
  );
}

describe("a top-up", () => {
  test("is made once for each reference, however many ask at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => pay(5_000_001n, "bank-1")));
    assert.equal(answers.filter((answer) => !answer.repeated).length, 1);
    assert.ok(answers.every((answer) => answer.balance === 15_000_001n));
    assert.equal(await world.balance(account), 15_000_001n);
  });

  test("under a reference that was used for another amount is refused, and changes nothing", async () => {
    await pay(100n, "bank-2");
    await assert.rejects(pay(20_000n, "bank-2"), { code: "conflict", message: /bank-2.* 0\.01;/u });
    assert.equal(await world.balance(account), 10_000_100n);
  });

  test("of nothing, of less, or for nobody is refused", async () => {
    await assert.rejects(pay(0n, "zero"), { code: "invalid_request", message: /above zero/u });
    await assert.rejects(pay(-1n, "less"), { code: "invalid_request" });
    const nobody = { accountId: randomUUID(), reference: "x", note: "", createdBy: null };
    const missing = { code: "not_found", message: /no such account/u };
    await assert.rejects(topUp(world.shared, { ...nobody, amount: 1n }), missing);
  });

  test("of one account does not use up the reference of another", async () => {
    await pay(1n, "same");
    account = await world.account({ balance: 0n });
    assert.deepEqual(await pay(7n, "same"), { balance: 7n, repeated: false });
  });
});

describe("money under concurrency", () => {
  test("sends, refunds, reversals and top-ups at once leave every cent in its place", async () => {
    const ids = [];
    for (let index = 0; index < 3; index += 1) ids.push(await world.accept(account));
    await Promise.all([
      ...ids.flatMap((id) => [move(id, "refund"), move(id, "refund")]),
      ...Array.from({ length: 5 }, (_, index) => pay(3n, `c-${index}`)),
      world.accept(account),
    ]);
    assert.equal(await world.balance(account), 7_500_000n + 15n);
    await Promise.all(
      ids.flatMap((id) => [move(id, "refund-reversal"), move(id, "refund-reversal")]),
    );
    assert.equal(await world.balance(account), 15n);
  });

  test("a refund without its charge, and a reversal without its refund, move nothing; nor does no wish at all", async () => {
    const id = await world.accept(account);
    assert.deepEqual(await move(randomUUID(), "refund"), ["groundless"]);
    assert.deepEqual(await move(id, "refund-reversal"), ["groundless"]);
    const none = withTransaction(world.pool, (sql) => postTransfers(sql, [], new Date()));
    assert.deepEqual(await none, { results: [], moved: [] });
    assert.equal(await world.balance(account), 7_500_000n);
  });
});

describe("verifying", () => {
  const lies: [string, string, RegExp][] = [
    ["a balance that was changed", "update wallets set balance = balance + 1", /wallets/u],
    ["a charge that is gone", "delete from transfers where kind = 'charge'", /no charge/u],
    [
      "a charge of another amount",
      "update transfers set amount = amount + 1 where kind = 'charge'",
      /another amount/u,
    ],
    ["a failure without a refund", "update messages set status = 'failed'", /not refunded/u],
    [
      "a refund without a failure",
      `insert into transfers select account_id, cause_id, 'refund', 'sales', 'wallet', amount,
         balance_after, null, at from transfers where kind = 'charge'`,
      /refunded, not failed/u,
    ],
  ];
  for (const [name, statement, found] of lies) {
    test(`finds ${name}, and names its account`, async () => {
      const liar = await openGatewayWorld();
      try {
        const [cheated, honest] = [await liar.account(), await liar.account()];
        for (const one of [cheated, honest]) await liar.accept(one);
        const where = statement.includes("where") ? "and" : "where";
        await liar.pool.query(`${statement} ${where} account_id = '${cheated.accountId}'`);
        const text = JSON.stringify(await verifyWallets(liar.pool), (_key, value) =>
          typeof value === "bigint" ? String(value) : value,
        );
        assert.match(text, found);
        assert.ok(text.includes(cheated.accountId));
        assert.equal(text.includes(honest.accountId), false);
      } finally {
        await liar.close();
      }
    });
  }
});
