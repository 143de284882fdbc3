import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Failure, Retry, SendOutcome } from "../domain/send-outcome.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { claimMessages } from "./claim.ts";
import { createOutcomeRecorder, type OutcomeRecorder } from "./record-outcomes.ts";

/* The calls are claimed as ever; how they ended is said by the test. Of the jitter it is always the middle. */

let world: GatewayWorld;
let account: BuiltAccount;
let deps: Parameters<typeof createOutcomeRecorder>[0];
let recorder: OutcomeRecorder;

before(async () => {
  world = await openGatewayWorld();
  deps = { ...world.shared, instanceId: "00000000-0000-7000-8000-000000000001" };
  recorder = createOutcomeRecorder(deps);
});
beforeEach(async () => {
  account = await world.account();
});
after(() => world.close());

const HOUR_MS = 3_600_000;

function refuse(retry: Retry, more: Partial<Failure> = {}): SendOutcome {
  const failure = { blame: "provider", code: "130429", reason: "slow down", retry } as const;
  return { kind: "refused", failure: { ...failure, providerCode: "80007", ...more } };
}

/** Claims all that is due and says how each call ended; answers the messages' ids. */
async function end(outcome: SendOutcome): Promise<string[]> {
  const claim = await claimMessages(deps, account, 64);
  const calls = claim?.calls ?? [];
  await Promise.all(calls.map((call) => recorder.record({ call, outcome })));
  return calls.map(({ message }) => message.id);
}

async function waitMs(id: string): Promise<number> {
  const { due_at } = await world.message(id);
  return (due_at?.getTime() ?? Number.NaN) - world.time.nowMs;
}

/** How long it waits after each of so many refusals, one after the other. */
async function listWaitsMs(retry: Retry, count: number): Promise<number[]> {
  const id = await world.accept(account);
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1) {
    assert.deepEqual(await end(refuse(retry)), [id]);
    waits.push(await waitMs(id));
    world.time.nowMs += waits.at(-1) ?? 0;
  }
  return waits;
}

async function listAttempts(id: string): Promise<[string, string | null, string | null][]> {
  const { rows } = await world.pool.query(
    "select outcome, code, reason from attempts where message_id = $1 order by number",
    [id],
  );
  return rows.map(({ outcome, code, reason }) => [outcome, code, reason]);
}

describe("a refused call is made again", () => {
  test("after a second, twice as long each time, and five minutes at most", async () => {
    const waits = await listWaitsMs({ kind: "soon" }, 10);
    assert.deepEqual(
      waits,
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1_000),
    );
  });

  test("after four times as long each time when it is the person who must be left alone", async () => {
    const waits = await listWaitsMs({ kind: "pair" }, 6);
    assert.deepEqual(
      waits,
      [1, 4, 16, 64, 256, 300].map((seconds) => seconds * 1_000),
    );
  });

  test("a fifth sooner or later, so that many do not come back at once", async () => {
    const waits: number[] = [];
    for (const random of [0, 1]) {
      const spread = createOutcomeRecorder({ ...deps, random: () => random });
      const id = await world.accept(account);
      const claim = await claimMessages(deps, account, 1);
      for (const call of claim?.calls ?? [])
        await spread.record({ call, outcome: refuse({ kind: "soon" }) });
      waits.push(await waitMs(id));
    }
    assert.deepEqual(waits, [800, 1_200]);
  });

  test("when the number has rested, which no other message leaves through until then", async () => {
    const id = await world.accept(account);
    await end(refuse({ kind: "after", retryAfterMs: 90_000 }));
    assert.equal(await waitMs(id), 90_000);
    const { rows } = await world.pool.query(
      "select rest_until, rest_reason from channels where id = $1",
      [account.channelId],
    );
    const { rest_until, rest_reason } = rows[0];
    assert.deepEqual([rest_until.getTime() - world.time.nowMs, rest_reason], [90_000, "slow down"]);
    await world.accept(account, { mobile: "573007654321" });
    assert.deepEqual(await end(refuse({ kind: "never" })), []);
  });

  test("not when that would be at its deadline or later: it fails then, with the upstream's words", async () => {
    const lasting = await world.accept(account);
    const leftMs = 13 * HOUR_MS;
    await end(refuse({ kind: "after", retryAfterMs: leftMs - 1 }));
    assert.equal((await world.message(lasting)).lane, "queued");
    account = await world.account();
    const id = await world.accept(account);
    await end(refuse({ kind: "after", retryAfterMs: leftMs }));
    const { status, code, reason, refunded } = await world.message(id);
    assert.deepEqual([status, code, reason, refunded], ["failed", "130429", "slow down", true]);
  });
});

