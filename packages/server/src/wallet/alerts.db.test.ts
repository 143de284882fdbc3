import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type AlertWish, createAlert, removeAlert } from "../accounts/balance-alerts.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createAlertLane } from "./alert-lane.ts";
import { topUp } from "./topup.ts";

const UNIT = 10_000n;
const PRICE = 100n * UNIT;

let world: GatewayWorld;
let lookOnce: () => Promise<void>;
let told = 0;

before(async () => {
  world = await openGatewayWorld();
  const lane = createAlertLane({ ...world.shared, onTold: () => (told += 1) });
  lookOnce = async () => {
    lane.start();
    await lane.stop();
  };
});
after(() => world.close());

const operator = () => ({ ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) });

const rich = () => world.account({ balance: 1_000n * UNIT, price: PRICE });

function alertAt(account: BuiltAccount, threshold: bigint, more: Partial<AlertWish> = {}) {
  const wish = { webhook: true, emails: [], language: "es", ...more } as const;
  return createAlert(operator(), {
    accountId: account.accountId,
    threshold: threshold * UNIT,
    ...wish,
  });
}

async function send(account: BuiltAccount, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => world.accept(account)));
}

let references = 0;
async function pay(account: BuiltAccount, amount: bigint): Promise<void> {
  references += 1;
  const topup = {
    accountId: account.accountId,
    reference: `r${references}`,
    note: "",
    createdBy: null,
  };
  await topUp(world.shared, { ...topup, amount: amount * UNIT });
}

async function heard(account: BuiltAccount): Promise<[string, string][]> {
  const { rows } = await world.pool.query(
    "select data from events where account_id = $1 and kind = 'balance.low' order by seq",
    [account.accountId],
  );
  return rows.map(({ data }) => [data.threshold, data.balance]);
}

describe("an alert", () => {
  test("fires once when the balance falls below it, however often it is spent from then on", async () => {
    const account = await rich();
    await alertAt(account, 800n);
    await send(account, 2);
    await lookOnce();
    assert.deepEqual(await heard(account), []);
    await send(account, 1);
    await lookOnce();
    await send(account, 3);
    await lookOnce();
    assert.deepEqual(await heard(account), [["800.00", "700.00"]]);
  });

  test("of several each speaks for itself, in one group of sends too", async () => {
    const account = await rich();
    for (const threshold of [900n, 500n, 100n]) await alertAt(account, threshold);
    await send(account, 6);
    await lookOnce();
    const thresholds = (await heard(account)).map(([threshold]) => threshold);
    assert.deepEqual(thresholds.sort(), ["500.00", "900.00"]);
  });

  test("does not speak again while the balance moves around it, and does after it has risen enough", async () => {
    const account = await rich();
    await alertAt(account, 800n, { rearmAt: 950n * UNIT });
    await send(account, 3);
    await lookOnce();
    for (let round = 0; round < 3; round += 1) {
      await pay(account, 200n);
      await lookOnce();
      await send(account, 2);
      await lookOnce();
    }
    assert.equal((await heard(account)).length, 1);
    await pay(account, 300n);
    await lookOnce();
    await send(account, 3);
    await lookOnce();
    assert.equal((await heard(account)).length, 2);
  });

  test("misses no fall, though nobody looked while the balance was high", async () => {
    const account = await rich();
    await alertAt(account, 800n);
    await send(account, 3);
    await lookOnce();
    await pay(account, 300n);
    await send(account, 1);
    await send(account, 3);
    await pay(account, 1_000n);
    await lookOnce();
    assert.equal((await heard(account)).length, 2);
  });

  test("finds a balance that fell by another way than a send, or was low from the start", async () => {
    const account = await rich();
    await alertAt(account, 5_000n);
    await alertAt(account, 500n);
    await lookOnce();
    assert.deepEqual(await heard(account), [["5000.00", "1000.00"]]);
    await world.pool.query("update wallets set balance = $2 where account_id = $1", [
      account.accountId,
      -UNIT,
    ]);
    await lookOnce();
    await lookOnce();
    assert.deepEqual(await heard(account), [
      ["5000.00", "1000.00"],
      ["500.00", "-1.00"],
    ]);
  });

  test("writes its mails in its language, once, whoever looks at the same time", async () => {
    const account = await rich();
    await alertAt(account, 950n, {
      webhook: false,
      emails: ["Ana@Example.com", "ana@example.com"],
    });
    await alertAt(account, 920n, { webhook: false, emails: ["bob@example.com"], language: "en" });
    await send(account, 1);
    const before = told;
    const other = createAlertLane({ ...world.shared, onTold: () => {} });
    other.start();
    await Promise.all([lookOnce(), lookOnce(), other.stop()]);
    assert.ok(told >= before);
    const { rows } = await world.pool.query(
      "select recipient, subject from mail_outbox where account_id = $1 order by recipient",
      [account.accountId],
    );
    assert.deepEqual(rows, [
      { recipient: "ana@example.com", subject: "Saldo bajo: 900.00 COP en test" },
      { recipient: "bob@example.com", subject: "Low balance: 900.00 COP in test" },
    ]);
    assert.deepEqual(await heard(account), []);
  });

  test("that is removed says nothing, and there are twenty at most", async () => {
    const account = await rich();
    const alert = await alertAt(account, 950n);
    await removeAlert(operator(), alert);
    await send(account, 1);
    await lookOnce();
    assert.deepEqual(await heard(account), []);
    const many = Array.from({ length: 30 }, () =>
      alertAt(account, 1n).then(
        () => 1,
        () => 0,
      ),
    );
    const made = await Promise.all(many);
    assert.equal(made.filter(Boolean).length, 20);
  });
});
