import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { BuiltAccount } from "../testkit/build-account.ts";
import {
  acceptCall,
  cutCall,
  type GatewayWorld,
  openGatewayWorld,
  refuseCall,
  type Worker,
} from "../testkit/gateway-world.ts";

let world: GatewayWorld;
let worker: Worker;
let account: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  world.upstream.answer = acceptCall;
  world.upstream.calls.length = 0;
  account = await world.account();
  worker = world.startWorker();
  worker.submit.start();
});
afterEach(() => world.stopWorkers());
after(() => world.close());

const PRICE = 2_500_000n;
const FULL = 10_000_000_000n;

async function untilRefused(id: string): Promise<void> {
  for (let look = 0; (await world.attempts(id))[0] !== "refused"; look += 1) {
    assert.ok(look < 500, `nobody refused ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("handing over", () => {
  test("an accepted message is called once, with its id sent along, and awaits news until its deadline", async () => {
    const id = await world.accept(account);
    worker.submit.kick();
    const message = await world.until(id, "awaiting");
    assert.equal(message.status, "submitted");
    assert.equal(message.provider_message_id, `wamid.${id}`);
    assert.equal(message.due_at?.getTime(), world.time.nowMs + 13 * 3_600_000);
    assert.deepEqual(
      world.upstream.calls.map((call) => call.opaque),
      [id],
    );
    assert.deepEqual(await world.attempts(id), ["accepted"]);
    assert.equal(await world.balance(account), FULL - PRICE);
  });

  test("a hundred messages of several accounts are called exactly once each", async () => {
    const others = [account, await world.account(), await world.account()];
    const ids: string[] = [];
    for (let index = 0; index < 100; index += 1) {
      const mobile = `57300${String(1_000_000 + index)}`;
      ids.push(await world.accept(others[index % 3] ?? account, { mobile }));
    }
    const second = world.startWorker();
    second.submit.start();
    for (const id of ids) {
      worker.submit.kick();
      second.submit.kick();
      world.time.nowMs += 10;
      await world.until(id, "awaiting");
    }
    await second.stop();
    assert.deepEqual(world.upstream.calls.map((call) => call.opaque).toSorted(), ids.toSorted());
  });

  test("a refusal for good fails and refunds it in full, with the upstream's code", async () => {
    world.upstream.answer = refuseCall(400, { code: 131026, message: "(#131026) undeliverable" });
    const id = await world.accept(account);
    worker.submit.kick();
    const message = await world.until(id, "failed");
    assert.deepEqual([message.code, message.refunded], ["131026", true]);
    assert.equal(await world.balance(account), FULL);
    assert.deepEqual(await world.attempts(id), ["refused"]);
  });

  test("a refusal for now is tried again after a pause, at the same price", async () => {
    world.upstream.answer = refuseCall(500, { code: 131000, message: "something went wrong" });
    const id = await world.accept(account);
    worker.submit.kick();
    await untilRefused(id);
    const waiting = await world.until(id, "queued");
    assert.ok((waiting.due_at?.getTime() ?? 0) > world.time.nowMs);
    world.upstream.answer = acceptCall;
    worker.submit.kick();
    world.time.nowMs += 10_000;
    worker.submit.kick();
    await world.until(id, "awaiting");
    assert.deepEqual(await world.attempts(id), ["refused", "accepted"]);
    assert.equal(await world.balance(account), FULL - PRICE);
  });

  test("a call cut after it was written is unknown and never made again", async () => {
    world.upstream.answer = cutCall;
    const id = await world.accept(account);
    worker.submit.kick();
    const message = await world.until(id, "unknown");
    assert.equal(message.status, "accepted");
    world.upstream.answer = acceptCall;
    for (let round = 0; round < 5; round += 1) {
      world.time.nowMs += 100_000;
      worker.submit.kick();
      await worker.reconcileOnce();
    }
    assert.equal(world.upstream.calls.length, 1);
    assert.equal(await world.balance(account), FULL - PRICE, "not refunded before it is given up");
  });

  test("nobody listening is certainly not made: it stays in the queue until its deadline, then is refunded", async () => {
    const alone = await world.account({ baseUrl: "http://127.0.0.1:9" });
    const id = await world.accept(alone);
    worker.submit.kick();
    await untilRefused(id);
    assert.equal((await world.until(id, "queued")).refunded, false);
    world.time.nowMs += 13 * 3_600_000;
    worker.submit.kick();
    const message = await world.until(id, "failed");
    assert.match(message.reason ?? "", /fecha límite/u);
    assert.equal(await world.balance(alone), FULL);
  });

  test("credentials that do not open cost no message: it is tried again, not lost", async () => {
    const sealed = await world.account({ credentials: () => Buffer.alloc(40, 1) });
    const id = await world.accept(sealed);
    worker.submit.kick();
    await untilRefused(id);
    const message = await world.until(id, "queued");
    assert.deepEqual([message.status, message.refunded], ["accepted", false]);
    assert.equal(world.upstream.calls.length, 0);
  });

  test("a message whose template is gone fails, refunded, and no call is made", async () => {
    const idTemplate = String(account.templates.plain);
    const id = await world.accept(account, { idTemplate, message: undefined });
    await world.pool.query("delete from templates where account_id = $1 and name = 'plain'", [
      account.accountId,
    ]);
    await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
      account.accountId,
    ]);
    worker.submit.kick();
    const { code, reason, refunded } = await world.until(id, "failed");
    assert.deepEqual([code, refunded, world.upstream.calls.length], ["402", true, 0]);
    assert.match(reason ?? "", /ya no existe/u);
    assert.equal(await world.balance(account), FULL);
  });

  test("words that the database cannot store cost neither the message nor its neighbours their outcome", async () => {
    world.upstream.answer = (call, response) => {
      if (call.to !== "573000000666") return acceptCall(call, response);
      response.writeHead(400);
      response.end(
        '{"error":{"code":131999,"message":"half a \\ud83d character","is_transient":false}}',
      );
    };
    const poison = await world.accept(account, { mobile: "573000000666" });
    const neighbour = await world.accept(account);
    worker.submit.kick();
    await world.until(neighbour, "awaiting");
    assert.equal((await world.until(poison, "failed")).code, "131999");
    assert.equal(await world.balance(account), FULL - PRICE);
  });

  test("a number that is asked to rest leaves its other messages in the queue until then", async () => {
    world.upstream.answer = refuseCall(400, { code: 80007, message: "rate limit" });
    const first = await world.accept(account);
    worker.submit.kick();
    await world.until(first, "queued");
    await untilRefused(first);
    world.upstream.answer = acceptCall;
    const second = await world.accept(account, { mobile: "573007654321" });
    worker.submit.kick();
    const other = await world.account();
    const third = await world.accept(other);
    worker.submit.kick();
    await world.until(third, "awaiting");
    assert.equal((await world.message(second)).lane, "queued", "others go on, this number rests");
    world.time.nowMs += 60_000;
    worker.submit.kick();
    await world.until(second, "awaiting");
    await world.until(first, "awaiting");
  });

  test("one person gets a burst of 45 and then one message in six seconds", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 47; index += 1) ids.push(await world.accept(account));
    for (const id of ids.slice(0, 45)) {
      for (let look = 0; (await world.message(id)).lane !== "awaiting"; look += 1) {
        assert.ok(look < 500, `${id} was not called`);
        worker.submit.kick();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    // A round that begins after all of them, and ends.
    const stranger = await world.accept(await world.account());
    worker.submit.kick();
    await world.until(stranger, "awaiting");
    const waits = [await world.message(ids[45] ?? ""), await world.message(ids[46] ?? "")];
    assert.deepEqual(
      waits.map((message) => message.lane),
      ["queued", "queued"],
    );
    world.time.nowMs += 6_000;
    worker.submit.kick();
    await world.until(ids[45] ?? "", "awaiting");
    assert.equal(world.upstream.calls.length, 47);
  });

  test("the access token is in no line of the log, whatever goes wrong", () => {
    assert.equal(world.lines.join("").includes("EAAtoken"), false);
  });
});