describe("how a call ended", () => {
  test("is written beside its attempt, by the provider's own code where it gave one", async () => {
    const id = await world.accept(account);
    await end(refuse({ kind: "soon" }));
    world.time.nowMs += 1_000;
    await end(refuse({ kind: "soon" }, { providerCode: null }));
    world.time.nowMs += 2_000;
    await end({ kind: "unknown", why: "cut" });
    assert.deepEqual(await listAttempts(id), [
      ["refused", "80007", "slow down"],
      ["refused", "130429", "slow down"],
      ["unknown", null, "cut"],
    ]);
    const found = await world.message(id);
    assert.deepEqual([found.lane, await waitMs(id)], ["unknown", HOUR_MS]);
  });

  test("tells by which number WhatsApp knows a person, if that is another one and a number", async () => {
    const dialled = "573001112233";
    for (const recipientId of [dialled, null, "CO.1234", "0573001112233", "57300111223344556"]) {
      await world.accept(account, { mobile: dialled });
      await end({ kind: "accepted", providerMessageId: `wamid.${recipientId}`, recipientId });
    }
    const find = async () => {
      const { rows } = await world.pool.query(
        "select dialled, whatsapp from address_aliases where account_id = $1",
        [account.accountId],
      );
      return rows;
    };
    assert.deepEqual(await find(), []);
    await world.accept(account, { mobile: dialled });
    await end({ kind: "accepted", providerMessageId: "wamid.other", recipientId: "5713001112233" });
    assert.deepEqual(await find(), [{ dialled, whatsapp: "5713001112233" }]);
  });

  test("in words that cannot be stored is written without them, and costs its neighbours nothing", async () => {
    const [refused, accepted, doubtful] = await Promise.all(
      [1, 2, 3].map(() => world.accept(account)),
    );
    const claim = await claimMessages(deps, account, 64);
    const calls = new Map(claim?.calls.map((call) => [call.message.id, call]));
    const outcomes: [string | undefined, SendOutcome][] = [
      [refused, refuse({ kind: "never" }, { reason: "half a \u0000" })],
      [accepted, { kind: "accepted", providerMessageId: "wamid.fine", recipientId: null }],
      [doubtful, { kind: "unknown", why: "cut at \u0000" }],
    ];
    await Promise.all(
      outcomes.map(([id, outcome]) => {
        const call = calls.get(id ?? "");
        assert.ok(call);
        return recorder.record({ call, outcome });
      }),
    );
    const { status, code, reason, refunded } = await world.message(refused ?? "");
    assert.deepEqual(
      [status, code, reason, refunded],
      ["failed", "402", "Error por parte de WhatsApp", true],
    );
    assert.deepEqual(await listAttempts(refused ?? ""), [["refused", "402", reason]]);
    assert.equal((await world.message(accepted ?? "")).lane, "awaiting");
    const left = await world.message(doubtful ?? "");
    assert.equal(left.lane, "calling", "its lease tells the next one that nothing is known");
  });

  test("under an id that no index takes is unknown, and keeps nobody else's outcome waiting", async () => {
    const id = await world.accept(account);
    const claim = await claimMessages(deps, account, 1);
    const other = await world.account();
    const fine = await world.accept(other);
    const others = await claimMessages(deps, other, 1);
    const providerMessageId = randomBytes(6_000).toString("base64");
    const recipientId = null;
    await Promise.all([
      ...(claim?.calls ?? []).map((call) =>
        recorder.record({ call, outcome: { kind: "accepted", providerMessageId, recipientId } }),
      ),
      ...(others?.calls ?? []).map((call) =>
        recorder.record({
          call,
          outcome: { kind: "accepted", providerMessageId: "wamid.short", recipientId },
        }),
      ),
    ]);
    assert.equal((await world.message(fine)).lane, "awaiting");
    assert.equal(
      (await world.message(id)).lane,
      "unknown",
      "WhatsApp has it: it is not sent again",
    );
  });
});
