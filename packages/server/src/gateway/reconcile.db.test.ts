import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { openCallMarker } from "../platform/call-marker.ts";
import { describeInstance, type Instance } from "../platform/instance.ts";
import { upsertInstance } from "../storage/instances.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { acceptCall, type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { applyChanges } from "./apply-changes.ts";
import { type ClaimedCall, claimMessages } from "./claim.ts";
import { createReconcileLane } from "./reconcile.ts";

let world: GatewayWorld;
let account: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  world.upstream.calls.length = 0;
  world.upstream.answer = acceptCall;
  account = await world.account();
});
afterEach(() => world.stopWorkers());
after(() => world.close());

const FULL = 10_000_000_000n;
const PRICE = 2_500_000n;
const LEASE_MS = 60_000;
const STUCK_MS = 600_000;
const UNKNOWN_MS = 3_600_000;

/** A process of this host that has been killed. */
async function killedProcess(): Promise<Instance> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  const { id, host, bootId } = describeInstance(world.shared.ids.next(world.time.nowMs));
  const dead = { id, host, bootId, pid: child.pid ?? 0, pidStart: "7" };
  child.kill("SIGKILL");
  await once(child, "exit");
  return dead;
}

/** What a process that died in the middle leaves: its claim, and a mark if it came so far. */
async function leaveCall(owner: Instance, marked: boolean): Promise<ClaimedCall> {
  await world.accept(account);
  await upsertInstance(world.pool, owner, new Date(world.time.nowMs));
  const deps = { ...world.shared, instanceId: owner.id };
  const claim = await claimMessages(deps, account, 1);
  const [call] = claim?.calls ?? [];
  assert.ok(call);
  const marker = openCallMarker(world.callsFolder, { bootId: owner.bootId, instanceId: owner.id });
  if (marked) marker.mark(call.attemptId);
  marker.close();
  return call;
}

async function fail(messageId: string, kind: "failed" | "delivered"): Promise<void> {
  const atMs = world.time.nowMs;
  const client = await world.pool.connect();
  try {
    await client.query("begin");
    await applyChanges(client, world.shared, {
      accountId: account.accountId,
      nowMs: atMs,
      changes: [
        {
          messageId,
          change:
            kind === "failed"
              ? { kind, atMs, code: "131026", reason: "no" }
              : { kind: "progress", status: kind, atMs, providerMessageId: "wamid.late" },
        },
      ],
    });
    await client.query("commit");
  } finally {
    client.release();
  }
}

describe("after a process was killed", () => {
  test("between the claim and the call, another makes the call, once", async () => {
    const { message } = await leaveCall(await killedProcess(), false);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "queued");
    worker.submit.start();
    await world.until(message.id, "awaiting");
    await worker.stop();
    assert.equal(world.upstream.calls.length, 1);
    assert.deepEqual(await world.attempts(message.id), ["not-made", "accepted"]);
  });

  test("after the mark, nobody makes the call again: its outcome is unknown", async () => {
    const { message } = await leaveCall(await killedProcess(), true);
    const worker = world.startWorker();
    worker.submit.start();
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "unknown");
    worker.submit.kick();
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal(world.upstream.calls.length, 0);
    assert.deepEqual(await world.attempts(message.id), ["unknown"]);
  });

  test("without its marks nothing is certain: unknown", async () => {
    const owner = await killedProcess();
    const { message } = await leaveCall({ ...owner, bootId: "" }, false);
    await upsertInstance(world.pool, owner, new Date(world.time.nowMs));
    await world.pool.query("update instances set boot_id = $2 where id = $1", [
      owner.id,
      owner.bootId,
    ]);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(message.id)).lane, "unknown");
  });

  test("before an earlier boot of this machine nothing is certain: unknown, whatever the marks say", async () => {
    const owner = { ...(await killedProcess()), bootId: "an-earlier-boot" };
    const { message } = await leaveCall(owner, false);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(message.id)).lane, "unknown");
  });

  test("two that clear up at once make the call once", async () => {
    const { message } = await leaveCall(await killedProcess(), false);
    const workers = [world.startWorker(), world.startWorker()];
    for (const worker of workers) worker.submit.start();
    await Promise.all(workers.map((worker) => worker.reconcileOnce()));
    for (const worker of workers) worker.submit.kick();
    await world.until(message.id, "awaiting");
    for (const worker of workers) await worker.stop();
    assert.equal(world.upstream.calls.length, 1);
  });

  test("it is forgotten, with its marks, once it owns nothing", async () => {
    const owner = await killedProcess();
    const { message } = await leaveCall(owner, false);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    await worker.reconcileOnce();
    const { rows } = await world.pool.query("select id from instances where id = $1", [owner.id]);
    assert.deepEqual(rows, []);
    assert.equal((await world.message(message.id)).lane, "queued");
    const files = readdirSync(world.callsFolder).map((file) => file.split(".")[1]);
    assert.equal(files.includes(owner.id), false, "its marks are gone");
    assert.ok(files.includes(worker.self.id), "those of who lives are not");
    await worker.stop();
  });
});

