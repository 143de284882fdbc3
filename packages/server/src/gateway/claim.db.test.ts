import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { type Claim, claimMessages } from "./claim.ts";

let world: GatewayWorld;
let account: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  account = await world.account();
});
after(() => world.close());

const INSTANCE = "00000000-0000-7000-8000-000000000001";

async function claim(countMax: number): Promise<Claim> {
  const deps = { ...world.shared, instanceId: INSTANCE };
  const found = await claimMessages(deps, account, countMax);
  assert.ok(found);
  return found;
}

async function acceptMany(count: number, mobile?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push(await world.accept(account, { mobile: mobile ?? `57300${1_000_000 + index}` }));
  return ids;
}

const dueInMs = async (id: string) =>
  ((await world.message(id)).due_at?.getTime() ?? Number.NaN) - world.time.nowMs;

describe("a claim", () => {
  test("writes down each call under its process before it is made, with a lease of a minute", async () => {
    const [id = ""] = await acceptMany(1);
    const { calls, more } = await claim(5);
    assert.deepEqual(
      [calls.map(({ message }) => message.id), calls[0]?.leaseUntilMs, more],
      [[id], world.time.nowMs + 60_000, false],
    );
    const left = (calls[0]?.leaseUntilTick ?? 0) - performance.now();
    assert.ok(left > 0 && left <= 60_000);
    const { rows } = await world.pool.query(
      `select a.id, a.number, m.lane, m.owner, m.due_at from attempts a
       join messages m on m.account_id = a.account_id and m.id = a.message_id where a.message_id = $1`,
      [id],
    );
    const [row] = rows;
    assert.deepEqual(
      [row.id, row.number, row.lane, row.owner, row.due_at.getTime()],
      [calls[0]?.attemptId, 1, "calling", INSTANCE, world.time.nowMs + 60_000],
    );
  });

  test("says that there is more when it took all that it might, and not when the queue or the pace ended first", async () => {
    await acceptMany(3);
    assert.equal((await claim(2)).more, true);
    const last = await claim(2);
    assert.deepEqual([last.calls.length, last.more], [1, false]);
    assert.deepEqual((await claim(2)).calls, []);
    account = await world.account({ ratePerSecond: 10 });
    await acceptMany(5);
    const slow = await claim(5);
    assert.deepEqual([slow.calls.length, slow.more], [2, false]);
  });

  test("takes a fifth of a second's worth at once, one at least, and as much as the rate brings back", async () => {
    account = await world.account({ ratePerSecond: 11 });
    await acceptMany(12);
    const take = async (laterMs: number) => {
      world.time.nowMs += laterMs;
      return (await claim(12)).calls.length;
    };
    assert.deepEqual(
      [await take(0), await take(0), await take(100), await take(60_000)],
      [3, 0, 1, 3],
    );
    account = await world.account({ ratePerSecond: 1 });
    await acceptMany(2);
    assert.deepEqual([await take(0), await take(0), await take(1_000)], [1, 0, 1]);
  });

  test("of two processes whose clocks differ leaves no faster together than the number may", async () => {
    account = await world.account({ ratePerSecond: 10 });
    await acceptMany(40);
    const began = world.time.nowMs;
    let taken = 0;
    // A second in which both look every 50 ms, one of them 400 ms behind.
    for (let passedMs = 0; passedMs < 1_000; passedMs += 50) {
      for (const behindMs of [0, 400]) {
        world.time.nowMs = began + 1_000 + passedMs - behindMs;
        taken += (await claim(40)).calls.length;
      }
    }
    assert.ok(taken >= 10 && taken <= 12, `${taken} in a second`);
  });

  test("goes on at once after a clock that was far ahead was set right", async () => {
    account = await world.account({ ratePerSecond: 10 });
    await acceptMany(10);
    world.time.nowMs += 3_600_000;
    assert.equal((await claim(40)).calls.length, 2);
    world.time.nowMs -= 3_600_000;
    assert.equal((await claim(40)).calls.length, 0);
    world.time.nowMs += 200;
    assert.equal((await claim(40)).calls.length, 2);
  });

  test("lets each message to one person wait for those before it, no longer than it may live", async () => {
    const ids = await acceptMany(48, "573001112233");
    const doomed = ids[47] ?? "";
    await world.pool.query("update messages set deadline_at = $2 where id = $1", [
      doomed,
      new Date(world.time.nowMs + 7_000),
    ]);
    assert.equal((await claim(64)).calls.length, 45);
    const waits = await Promise.all(ids.slice(45).map(dueInMs));
    assert.deepEqual(
      waits.toSorted((left, right) => left - right),
      [6_000, 7_000, 12_000],
    );
    world.time.nowMs += 6_000;
    assert.equal(
      (await claim(64)).calls.length,
      1,
      "who was written to lately is known to the next claim",
    );
  });

  test("fails what is at its deadline and gives its money back, and takes what has a millisecond left", async () => {
    const before = await world.balance(account);
    const [late = "", timely = ""] = await acceptMany(2);
    for (const [id, leftMs] of [
      [late, 0],
      [timely, 1],
    ] as const) {
      await world.pool.query("update messages set deadline_at = $2 where id = $1", [
        id,
        new Date(world.time.nowMs + leftMs),
      ]);
    }
    const { calls } = await claim(5);
    assert.deepEqual(
      calls.map(({ message }) => message.id),
      [timely],
    );
    const failed = await world.message(late);
    assert.deepEqual([failed.status, failed.code, failed.refunded], ["failed", "402", true]);
    assert.match(failed.reason ?? "", /fecha límite/u);
    const { rows } = await world.pool.query(
      "select kind from events where message_id = $1 order by seq",
      [late],
    );
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ["accepted", "failed", "money"],
    );
    assert.equal(await world.balance(account), before - 2_500_000n);
  });

  test("moves what waits to the second number while the first one rests for more than five seconds", async () => {
    const second = await world.fallback(account, ["plain"]);
    const id = await world.accept(account, {
      idTemplate: String(account.templates.plain),
      message: undefined,
    });
    const rest = (forMs: number) =>
      world.pool.query("update channels set rest_until = $2 where id = $1", [
        account.channelId,
        new Date(world.time.nowMs + forMs),
      ]);
    const channelOf = async () => {
      const { rows } = await world.pool.query("select channel_id from messages where id = $1", [
        id,
      ]);
      return rows[0].channel_id;
    };
    await rest(5_000);
    assert.equal((await claim(5)).more, false);
    assert.equal(await channelOf(), account.channelId);
    await rest(5_001);
    const moved = await claim(5);
    assert.deepEqual([moved.calls, moved.more], [[], true]);
    assert.equal(await channelOf(), second.channelId);
  });

  test("takes nothing through a number that is inactive or rests, and nothing for nobody's number", async () => {
    const [id = ""] = await acceptMany(1);
    const set = (what: string) =>
      world.pool.query(
        `with changed as (update channels set ${what} where id = $1)
         update accounts set version = version + 1 where account_id = $2`,
        [account.channelId, account.accountId],
      );
    await set("state = 'inactive'");
    assert.deepEqual((await claim(5)).calls, []);
    await set(`state = 'active', rest_until = to_timestamp(${world.time.nowMs / 1_000 + 1})`);
    assert.deepEqual((await claim(5)).calls, []);
    assert.equal((await world.message(id)).lane, "queued");
    world.time.nowMs += 1_000;
    assert.equal((await claim(5)).calls.length, 1);
    const deps = { ...world.shared, instanceId: INSTANCE };
    const stranger = await world.account();
    const foreign = { accountId: account.accountId, channelId: stranger.channelId };
    assert.equal(await claimMessages(deps, foreign, 5), null);
  });
});
