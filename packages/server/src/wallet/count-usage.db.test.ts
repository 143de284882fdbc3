import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { countUsage } from "./count-usage.ts";

const DAY = { from: "2026-11-22", to: "2026-11-23" };

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

describe("the count of a day", () => {
  test("has every movement once, however many pages of them there are, also of one moment", async () => {
    const { accountId } = await world.account();
    await world.pool.query(
      `insert into transfers
       select $1, gen_random_uuid(), 'charge', 'wallet', 'sales', 7, 0, null, timestamptz '2026-11-22 12:00Z'
       from generate_series(1, 10001)`,
      [accountId],
    );
    const lines = await countUsage(world.pool, { accountId, parentId: null }, DAY);
    assert.deepEqual(
      lines.map(({ day, charged, price }) => [day, charged, price]),
      [["2026-11-22", 10_001, 7n]],
    );
  });

  test("of an account without a reseller owes nobody, and costs nothing where no price was written down", async () => {
    const account = await world.account();
    const { accountId } = account;
    await world.accept(account);
    const direct = await countUsage(world.pool, { accountId, parentId: null }, DAY);
    assert.deepEqual(
      direct.map(({ wholesale, cost, charged }) => [wholesale, cost, charged]),
      [[null, 0n, 1]],
    );
    await world.pool.query(
      "delete from prices where price_book_id = (select price_book_id from accounts where account_id = $1)",
      [accountId],
    );
    assert.deepEqual(await countUsage(world.pool, { accountId, parentId: null }, DAY), direct);
  });
});