describe("a process that lives", () => {
  test("is remembered while it does, and on another host for a week of silence", async () => {
    const elsewhere = { ...world.startWorker().self, id: randomUUID(), host: "elsewhere" };
    const [one, two] = [world.startWorker(), world.startWorker()];
    await upsertInstance(world.pool, elsewhere, new Date(world.time.nowMs));
    for (const worker of [one, two, one]) await worker.reconcileOnce();
    const known = async () => {
      const ids = [one.self.id, two.self.id, elsewhere.id];
      const { rows } = await world.pool.query("select id from instances where id = any($1)", [ids]);
      return rows.length;
    };
    assert.equal(await known(), 3);
    world.time.nowMs += 7 * 86_400_000;
    await one.reconcileOnce();
    assert.equal(await known(), 3);
    world.time.nowMs += 1;
    await one.reconcileOnce();
    assert.equal(await known(), 1, "who was silent for longer is forgotten");
  });

  test("keeps its call while its lease lasts, marked or not", async () => {
    const other = describeInstance(world.shared.ids.next(world.time.nowMs));
    const { message } = await leaveCall(other, false);
    world.time.nowMs += LEASE_MS - 1;
    const worker = world.startWorker();
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(message.id)).lane, "calling");
  });

  test("keeps a marked call beyond its lease, until it counts as stuck; then it is unknown, never made again", async () => {
    const other = describeInstance(world.shared.ids.next(world.time.nowMs));
    const { message } = await leaveCall(other, true);
    const worker = world.startWorker();
    world.time.nowMs += LEASE_MS + 1;
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "calling");
    world.time.nowMs += STUCK_MS;
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "unknown");
    await worker.stop();
  });

  test("on another host loses its call with the lease: unknown, since nobody can look at its marks", async () => {
    const self = describeInstance(world.shared.ids.next(world.time.nowMs));
    const other = { ...self, host: "elsewhere", bootId: "elsewhere" };
    const { message } = await leaveCall(other, false);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "calling");
    world.time.nowMs += LEASE_MS;
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(message.id)).lane, "unknown");
  });
});

test("one account whose messages cannot be decided keeps nobody else's waiting", async () => {
  const owner = await killedProcess();
  const accounts = [account, await world.account(), await world.account()].toSorted((one, other) =>
    one.accountId < other.accountId ? -1 : 1,
  );
  const called: string[] = [];
  const waiting: string[] = [];
  for (const each of accounts) {
    account = each;
    called.push((await leaveCall(owner, true)).message.id);
    waiting.push(await world.accept(each));
  }
  const sick = accounts[0]?.accountId;
  await world.pool.query("delete from counters where account_id = $1", [sick]);
  const worker = world.startWorker();
  const states = async (ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const { lane, status } = await world.message(id);
        return lane ?? status;
      }),
    );
  await worker.reconcileOnce();
  assert.deepEqual(await states(called), ["calling", "unknown", "unknown"]);
  const overdue = "update messages set lane = 'unknown', due_at = $2 where id = $1";
  await world.pool.query(overdue, [called[0], new Date(world.time.nowMs)]);
  world.time.nowMs += UNKNOWN_MS;
  await worker.reconcileOnce();
  assert.deepEqual(await states(called), ["unknown", "failed", "failed"]);
  world.time.nowMs += 13 * 3_600_000;
  await worker.reconcileOnce();
  await worker.stop();
  assert.deepEqual(await states(waiting), ["queued", "failed", "failed"]);
  await world.pool.query("update messages set lane = null where account_id = $1", [sick]);
});

