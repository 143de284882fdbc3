import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type CallMarker, openCallMarker } from "../platform/call-marker.ts";
import { describeInstance } from "../platform/instance.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { acceptCall, type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createSubmitLane, type SubmitLane } from "./submit.ts";

/* Calls that the upstream does not answer hold their places until a test lets them go. */

let world: GatewayWorld;
let marker: CallMarker;
let http: ReturnType<typeof createUpstreamHttp>;
let folder: string;
let submit: SubmitLane;
let letGo: (() => void)[] = [];
const outcomes: { kind: string; provider: string; durationMs: number }[] = [];

before(async () => {
  world = await openGatewayWorld();
  http = createUpstreamHttp({ connectionsMax: 300, connectTimeoutMs: 2_000 });
  folder = mkdtempSync(join(tmpdir(), "recado-share-"));
});
beforeEach(() => {
  world.upstream.calls.length = 0;
  outcomes.length = 0;
  world.upstream.answer = (call, response) => {
    letGo.push(() => acceptCall(call, response));
  };
});
afterEach(async () => {
  world.upstream.answer = acceptCall;
  for (const go of letGo) go();
  letGo = [];
  await submit.drain();
  marker.close();
  // What one test leaves waiting would take the next one's places.
  await world.pool.query("update messages set lane = null, due_at = null where lane is not null");
});
after(async () => {
  await http.close();
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

function open(concurrency: number): void {
  const self = describeInstance(world.shared.ids.next(world.time.nowMs));
  marker = openCallMarker(folder, { bootId: self.bootId, instanceId: self.id });
  submit = createSubmitLane({
    ...world.shared,
    ...{ http, marker, concurrency, instanceId: self.id },
    onOutcome: (outcome) => void outcomes.push(outcome),
  });
  submit.lane.start();
}

const acceptMany = (account: BuiltAccount, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_none, index) =>
      world.accept(account, { mobile: `57300${1_000_000 + index}` }),
    ),
  );

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let look = 0; !holds(); look += 1) {
    assert.ok(look < 1_000, `${what}: ${world.upstream.calls.length} calls`);
    submit.lane.kick();
    await sleep(10);
  }
}

describe("the places for calls", () => {
  test("are never all taken by one account's hanging calls: a quarter is kept for who has little under way", async () => {
    const [hanging, other] = [await world.account(), await world.account()];
    const hold = world.upstream.answer;
    world.upstream.answer = acceptCall;
    await acceptMany(other, 20);
    open(256);
    await until("calls that ended", () => outcomes.length === 20 && submit.inFlight() === 0);
    world.upstream.answer = hold;
    outcomes.length = 0;
    world.upstream.calls.length = 0;
    await acceptMany(hanging, 260);
    await until("three quarters", () => submit.inFlight() >= 192);
    await acceptMany(other, 20);
    await until("the other's", () => submit.inFlight() >= 212);
    await until("all calls", () => world.upstream.calls.length >= 212);
    const own = world.upstream.calls.filter((call) => call.numberId === hanging.numberId);
    assert.deepEqual([own.length, submit.inFlight()], [192, 212]);
    assert.equal(outcomes.length, 0);
  });

  test("are shared evenly by the accounts, however many numbers each has", async () => {
    const [one, two] = [await world.account(), await world.account()];
    const second = await world.fallback(one);
    await acceptMany(one, 6);
    await world.pool.query(
      `update messages set channel_id = $2
       where id in (select id from messages where account_id = $1 order by id limit 3)`,
      [one.accountId, second.channelId],
    );
    await acceptMany(two, 3);
    open(2);
    await until("two calls", () => world.upstream.calls.length >= 2);
    const numbers = world.upstream.calls.map((call) => call.numberId);
    assert.equal(numbers.length, 2);
    assert.ok(numbers.includes(two.numberId));
  });

  test("are shared by all numbers that wait, and filled again as calls end, each told with its time", async () => {
    const accounts = [await world.account(), await world.account(), await world.account()];
    for (const account of accounts) await acceptMany(account, 3);
    open(3);
    await until("three calls", () => world.upstream.calls.length >= 3);
    assert.equal(new Set(world.upstream.calls.map((call) => call.numberId)).size, 3);
    world.time.nowMs += 1_500;
    for (const go of letGo.splice(0)) go();
    await until("three more", () => world.upstream.calls.length >= 6);
    assert.deepEqual(
      outcomes,
      Array.from({ length: 3 }, () => ({
        ...{ kind: "accepted", provider: "meta-cloud", durationMs: 1_500 },
      })),
    );
  });

  test("are given back before a lane has drained, with what became of each call written down", async () => {
    const account = await world.account();
    const [id] = await acceptMany(account, 1);
    open(3);
    await until("the call", () => letGo.length === 1);
    assert.deepEqual([submit.inFlight(), (await world.message(id ?? "")).lane], [1, "calling"]);
    const { rows } = await world.pool.query("select id from attempts where message_id = $1", [id]);
    assert.equal(submit.holds(rows[0].id), true, "nobody may judge a call that is under way");
    let hasDrained = false;
    const draining = submit.drain().then(() => {
      hasDrained = true;
    });
    const later = await world.accept(account);
    submit.lane.kick();
    assert.equal((await world.message(later)).lane, "queued");
    assert.equal(hasDrained, false);
    for (const go of letGo.splice(0)) go();
    await draining;
    assert.deepEqual([submit.inFlight(), (await world.message(id ?? "")).lane], [0, "awaiting"]);
    assert.equal((await world.message(later)).lane, "queued");
    assert.equal(submit.holds(rows[0].id), false);
  });
});
