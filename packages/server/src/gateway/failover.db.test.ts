import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReferredMessage, SendExtras } from "../domain/session-content.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import {
  acceptCall,
  cutCall,
  type GatewayWorld,
  openGatewayWorld,
  refuseCall,
  type UpstreamAnswer,
  type Worker,
} from "../testkit/gateway-world.ts";

const MOBILE = "573001234567";

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

/** The first number answers so, every other accepts. */
function firstAnswers(answer: UpstreamAnswer): void {
  world.upstream.answer = (call, response) =>
    (call.numberId === account.numberId ? answer : acceptCall)(call, response);
}

const sendPlain = () => world.accept(account, { idTemplate: String(account.templates.plain) });
const numbers = () => world.upstream.calls.map((call) => call.numberId);
const LOCKED = refuseCall(403, { code: 131031, message: "account locked" });

/** Sends as `/v1` does, with what only it can say. */
function sendBy(wish: { text?: string; extras: Partial<SendExtras> }): Promise<string> {
  const nothing = { session: null, referred: null, payloads: [], place: null };
  return world.acceptApi(account, {
    text: wish.text ?? null,
    extras: { ...nothing, ...wish.extras },
  });
}

/** The person has written to both numbers; what the first one heard. */
async function heardByBoth(secondId: string): Promise<ReferredMessage> {
  await world.hear(account, { channelId: secondId, mobile: MOBILE });
  const { channelId } = account;
  const { id, providerMessageId } = await world.hear(account, { channelId, mobile: MOBILE });
  return { id, channelId, mobile: MOBILE, providerMessageId };
}

async function eventsOf(id: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ kind: string }>(
    "select kind from events where message_id = $1 order by seq",
    [id],
  );
  return rows.map((row) => row.kind);
}

test("what the first number refused for its own sake leaves through the second, paid once", async () => {
  const second = await world.fallback(account, ["plain"]);
  const before = await world.balance(account);
  firstAnswers(LOCKED);
  const id = await sendPlain();
  worker.submit.kick();
  const message = await world.until(id, "awaiting");
  assert.equal(message.status, "submitted");
  assert.deepEqual(numbers(), [account.numberId, second.numberId]);
  assert.deepEqual(await world.attempts(id), ["refused", "accepted"]);
  assert.deepEqual(await eventsOf(id), ["accepted", "failover", "submitted"]);
  assert.equal(before - (await world.balance(account)), 2_500_000n);
});

test("an unknown outcome never goes to the second number", async () => {
  await world.fallback(account, ["plain"]);
  firstAnswers(cutCall);
  const id = await sendPlain();
  worker.submit.kick();
  await world.until(id, "unknown");
  assert.deepEqual(numbers(), [account.numberId]);
});

test("the person's trouble fails at once: it would be the same there", async () => {
  await world.fallback(account, ["plain"]);
  firstAnswers(refuseCall(400, { code: 131026, message: "undeliverable" }));
  const id = await sendPlain();
  worker.submit.kick();
  await world.until(id, "failed");
  assert.deepEqual(numbers(), [account.numberId]);
});

test("a template that does not exist at the second number stays with the first", async () => {
  await world.fallback(account, []);
  firstAnswers(LOCKED);
  const id = await sendPlain();
  worker.submit.kick();
  await world.until(id, "failed");
  assert.deepEqual(numbers(), [account.numberId]);
});

test("refused by both, it fails and is refunded once", async () => {
  const second = await world.fallback(account, ["plain"]);
  const before = await world.balance(account);
  world.upstream.answer = LOCKED;
  const id = await sendPlain();
  worker.submit.kick();
  const message = await world.until(id, "failed");
  assert.equal(message.code, "131031");
  assert.deepEqual(numbers(), [account.numberId, second.numberId]);
  assert.equal(await world.balance(account), before);
});

test("a passing fault is tried at the first number twice before the second", async () => {
  const second = await world.fallback(account, ["plain"]);
  firstAnswers(refuseCall(500, { code: 131000, message: "something went wrong" }));
  const id = await sendPlain();
  worker.submit.kick();
  while (!(await eventsOf(id)).includes("retry")) await sleep(10);
  world.time.nowMs += 10_000;
  worker.submit.kick();
  await world.until(id, "awaiting");
  assert.deepEqual(numbers(), [account.numberId, account.numberId, second.numberId]);
});

test("free text goes to the second number only while the person's window with it is open", async () => {
  const second = await world.fallback(account);
  firstAnswers(LOCKED);
  const shut = await world.accept(account, { mobile: "573001112233" });
  worker.submit.kick();
  await world.until(shut, "failed");
  await world.hear(account, { channelId: second.channelId, mobile: "573004445566" });
  const open = await world.accept(account, { mobile: "573004445566" });
  worker.submit.kick();
  await world.until(open, "awaiting");
  assert.deepEqual(numbers(), [account.numberId, account.numberId, second.numberId]);
});

test("a quote leaves through the second number without what it quotes: that is not in its chat", async () => {
  const second = await world.fallback(account);
  firstAnswers(LOCKED);
  const referred = await heardByBoth(second.channelId);
  const id = await sendBy({ text: "sí, a las 10", extras: { referred } });
  worker.submit.kick();
  await world.until(id, "awaiting");
  const bodies = world.upstream.calls.map(({ body }) => body);
  assert.deepEqual(numbers(), [account.numberId, second.numberId]);
  assert.deepEqual(
    bodies.map((body) => body.context),
    [{ message_id: referred.providerMessageId }, undefined],
  );
  for (const { text } of bodies) {
    assert.equal((text as { body: string }).body, "sí, a las 10");
  }
});

test("a reaction stays with the number in whose chat its message stands, and is refunded", async () => {
  const second = await world.fallback(account);
  const before = await world.balance(account);
  firstAnswers(LOCKED);
  const referred = await heardByBoth(second.channelId);
  const reaction = { message_id: referred.id, emoji: "👍" };
  const session = { kind: "reaction", reaction } as const;
  const id = await sendBy({ extras: { referred, session } });
  worker.submit.kick();
  await world.until(id, "failed");
  assert.deepEqual(numbers(), [account.numberId]);
  assert.equal(await world.balance(account), before);
});

test("while the first number rests long, what waits leaves through the second", async () => {
  const second = await world.fallback(account, ["plain"]);
  const { accountId, channelId } = account;
  await world.pool.query(
    "update channels set rest_until = $3, rest_reason = 'x' where account_id = $1 and id = $2",
    [accountId, channelId, new Date(world.time.nowMs + 60_000)],
  );
  const id = await sendPlain();
  worker.submit.kick();
  await world.until(id, "awaiting");
  assert.deepEqual(numbers(), [second.numberId]);
});

test("with the first number inactive, a send is accepted for the second", async () => {
  const second = await world.fallback(account, ["plain"]);
  const { accountId, channelId } = account;
  await world.pool.query(
    "update channels set state = 'inactive' where account_id = $1 and id = $2",
    [accountId, channelId],
  );
  await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
    accountId,
  ]);
  const id = await sendPlain();
  worker.submit.kick();
  await world.until(id, "awaiting");
  assert.deepEqual(numbers(), [second.numberId]);
});
