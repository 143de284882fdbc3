import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browseLedger } from "../accounts/browse.ts";
import { withTransaction } from "../storage/connect.ts";
import type { TransferView } from "../storage/ledger-queries.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { postTransfers } from "./post.ts";
import { topUp } from "./topup.ts";
import { verifyWallets } from "./verify.ts";

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

/** Gives these messages back in one transaction, by a clock that goes `behindMs` after ours. */
function giveBack(account: BuiltAccount, ids: readonly string[], behindMs = 0): Promise<unknown> {
  const { accountId } = account;
  const wishes = ids.map((causeId) => ({
    ...({ accountId, causeId, kind: "refund", amount: 0n } as const),
  }));
  const at = new Date(world.time.nowMs - behindMs);
  return withTransaction(world.pool, (sql) => postTransfers(sql, wishes, at));
}

async function readLedger(account: BuiltAccount, limit: number): Promise<TransferView[]> {
  const rows: TransferView[] = [];
  let cursor: string | undefined;
  do {
    const page = await browseLedger(world.pool, account.accountId, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

test("the ledger reads in the order in which the balance moved, within one millisecond and by clocks that differ", async () => {
  const account = await world.account({ balance: 0n });
  const { accountId } = account;
  const pay = (reference: string) =>
    topUp(world.shared, { accountId, reference, amount: 50_000_000n, note: "", createdBy: null });
  await pay("first");
  const ids: string[] = [];
  for (let index = 0; index < 6; index += 1) ids.push(await world.accept(account));
  await giveBack(account, ids.slice(0, 4).toReversed());
  const more = await Promise.all(Array.from({ length: 6 }, () => world.accept(account)));
  await pay("second");
  await giveBack(account, more.slice(0, 3), 900);
  ids.push(await world.accept(account));
  world.time.nowMs += 5;
  await giveBack(account, [...ids.slice(4, 6), ...more.slice(3)], 2_000);
  for (const limit of [1, 4, 100]) {
    const all = (await readLedger(account, limit)).reverse();
    // The account was made with nothing, by the database's clock.
    const rows = all.filter(({ amount }) => amount > 0n);
    assert.equal(rows.length, 2 + 13 + 4 + 3 + 5);
    let balance = 0n;
    for (const row of rows) {
      balance += row.credit === "wallet" ? row.amount : -row.amount;
      assert.equal(row.balanceAfter, balance);
    }
  }
  const rows = (await readLedger(account, 100)).filter(({ amount }) => amount > 0n);
  const moments = rows.map(({ at }) => at.getTime());
  assert.ok(moments.every((at) => Math.abs(at - world.time.nowMs) <= 3_000));
  assert.deepEqual((await verifyWallets(world.pool)).wallets, []);
});

test("a clock that was once far ahead is not followed", async () => {
  const account = await world.account({ balance: 10_000_000n });
  const aheadMs = 86_400_000;
  await world.pool.query("update wallets set updated_at = $2 where account_id = $1", [
    account.accountId,
    new Date(world.time.nowMs + aheadMs),
  ]);
  const id = await world.accept(account);
  await giveBack(account, [id]);
  const rows = await readLedger(account, 10);
  const moments = rows.filter(({ kind }) => kind !== "topup").map(({ at }) => at.getTime());
  assert.deepEqual(moments, [world.time.nowMs, world.time.nowMs]);
});
