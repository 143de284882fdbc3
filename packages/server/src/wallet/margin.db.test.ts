import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { withTransaction } from "../storage/connect.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { type MarginGroup, reportMargin } from "./margin.ts";
import { postTransfers } from "./post.ts";

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

const ask = (accountId: string, groups: readonly MarginGroup[]) =>
  reportMargin(world.pool, {
    ...{ accountId, resellerId: null, from: "2026-11-01", to: "2026-12-01" },
    ...{ groups, perspective: "operator" },
  });

describe("a report of margin", () => {
  test("counts what was charged, given back and charged again, added up, in the order of its groups", async () => {
    const account = await world.account({ countries: ["CO", "MX"] });
    const { accountId } = account;
    await world.accept(account, { mobile: "525512345678" });
    const ids = [await world.accept(account), await world.accept(account)];
    world.time.nowMs += 1_000;
    const move = (causeId: string, kind: "refund" | "refund-reversal") =>
      withTransaction(world.pool, (sql) =>
        postTransfers(sql, [{ accountId, causeId, kind, amount: 0n }], new Date(world.time.nowMs)),
      );
    for (const id of ids) await move(id, "refund");
    await move(ids[0] ?? "", "refund-reversal");
    const lines = await ask(accountId, ["country"]);
    assert.deepEqual(
      lines.map(({ country, charged, refunded, reversed }) => [
        ...[country, charged, refunded, reversed],
      ]),
      [
        ["CO", 2, 2, 1],
        ["MX", 1, 0, 0],
      ],
    );
    world.time.nowMs += 86_400_000;
    await world.accept(account);
    const [sum, ...rest] = await ask(accountId, []);
    assert.deepEqual([sum?.charged, sum?.refunded, sum?.reversed, rest], [4, 2, 1, []]);
    assert.equal(sum?.revenue, 3n * 2_500_000n);
  });

  test("that would be too long is refused, never cut short", async () => {
    const { accountId } = await world.account();
    await world.pool.query(
      `insert into usage_lines (account_id, day, line, category, country, price, cost, charged, refunded, reversed)
       select $1, '2026-11-05', line, 'service', 'CO', 1, 0, 1, 0, 0 from generate_series(1, 200001) line`,
      [accountId],
    );
    await assert.rejects(ask(accountId, ["day"]), {
      code: "invalid_request",
      message: /fewer days/u,
    });
  });
});
