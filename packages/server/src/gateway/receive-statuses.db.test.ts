import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { withTransaction } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { type OwnedStatus, receiveStatuses } from "./receive-statuses.ts";

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

const UNKNOWN = "00000000-0000-7000-8000-000000000000";
const DAY_MS = 86_400_000;

function tell(
  account: BuiltAccount,
  item: Partial<OwnedStatus["item"]>,
  parkedAt: Date | null = null,
): OwnedStatus {
  const at = new Date(world.time.nowMs);
  const facts = { opaque: null, status: "delivered", at, failure: null, whatsappId: null } as const;
  return {
    accountId: account.accountId,
    item: {
      kind: "status",
      providerMessageId: "wamid.none",
      ...facts,
      ...item,
    } as OwnedStatus["item"],
    parkedAt,
  };
}

const receive = (...statuses: OwnedStatus[]) =>
  withTransaction(world.pool, async (sql) => {
    const deps = { ...world.shared };
    const followUp = await receiveStatuses(sql, deps, { statuses, nowMs: world.time.nowMs });
    await Promise.all(followUp.finish());
  });

async function parked({ accountId }: BuiltAccount): Promise<[number, number][]> {
  const { rows } = await world.pool.query(
    "select parked_at, retry_at from parked_statuses where account_id = $1 order by retry_at",
    [accountId],
  );
  const now = world.time.nowMs;
  return rows.map((row) => [now - row.parked_at.getTime(), row.retry_at.getTime() - now]);
}

describe("a status", () => {
  test("of a message that nobody knows yet is parked, by our id or the provider's; the others count", async () => {
    const account = await world.account();
    const id = await world.accept(account);
    await receive(
      tell(account, { opaque: UNKNOWN }),
      tell(account, { opaque: id, providerMessageId: "wamid.mine" }),
      tell(account, { opaque: "no id of ours", providerMessageId: "wamid.other" }),
    );
    assert.equal((await world.message(id)).status, "delivered");
    assert.deepEqual(await parked(account), [
      [0, 1_000],
      [0, 1_000],
    ]);
  });

  test("that waits is looked for after twice as long each time, for seven days", async () => {
    const account = await world.account();
    for (const ageMs of [500, 60_000, 7 * DAY_MS, 7 * DAY_MS + 1]) {
      const since = new Date(world.time.nowMs - ageMs);
      await receive(tell(account, { opaque: UNKNOWN }, since));
    }
    assert.deepEqual(await parked(account), [
      [500, 1_000],
      [60_000, 60_000],
      [7 * DAY_MS, 7 * DAY_MS],
    ]);
  });

  test("of failure without a reason has the code for WhatsApp's failures", async () => {
    const account = await world.account();
    const id = await world.accept(account);
    await receive(tell(account, { opaque: id, status: "failed" }));
    const { status, code, reason, refunded } = await world.message(id);
    assert.deepEqual([status, code, reason, refunded], ["failed", "402", "", true]);
  });
});
