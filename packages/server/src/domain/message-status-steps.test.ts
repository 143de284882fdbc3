import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  advanceMessage,
  type MessageChange,
  type MessageLane,
  type MessageState,
} from "./message-status.ts";

/* What each step writes down, and in which lanes it may be taken at all; which status follows is in message-status.test.ts. */

const at = (lane: MessageLane | null, facts: Partial<MessageState> = {}): MessageState => ({
  status: "accepted",
  lane,
  attempts: 2,
  dueAtMs: 60,
  deadlineAtMs: 900,
  code: null,
  reason: null,
  refunded: false,
  providerMessageId: null,
  submittedAtMs: null,
  sentAtMs: null,
  deliveredAtMs: null,
  readAtMs: null,
  failedAtMs: null,
  ...facts,
});
const retry = (facts: Partial<Extract<MessageChange, { kind: "retry" }>> = {}): MessageChange => ({
  ...{ kind: "retry", from: "calling", attempt: 2 },
  ...{ atMs: 10, dueAtMs: 70, code: "131000", reason: "later" },
  ...facts,
});
const progress = (
  facts: Partial<Extract<MessageChange, { kind: "progress" }>> = {},
): MessageChange => ({
  ...{ kind: "progress", status: "sent", atMs: 10, providerMessageId: "theirs" },
  ...facts,
});
const OTHER = { channelId: "second", hasFile: false };
const MOVED: MessageChange = { kind: "moved", atMs: 10, to: OTHER, code: "402", reason: "rests" };
const UNKNOWN: MessageChange = { kind: "unknown", atMs: 10, giveUpAtMs: 500, why: "cut" };
const LANES = [
  "held",
  "unprepared",
  "preparing",
  "queued",
  "calling",
  "unknown",
  "awaiting",
] as const;

/** The lanes in which a change does something. */
const lanesThatTake = (change: MessageChange, facts: Partial<MessageState> = {}) =>
  LANES.filter((lane) => advanceMessage(at(lane, facts), change).event !== null);

describe("what is written down", () => {
  const eventOf = (change: MessageChange, state = at("calling")) =>
    advanceMessage(state, change).event;

  test("of the provider's yes is its id", () => {
    const change = { kind: "submitted", atMs: 10, providerMessageId: "theirs" } as const;
    const data = { providerMessageId: "theirs" };
    assert.deepEqual(eventOf(change), { kind: "submitted", atMs: 10, data });
  });

  test("of a status is WhatsApp's own id where it is another", () => {
    assert.deepEqual(eventOf(progress()), { kind: "sent", atMs: 10, data: null });
    const data = { whatsappId: "wamid.9" };
    assert.deepEqual(eventOf(progress({ whatsappId: "wamid.9" })), {
      kind: "sent",
      atMs: 10,
      data,
    });
  });

  test("of a failure, an unknown end and a repeat is why", () => {
    const failed = { kind: "failed", atMs: 10, code: "131026", reason: "no" } as const;
    const why = { code: "131026", reason: "no" };
    assert.deepEqual(eventOf(failed), { kind: "failed", atMs: 10, data: why });
    assert.deepEqual(eventOf(UNKNOWN), { kind: "unknown", atMs: 10, data: { why: "cut" } });
    const later = { code: "131000", reason: "later" };
    assert.deepEqual(eventOf(retry()), { kind: "retry", atMs: 10, data: later });
  });

  test("of a change of number is where it goes and why", () => {
    const later = { code: "131000", reason: "later", channelId: "second" };
    assert.deepEqual(eventOf(retry({ to: OTHER })), { kind: "failover", atMs: 10, data: later });
    const rests = { code: "402", reason: "rests", channelId: "second" };
    assert.deepEqual(eventOf(MOVED, at("queued")), { kind: "failover", atMs: 10, data: rests });
  });

  test("of being taken back is nothing more", () => {
    const cancelled = { kind: "cancelled", atMs: 10 } as const;
    const event = { kind: "cancelled", atMs: 10, data: null };
    assert.deepEqual(eventOf(cancelled, at("queued")), event);
    assert.deepEqual(eventOf(cancelled, at("held", { status: "held" })), event);
  });
});

describe("a failure stays on the message", () => {
  const failed = { kind: "failed", atMs: 10, code: "131026", reason: "no" } as const;

  test("with its code and reason, held or not", () => {
    for (const state of [at("calling"), at("held", { status: "held" })]) {
      const { code, reason, failedAtMs } = advanceMessage(state, failed).next;
      assert.deepEqual([code, reason, failedAtMs], ["131026", "no", 10]);
    }
  });

  test("and only a message that was paid for is refunded", () => {
    assert.equal(advanceMessage(at("calling"), failed).next.refunded, true);
    assert.equal(advanceMessage(at("held", { status: "held" }), failed).next.refunded, false);
  });
});

