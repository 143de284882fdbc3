import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MeteredMoney } from "../platform/metrics.ts";
import { forgetSince, withTransaction } from "../storage/connect.ts";
import { beginItem, undoItem } from "../storage/journal.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { applyChanges } from "./apply-changes.ts";

let world: GatewayWorld;
before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

test("money is counted once it has moved for good, not when its transaction is undone, whole or in part", async () => {
  const account = await world.account();
  const { accountId } = account;
  const messageId = await world.accept(account);
  const counted: MeteredMoney[] = [];
  const fail = async (sql: Parameters<typeof applyChanges>[0]) => {
    const nowMs = world.time.nowMs;
    const change = { kind: "failed", atMs: nowMs, code: "470", reason: "x" } as const;
    const deps = { ...world.shared, onMoney: (money: MeteredMoney) => counted.push(money) };
    const wanted = { accountId, changes: [{ messageId, change }], nowMs };
    await Promise.all((await applyChanges(sql, deps, wanted)).finish());
  };
  const undone = withTransaction(world.pool, async (sql) => {
    await fail(sql);
    throw new Error("after all");
  });
  await assert.rejects(undone);
  await withTransaction(world.pool, async (sql) => {
    await beginItem(sql);
    const forget = forgetSince(sql);
    await fail(sql);
    await undoItem(sql);
    forget();
  });
  assert.deepEqual(counted, []);
  await withTransaction(world.pool, fail);
  assert.deepEqual(
    counted.map(({ movement }) => movement),
    ["refund"],
  );
});
