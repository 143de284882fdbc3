import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ERASED_MOBILE } from "../domain/erased.ts";
import type { MeteredMoney } from "../platform/metrics.ts";
import { forgetSince, withTransaction } from "../storage/connect.ts";
import { beginItem, undoItem } from "../storage/journal.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { applyChanges, type WantedChange } from "./apply-changes.ts";

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

describe("what happens to a message", () => {
  const at = () => world.time.nowMs;
  const failed = (): Change => ({ kind: "failed", atMs: at(), code: "470", reason: "x" });
  const delivered = (): Change => ({
    ...{ kind: "progress", status: "delivered", atMs: at() },
    providerMessageId: "wamid.1",
  });
  const apply = (
    accountId: string,
    changes: readonly WantedChange[],
    counted: MeteredMoney[] = [],
  ) =>
    withTransaction(world.pool, async (sql) => {
      const deps = { ...world.shared, onMoney: (money: MeteredMoney) => counted.push(money) };
      const applied = await applyChanges(sql, deps, { accountId, changes, nowMs: at() });
      await Promise.all(applied.finish());
      return applied;
    });
  const campaignOf = async (accountId: string) => {
    const { rows } = await world.pool.query(
      "select accepted::int, failed::int, cancelled::int, refunded::int from campaigns where account_id = $1",
      [accountId],
    );
    const [row] = rows;
    return [row.accepted, row.failed, row.cancelled, row.refunded];
  };

  test("is counted by its campaign once, however often it is told, and taken back when it is", async () => {
    const account = await world.account();
    const { accountId } = account;
    const messageId = await world.acceptApi(account, { text: "hola", campaign: "navidad" });
    const change = failed();
    await apply(accountId, [
      { messageId, change },
      { messageId, change },
    ]);
    await apply(accountId, [{ messageId, change: failed() }]);
    assert.deepEqual(await campaignOf(accountId), [1, 1, 0, 2_500_000]);
    const counted: MeteredMoney[] = [];
    await apply(accountId, [{ messageId, change: delivered() }], counted);
    assert.deepEqual(await campaignOf(accountId), [1, 0, 0, 0]);
    assert.deepEqual(counted, [
      { movement: "refund-reversal", currency: "COP", amount: 2_500_000n },
    ]);
    const other = await world.acceptApi(account, { text: "adiós", campaign: "navidad" });
    await apply(accountId, [{ messageId: other, change: { kind: "cancelled", atMs: at() } }]);
    assert.deepEqual(await campaignOf(accountId), [2, 0, 1, 2_500_000]);
  });

  test("is marked as not told where it comes too late to be, and nowhere else", async () => {
    const account = await world.account();
    const { accountId } = account;
    const messageId = await world.accept(account);
    await apply(accountId, [{ messageId, change: delivered() }]);
    const sent: Change = { ...delivered(), status: "sent" } as Change;
    await apply(accountId, [{ messageId, change: sent }]);
    const other = await world.accept(account);
    await apply(accountId, [{ messageId: other, change: failed() }]);
    const { rows } = await world.pool.query(
      `select kind, data->>'quiet' as quiet from events
       where account_id = $1 and kind <> 'accepted' order by seq`,
      [accountId],
    );
    assert.deepEqual(
      rows.map(({ kind, quiet }) => [kind, quiet]),
      [
        ["delivered", null],
        ["sent", "true"],
        ["failed", null],
        ["money", null],
      ],
    );
  });

  test("of a person whose data were erased is noted as a step, with no data, and told to nobody", async () => {
    const account = await world.account();
    const { accountId } = account;
    const messageId = await world.accept(account);
    await world.pool.query("update messages set mobile = $2 where id = $1", [
      ...[messageId, ERASED_MOBILE],
    ]);
    await world.pool.query(
      `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
       values ($1, gen_random_uuid(), $2, 'https://integrator.example/', '', now())`,
      [accountId, account.projectId],
    );
    const { deliveries } = await apply(accountId, [{ messageId, change: delivered() }]);
    assert.equal(deliveries, 0);
    assert.equal((await world.message(messageId)).status, "delivered");
    const { rows } = await world.pool.query(
      "select kind, data, at from events where account_id = $1 and kind <> 'accepted'",
      [accountId],
    );
    assert.deepEqual(rows, [{ kind: "delivered", data: { quiet: "true" }, at: new Date(at()) }]);
    const other = await world.accept(account);
    const told = await apply(accountId, [{ messageId: other, change: delivered() }]);
    assert.equal(told.deliveries, 1);
  });

  test("that is not there is answered as missing, and costs the others nothing", async () => {
    const account = await world.account();
    const messageId = await world.accept(account);
    const stranger = await world.accept(await world.account());
    const unknown = "00000000-0000-7000-8000-000000000000";
    const changes = [unknown, messageId, stranger].map((id) => ({
      messageId: id,
      change: failed(),
    }));
    const { missing } = await apply(account.accountId, changes);
    assert.deepEqual(missing, [unknown, stranger]);
    assert.equal((await world.message(messageId)).status, "failed");
    assert.equal((await world.message(stranger)).status, "accepted");
  });
});

type Change = WantedChange["change"];
