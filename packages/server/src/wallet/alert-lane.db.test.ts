import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lane } from "../platform/lane.ts";
import { insertAlert } from "../storage/balance-alerts.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { createAlertLane } from "./alert-lane.ts";

let world: GatewayWorld;
let lane: Lane;
let tellings = 0;
let looks = 0;

before(async () => {
  world = await openGatewayWorld();
  const clock = {
    now() {
      looks += 1;
      return world.time.nowMs;
    },
  };
  lane = createAlertLane({ ...world.shared, clock, onTold: () => (tellings += 1) });
});
after(() => world.close());

/** An account whose balance is below each of its alerts, of which nobody has been told. */
async function buildPoor(alerts: number): Promise<BuiltAccount> {
  const account = await world.account({ balance: 10_000n });
  for (let index = 0; index < alerts; index += 1) {
    await insertAlert(world.pool, {
      accountId: account.accountId,
      id: world.shared.ids.next(world.time.nowMs),
      ...{ threshold: 20_000n, rearmAt: 30_000n, webhook: true, language: "es" },
      ...{ emails: ["ana@example.com"], createdAt: new Date(world.time.nowMs) },
    });
  }
  return account;
}

async function lookOnce(): Promise<void> {
  lane.start();
  await lane.stop();
}

async function countHeard({ accountId }: BuiltAccount): Promise<number> {
  const { rowCount } = await world.pool.query(
    "select from events where account_id = $1 and kind = 'balance.low'",
    [accountId],
  );
  return rowCount ?? 0;
}

const countLines = () => world.lines.filter((line) => line.includes('"balance.low"'));

describe("the lane that tells of low balances", () => {
  test("wakes who delivers when it put something on its way, and not otherwise", async () => {
    tellings = 0;
    await lookOnce();
    assert.deepEqual([tellings, countLines()], [0, []]);
    await buildPoor(2);
    await lookOnce();
    assert.equal(tellings, 1);
    assert.match(countLines().join(), /"alerts":2\b/u);
    await lookOnce();
    assert.equal(tellings, 1);
  });

  test("looks again at once while more alerts wait than it tells of at a time, and then rests", async () => {
    const account = await buildPoor(101);
    lane.start();
    for (let look = 0; (await countHeard(account)) < 101; look += 1) {
      assert.ok(look < 500, "the last one was not told");
      await sleep(10);
    }
    for (let look = 0; look < 20; look += 1) await countHeard(account);
    const looked = looks;
    for (let look = 0; look < 20; look += 1) await countHeard(account);
    await lane.stop();
    assert.equal(looks, looked);
  });

  test("tells the others while one account cannot be told, and that one later", async () => {
    const accounts: BuiltAccount[] = [];
    for (let index = 0; index < 4; index += 1) accounts.push(await buildPoor(1));
    const [stuck, ...others] = accounts.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    assert.ok(stuck);
    const { accountId } = stuck;
    const heard = async () => {
      await lookOnce();
      return Promise.all([...others, stuck].map(countHeard));
    };
    await refuseRows(world.pool, { accountId, table: "mail_outbox" }, async () => {
      assert.deepEqual(await heard(), [1, 1, 1, 0]);
    });
    assert.deepEqual(await heard(), [1, 1, 1, 1]);
  });

  test("writes in a mail when the balance fell, however late the mail is", async () => {
    const account = await buildPoor(1);
    const fellAt = new Date(world.time.nowMs - 3_600_000);
    await world.pool.query(
      `update balance_alerts set state = 'fired', fired_at = $2, fired_balance = 10000
       where account_id = $1`,
      [account.accountId, fellAt],
    );
    await lookOnce();
    const { rows } = await world.pool.query("select body from mail_outbox where account_id = $1", [
      account.accountId,
    ]);
    assert.match(rows[0].body, new RegExp(fellAt.toISOString(), "u"));
  });
});
