import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { withTransaction } from "../storage/connect.ts";
import { holdRestored } from "../storage/restored-messages.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { verifyWallets } from "../wallet/verify.ts";
import { applyChanges } from "./apply-changes.ts";
import { findRestored, settleRestored } from "./restored-messages.ts";

let world: GatewayWorld;
before(async () => {
  world = await openGatewayWorld();
});
after(async () => {
  const { wallets, messages } = await verifyWallets(world.pool);
  assert.deepEqual([wallets, messages], [[], []]);
  await world.close();
});

const FULL = 10_000_000_000n;

/** As a restore does, for whatever waits. */
async function hold(): Promise<void> {
  const at = new Date(world.time.nowMs);
  const until = new Date(world.time.nowMs + 86_400_000);
  await withTransaction(world.pool, (sql) =>
    holdRestored(sql, { at, until, giveUpCallsAt: until }),
  );
}

const settle = (action: "release" | "fail", accountId: string | null) =>
  settleRestored(world.shared, { action, accountId });

async function held({ accountId }: BuiltAccount): Promise<number> {
  const found = await findRestored(world.shared);
  return found.find((one) => one.accountId === accountId)?.count ?? 0;
}

async function eventsOf(messageId: string): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind from events where message_id = $1 order by seq",
    [messageId],
  );
  return rows.map((row) => row.kind);
}

describe("what waited when a backup was made", () => {
  test("leaves once it is released, once however many decide, and none of another account's", async () => {
    const [account, other] = [await world.account(), await world.account()];
    const ids = [await world.accept(account), await world.accept(account)];
    const stranger = await world.accept(other);
    await hold();
    assert.deepEqual([await held(account), await held(other)], [2, 1]);
    const { accountId } = account;
    const counts = await Promise.all([1, 2, 3].map(() => settle("release", accountId)));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      2,
    );
    for (const id of ids) {
      assert.equal((await world.message(id)).lane, "queued");
      assert.deepEqual(await eventsOf(id), ["accepted", "released"]);
    }
    assert.deepEqual([await held(account), await held(other)], [0, 1]);
    assert.equal((await world.message(stranger)).lane, "unknown");
    assert.equal(await settle("release", accountId), 0);
    await settle("fail", null);
    assert.equal((await world.message(stranger)).status, "failed");
    assert.equal(
      (await world.message(ids[0] ?? "")).lane,
      "queued",
      "what was released is settled",
    );
  });

  test("is given back once when it is given up, even if two do at once", async () => {
    const account = await world.account();
    const id = await world.accept(account);
    await hold();
    const { accountId } = account;
    await Promise.all([settle("fail", accountId), settle("fail", accountId)]);
    const { status, lane, code, refunded } = await world.message(id);
    assert.deepEqual([status, lane, code, refunded], ["failed", null, "402", true]);
    assert.equal(await world.balance(account), FULL);
    assert.deepEqual(await eventsOf(id), ["accepted", "failed", "money"]);
    assert.equal(await settle("release", accountId), 0);
    assert.equal((await world.message(id)).status, "failed");
  });

  test("and of which WhatsApp told meanwhile is neither sent again nor given back", async () => {
    const account = await world.account();
    const { accountId } = account;
    const [told, waits] = [await world.accept(account), await world.accept(account)];
    await hold();
    await withTransaction(world.pool, async (sql) => {
      const nowMs = world.time.nowMs;
      const facts = { atMs: nowMs, providerMessageId: "wamid.1" };
      const change = { kind: "progress", status: "delivered", ...facts } as const;
      const changes = [{ messageId: told, change }];
      await Promise.all(
        (await applyChanges(sql, world.shared, { accountId, changes, nowMs })).finish(),
      );
    });
    assert.equal(await held(account), 1);
    assert.equal(await settle("release", accountId), 1);
    const message = await world.message(told);
    assert.deepEqual([message.status, message.lane, message.refunded], ["delivered", null, false]);
    assert.equal((await world.message(waits)).lane, "queued");
    const left = await world.pool.query("select 1 from restored_messages where account_id = $1", [
      accountId,
    ]);
    assert.equal(left.rows.length, 0);
  });
});