describe("what nobody decides in time", () => {
  async function unknownMessage() {
    const { message } = await leaveCall(await killedProcess(), true);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    assert.equal((await world.message(message.id)).lane, "unknown");
    return { id: message.id, worker };
  }

  test("an unknown outcome is given up after its patience: failed, refunded, with a reason that says so", async () => {
    const { id, worker } = await unknownMessage();
    world.time.nowMs += UNKNOWN_MS - 1;
    await worker.reconcileOnce();
    assert.equal((await world.message(id)).lane, "unknown");
    world.time.nowMs += 1;
    await worker.reconcileOnce();
    await worker.reconcileOnce();
    await worker.stop();
    const message = await world.message(id);
    assert.deepEqual([message.status, message.code, message.refunded], ["failed", "402", true]);
    assert.match(message.reason ?? "", /No se sabe/u);
    assert.equal(await world.balance(account), FULL);
  });

  test("the patience begins when the outcome is written down as unknown, not when the look began", async () => {
    const { message } = await leaveCall(await killedProcess(), true);
    const self = describeInstance(world.shared.ids.next(world.time.nowMs));
    const { callsFolder } = world;
    // The process stands still after it has begun to look.
    const isDead = ({ id }: Instance) => {
      world.time.nowMs += 30_000;
      return id !== self.id;
    };
    const deps = { ...world.shared, instanceId: self.id, self, callsFolder, isDead };
    const sleepy = createReconcileLane({ ...deps, holds: () => false });
    sleepy.start();
    await sleepy.stop();
    assert.equal((await world.message(message.id)).lane, "unknown");
    const worker = world.startWorker();
    world.time.nowMs += UNKNOWN_MS - 1;
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(message.id)).lane, "unknown");
  });

  test("a delivery that is reported after that takes the refund back, once", async () => {
    const { id, worker } = await unknownMessage();
    world.time.nowMs += UNKNOWN_MS;
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal(await world.balance(account), FULL);
    await fail(id, "delivered");
    await fail(id, "delivered");
    await fail(id, "failed");
    assert.equal((await world.message(id)).status, "delivered");
    assert.equal(await world.balance(account), FULL - PRICE);
  });

  test("an unknown outcome is given up at the deadline when that comes first", async () => {
    await world.pool.query("update projects set deadline_s = $2 where account_id = $1", [
      account.accountId,
      { service: 300 },
    ]);
    await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
      account.accountId,
    ]);
    const { id, worker } = await unknownMessage();
    world.time.nowMs += 300_000;
    await worker.reconcileOnce();
    await worker.stop();
    assert.equal((await world.message(id)).status, "failed");
  });

  test("a message handed over and never confirmed fails at its deadline, refunded", async () => {
    const id = await world.accept(account);
    const worker = world.startWorker();
    worker.submit.start();
    await world.until(id, "awaiting");
    world.time.nowMs += 13 * 3_600_000;
    await worker.reconcileOnce();
    await worker.stop();
    const message = await world.message(id);
    assert.deepEqual([message.status, message.refunded], ["failed", true]);
    assert.match(message.reason ?? "", /no confirmó/u);
    assert.equal(await world.balance(account), FULL);
  });

  for (const [state, change] of [
    ["an inactive number", "state = 'inactive'"],
    ["a number that rests", "rest_until = '2099-01-01'"],
  ]) {
    test(`a message of ${state} fails at its deadline, refunded, though nothing may leave`, async () => {
      const id = await world.accept(account);
      await world.pool.query(`update channels set ${change} where account_id = $1`, [
        account.accountId,
      ]);
      await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
        account.accountId,
      ]);
      const worker = world.startWorker();
      await worker.submitOnce();
      await worker.reconcileOnce();
      assert.equal((await world.message(id)).lane, "queued");
      world.time.nowMs += 13 * 3_600_000;
      await worker.submitOnce();
      await worker.reconcileOnce();
      await worker.stop();
      assert.equal((await world.message(id)).status, "failed");
      assert.equal(world.upstream.calls.length, 0);
      assert.equal(await world.balance(account), FULL);
    });
  }

  test("a message that somebody held when its deadline came fails in the next round, not a minute later", async () => {
    const id = await world.accept(account);
    await world.pool.query("update channels set state = 'inactive' where account_id = $1", [
      account.accountId,
    ]);
    const worker = world.startWorker();
    await worker.reconcileOnce();
    world.time.nowMs += 13 * 3_600_000;
    const holder = await world.pool.connect();
    try {
      await holder.query("begin");
      await holder.query("select 1 from messages where id = $1 for update", [id]);
      await worker.reconcileOnce();
      assert.equal((await world.message(id)).lane, "queued");
      await holder.query("rollback");
    } finally {
      holder.release();
    }
    await worker.reconcileOnce();
    assert.equal((await world.message(id)).status, "failed");
    assert.equal(await world.balance(account), FULL);
  });
});
