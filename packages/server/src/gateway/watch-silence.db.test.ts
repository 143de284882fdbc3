import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { countAlarms } from "../storage/channel-alarms.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { watchSilence } from "./watch-silence.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
  world.time.nowMs = Date.UTC(2026, 10, 22, 15, 20);
});

after(() => world.close());

const watch = () => watchSilence(world.shared);

/** A person's message, received so long ago. */
async function receive(account: BuiltAccount, agoMs: number): Promise<void> {
  const atMs = world.time.nowMs - agoMs;
  await world.pool.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, source, status, accepted_at)
     values ($1, $2, 'in', $3, $4, '573001234567', 'service', 'text', 'ws', 'received', $5)`,
    [
      account.accountId,
      world.shared.ids.next(atMs),
      account.projectId,
      account.channelId,
      new Date(atMs),
    ],
  );
}

/** As if the job had counted for weeks: twenty an hour until `untilAgoMs`. */
async function receiveFor(account: BuiltAccount, untilAgoMs: number): Promise<void> {
  await world.pool.query(
    `insert into channel_hours select $1, $2, hour, 20 from generate_series($3::timestamptz, $4, '1 hour') as hour`,
    [
      account.accountId,
      account.channelId,
      new Date(Date.UTC(2026, 10, 1)),
      new Date(world.time.nowMs - untilAgoMs),
    ],
  );
}

async function eventsOf(account: BuiltAccount): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind from events where account_id = $1 and kind like 'channel.%' order by seq",
    [account.accountId],
  );
  return rows.map((row) => row.kind);
}

test("a number that falls silent raises one alarm, however often one looks, and a message ends it", async () => {
  const [silent, lively] = [await world.account(), await world.account()];
  await receiveFor(silent, 3 * HOUR_MS);
  await receiveFor(lively, 3 * HOUR_MS);
  await receive(lively, 5_000);
  assert.deepEqual(await watch(), { silent: 1, heard: 0 });
  assert.deepEqual(await watch(), { silent: 0, heard: 0 });
  assert.equal(await countAlarms(world.pool), 1);
  assert.deepEqual(await eventsOf(silent), ["channel.silent"]);
  assert.deepEqual(await eventsOf(lively), []);
  assert.ok(
    world.lines.some((line) => line.includes('"level":50') && line.includes("channel.silent")),
  );
  world.time.nowMs += 5 * HOUR_MS;
  assert.deepEqual((await watch()).heard, 0, "that time passes proves nothing");
  await receive(silent, 1_000);
  assert.equal((await watch()).heard, 1);
  assert.deepEqual(await eventsOf(silent), ["channel.silent", "channel.heard"]);
});

test("what is sent out does not count as received", async () => {
  const account = await world.account();
  await receiveFor(account, 3 * HOUR_MS);
  await world.accept(account);
  assert.equal((await watch()).silent, 1);
});

test("an alarm of a number that is switched off ends without a word", async () => {
  await world.pool.query("delete from channel_alarms");
  const account = await world.account();
  await receiveFor(account, 3 * HOUR_MS);
  await watch();
  const before = await countAlarms(world.pool);
  await world.pool.query("update channels set state = 'inactive' where account_id = $1", [
    account.accountId,
  ]);
  await watch();
  assert.equal(await countAlarms(world.pool), before - 1);
  assert.deepEqual(await eventsOf(account), ["channel.silent"]);
});

test("an alarm stays when nothing is expected any more: only a message ends it", async () => {
  const account = await world.account();
  await receiveFor(account, 3 * HOUR_MS);
  await watch();
  await world.pool.query("delete from channel_hours where account_id = $1", [account.accountId]);
  assert.equal((await watch()).heard, 0);
  assert.deepEqual(await eventsOf(account), ["channel.silent"]);
  await receive(account, HOUR_MS);
  assert.equal((await watch()).heard, 1);
});

test("two processes that look at the same moment raise one alarm", async () => {
  const account = await world.account();
  await receiveFor(account, 3 * HOUR_MS);
  await Promise.all([watch(), watch(), watch()]);
  assert.deepEqual(await eventsOf(account), ["channel.silent"]);
});

test("counts that nothing compares with any more are forgotten", async () => {
  world.time.nowMs += 40 * DAY_MS;
  await watch();
  const { rows } = await world.pool.query("select count(*)::int as count from channel_hours");
  assert.equal(rows[0].count, 0);
});