describe("the provider's id", () => {
  const known = { providerMessageId: "first" };
  const changes: MessageChange[] = [
    { kind: "submitted", atMs: 10, providerMessageId: "theirs" },
    progress(),
    { kind: "failed", atMs: 10, code: "1", reason: "", providerMessageId: "theirs" },
  ];

  test("is learnt from whatever names it first, and never changes", () => {
    for (const change of changes) {
      assert.equal(advanceMessage(at("calling"), change).next.providerMessageId, "theirs");
      assert.equal(advanceMessage(at("calling", known), change).next.providerMessageId, "first");
    }
  });

  test("is not lost by what does not name it", () => {
    const nameless = { kind: "failed", atMs: 10, code: "1", reason: "" } as const;
    assert.equal(advanceMessage(at("calling"), nameless).next.providerMessageId, null);
    assert.equal(advanceMessage(at("calling", known), nameless).next.providerMessageId, "first");
  });
});

describe("a repeat", () => {
  test("is for the lane that it comes from: what prepares, or what calls or is not known to have called", () => {
    assert.deepEqual(lanesThatTake(retry({ from: "preparing", attempt: null })), ["preparing"]);
    assert.deepEqual(lanesThatTake(retry()), ["calling", "unknown"]);
  });

  test("of another attempt than the last is ignored: a later call may be under way", () => {
    assert.deepEqual(lanesThatTake(retry({ attempt: 1 })), []);
    assert.deepEqual(lanesThatTake(retry({ attempt: null })), []);
  });

  test("is ignored once the message is further", () => {
    assert.deepEqual(lanesThatTake(retry(), { status: "submitted" }), []);
    assert.deepEqual(lanesThatTake(retry({ from: "preparing" }), { status: "failed" }), []);
  });

  test("goes where its file says: to be made ready again while preparing or for another number, else to be called", () => {
    const laneOf = (from: MessageLane, change: MessageChange) =>
      advanceMessage(at(from), change).next.lane;
    assert.equal(laneOf("preparing", retry({ from: "preparing" })), "unprepared");
    assert.equal(laneOf("calling", retry()), "queued");
    assert.equal(laneOf("calling", retry({ to: { ...OTHER, hasFile: true } })), "unprepared");
    assert.equal(laneOf("preparing", retry({ from: "preparing", to: OTHER })), "queued");
  });

  test("comes at its time", () => {
    assert.equal(advanceMessage(at("calling"), retry()).next.dueAtMs, 70);
  });
});

describe("a message leaves its number", () => {
  test("while it waits and only then", () => {
    assert.deepEqual(lanesThatTake(MOVED), ["unprepared", "queued"]);
    for (const status of ["held", "submitted", "failed"] as const) {
      assert.deepEqual(lanesThatTake(MOVED, { status }), []);
    }
  });

  test("at the same time as before, with its file to be made ready for the other one", () => {
    const to = (hasFile: boolean) =>
      advanceMessage(at("unprepared"), { ...MOVED, to: { ...OTHER, hasFile } });
    assert.deepEqual([to(true).next.lane, to(false).next.lane], ["unprepared", "queued"]);
    const { next, tell, money } = to(false);
    assert.deepEqual([next.dueAtMs, next.status, tell, money], [60, "accepted", null, null]);
  });
});

describe("an unknown end", () => {
  test("is for a call under way and nothing else", () => {
    assert.deepEqual(lanesThatTake(UNKNOWN), ["calling"]);
    assert.deepEqual(lanesThatTake(UNKNOWN, { status: "submitted" }), []);
  });

  test("is given up in its time, at the message's deadline at the latest", () => {
    assert.equal(advanceMessage(at("calling"), UNKNOWN).next.dueAtMs, 500);
    const late: MessageChange = { ...UNKNOWN, giveUpAtMs: 5_000 };
    assert.equal(advanceMessage(at("calling"), late).next.dueAtMs, 900);
  });
});

test("a message can be taken back while it waits and only then", () => {
  const cancelled: MessageChange = { kind: "cancelled", atMs: 10 };
  assert.deepEqual(lanesThatTake(cancelled), ["unprepared", "queued"]);
  for (const status of ["submitted", "failed", "cancelled"] as const) {
    assert.deepEqual(lanesThatTake(cancelled, { status }), []);
  }
});
