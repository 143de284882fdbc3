import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type BuiltAccount, buildTemplate } from "../testkit/build-account.ts";
import { acceptCall, type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { verifyWallets } from "../wallet/verify.ts";
import { cancelMessage } from "./cancel.ts";
import type { ApiSendRequest } from "./send-request.ts";

let world: GatewayWorld;
let account: BuiltAccount;
let tokenHash: string;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  world.upstream.answer = acceptCall;
  world.upstream.calls.length = 0;
  account = await world.account();
  const hash = createHash("sha256").update(randomUUID()).digest();
  tokenHash = hash.toString("hex");
  await world.pool.query(
    `insert into tokens (hash, id, account_id, kind, scopes, label, hint, created_at)
     values ($1, gen_random_uuid(), $2, 'api', '{messages:write}', 'test', 'xxxx', now())`,
    [hash, account.accountId],
  );
  await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
    account.accountId,
  ]);
});
afterEach(() => world.stopWorkers());
after(() => world.close());

const FULL = 10_000_000_000n;
const HOUR_MS = 3_600_000;

async function schedule(fields: Partial<ApiSendRequest> = {}): Promise<string> {
  const answer = await world.acceptance.send({
    source: "v1",
    tokenHash,
    mobile: "573001234567",
    projectId: null,
    template: null,
    text: "hola",
    variables: [],
    customField: "",
    mediaName: "",
    media: null,
    sendAtMs: world.time.nowMs + HOUR_MS,
    validForMs: null,
    ...fields,
  });
  assert.ok(answer.code === 1, JSON.stringify(answer));
  return answer.messageId;
}

function cancel(id: string): Promise<void> {
  const { accountId } = account;
  return cancelMessage(world.shared, { accountId, id });
}

describe("a scheduled message", () => {
  test("is not handed over before its hour, and is at it", async () => {
    const id = await schedule();
    const now = await world.accept(account, { mobile: "573001234568" });
    const worker = world.startWorker();
    worker.submit.start();
    await world.until(now, "awaiting");
    assert.equal((await world.message(id)).lane, "queued");
    world.time.nowMs += HOUR_MS;
    worker.submit.kick();
    await world.until(id, "awaiting");
    assert.equal(world.upstream.calls.length, 2);
  });

  test("lives from its hour on, as long as it was said to be valid", async () => {
    const id = await schedule({ validForMs: 60_000 });
    const { rows } = await world.pool.query("select deadline_at from messages where id = $1", [id]);
    assert.equal(rows[0].deadline_at.getTime(), world.time.nowMs + HOUR_MS + 60_000);
    const worker = world.startWorker();
    worker.submit.start();
    world.time.nowMs += HOUR_MS + 60_000;
    worker.submit.kick();
    const late = await world.until(id, "failed");
    assert.deepEqual([late.code, late.refunded], ["402", true]);
    assert.equal(world.upstream.calls.length, 0);
  });

  test("asked for in the past leaves at once", async () => {
    const id = await schedule({ sendAtMs: world.time.nowMs - HOUR_MS });
    const worker = world.startWorker();
    worker.submit.start();
    await world.until(id, "awaiting");
  });
});

describe("cancelling", () => {
  test("ends a waiting message, refunds it once however often it is asked, and it is never handed over", async () => {
    const id = await schedule();
    await cancel(id);
    await cancel(id);
    const { status, lane, refunded } = await world.message(id);
    assert.deepEqual(
      { status, lane, refunded },
      { status: "cancelled", lane: null, refunded: true },
    );
    assert.equal(await world.balance(account), FULL);
    const worker = world.startWorker();
    worker.submit.start();
    world.time.nowMs += HOUR_MS;
    const next = await world.accept(account, { mobile: "573001234568" });
    worker.submit.kick();
    await world.until(next, "awaiting");
    assert.deepEqual(
      world.upstream.calls.map((call) => call.opaque),
      [next],
    );
    const report = await verifyWallets(world.pool);
    assert.deepEqual([report.wallets, report.messages], [[], []]);
  });

  test("comes too late once the message is being handed over, and changes nothing then", async () => {
    const id = await world.accept(account);
    const worker = world.startWorker();
    worker.submit.start();
    await world.until(id, "awaiting");
    await assert.rejects(cancel(id), { code: "not_cancellable" });
    assert.equal((await world.message(id)).status, "submitted");
    assert.ok((await world.balance(account)) < FULL);
  });

  test("and handing over at the same moment leave one of the two, never both", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 30; index += 1) {
      ids.push(
        await world.accept(account, { mobile: `5730012340${String(index).padStart(2, "0")}` }),
      );
    }
    const worker = world.startWorker();
    worker.submit.start();
    const outcomes = await Promise.allSettled(ids.map((id) => cancel(id)));
    const called = new Set<string>();
    for (const [index, id] of ids.entries()) {
      const cancelled = outcomes[index]?.status === "fulfilled";
      await world.until(id, cancelled ? "cancelled" : "awaiting");
      if (!cancelled) called.add(id);
    }
    assert.deepEqual(new Set(world.upstream.calls.map((call) => call.opaque)), called);
    assert.equal(await world.balance(account), FULL - 2_500_000n * BigInt(called.size));
  });

  test("frees the person's place under the marketing cap", async () => {
    await buildTemplate(world.pool, account, { name: "offer", category: "marketing" });
    const offer = { text: null, template: { number: account.templates.offer ?? 0 } };
    const place = (sendAtMs: number) =>
      schedule({ ...offer, sendAtMs, customField: `${sendAtMs}` });
    const first = await place(world.time.nowMs + HOUR_MS);
    world.time.nowMs += 61_000;
    await place(world.time.nowMs + HOUR_MS);
    world.time.nowMs += 61_000;
    await assert.rejects(place(world.time.nowMs + HOUR_MS), /10/);
    await cancel(first);
    await place(world.time.nowMs + HOUR_MS);
  });
});
