import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  advanceMessage,
  type MessageChange,
  type MessageState,
  type MessageStatus,
} from "./message-status.ts";

const FRESH: MessageState = {
  status: "accepted",
  lane: "calling",
  attempts: 1,
  dueAtMs: 60_000,
  deadlineAtMs: 900_000,
  code: null,
  reason: null,
  refunded: false,
  providerMessageId: null,
  submittedAtMs: null,
  sentAtMs: null,
  deliveredAtMs: null,
  readAtMs: null,
  failedAtMs: null,
};

const CHANGES = {
  submitted: { kind: "submitted", atMs: 10, providerMessageId: "wamid.1" },
  sent: { kind: "progress", status: "sent", atMs: 20, providerMessageId: "wamid.1" },
  delivered: { kind: "progress", status: "delivered", atMs: 30, providerMessageId: "wamid.1" },
  read: { kind: "progress", status: "read", atMs: 40, providerMessageId: "wamid.1" },
  failed: { kind: "failed", atMs: 50, code: "131026", reason: "no", providerMessageId: null },
  retry: {
    kind: "retry",
    from: "calling",
    attempt: 1,
    atMs: 60,
    dueAtMs: 70,
    code: "131000",
    reason: "later",
  },
  unknown: { kind: "unknown", atMs: 80, giveUpAtMs: 90, why: "cut" },
  cancelled: { kind: "cancelled", atMs: 95 },
} as const satisfies Record<string, MessageChange>;

type Word = keyof typeof CHANGES;

/** The state after these events; every one of them must be legal on its own. */
function live(words: readonly Word[]): MessageState {
  return words.reduce((state, word) => advanceMessage(state, CHANGES[word]).next, FRESH);
}

/*
 * Every state that a message can be in (by the events that led there) × every event: the status after
 * it, what the integrator is told, and the money. `-` is nothing; `.` in front: not even an event.
 */
const TABLE = `
from                    event      status     tell      money
-                       submitted  submitted  -         -
-                       sent       sent       sent      -
-                       delivered  delivered  delivered -
-                       read       read       read      -
-                       failed     failed     failed    refund
-                       retry      accepted   -         -
-                       unknown    accepted   -         -
unknown                 submitted  submitted  -         -
unknown                 sent       sent       sent      -
unknown                 failed     failed     failed    refund
unknown                 retry      accepted   -         -
submitted               submitted  .submitted -         -
submitted               sent       sent       sent      -
submitted               delivered  delivered  delivered -
submitted               read       read       read      -
submitted               failed     failed     failed    refund
submitted               retry      .submitted -         -
submitted               unknown    .submitted -         -
sent                    submitted  sent       -         -
sent                    sent       .sent      -         -
sent                    delivered  delivered  delivered -
sent                    read       read       read      -
sent                    failed     failed     failed    refund
sent                    retry      .sent      -         -
sent                    unknown    .sent      -         -
delivered               submitted  delivered  -         -
delivered               sent       delivered  -         -
delivered               delivered  .delivered -         -
delivered               read       read       read      -
delivered               failed     delivered  -         -
delivered               retry      .delivered -         -
delivered               unknown    .delivered -         -
read                    submitted  read       -         -
read                    sent       read       -         -
read                    delivered  read       -         -
read                    read       .read      -         -
read                    failed     read       -         -
read                    retry      .read      -         -
failed                  submitted  failed     -         -
failed                  sent       failed     -         -
failed                  delivered  delivered  delivered refund-reversal
failed                  read       read       read      refund-reversal
failed                  failed     .failed    -         -
failed                  retry      .failed    -         -
failed                  unknown    .failed    -         -
failed,delivered        failed     .delivered -         -
failed,delivered        read       read       read      -
failed,delivered        delivered  .delivered -         -
failed,read             delivered  read       -         -
failed,read             failed     .read      -         -
-                       cancelled  .accepted  -         -
submitted               cancelled  .submitted -         -
sent                    cancelled  .sent      -         -
unknown                 cancelled  .accepted  -         -
failed                  cancelled  .failed    -         -
retry                   cancelled  cancelled  -         refund
retry,cancelled         cancelled  .cancelled -         -
retry,cancelled         retry      .cancelled -         -
retry,cancelled         failed     cancelled  -         -
retry,cancelled         sent       cancelled  -         -
retry,cancelled         delivered  delivered  delivered refund-reversal
`;

describe("a message's status", () => {
  for (const line of TABLE.trim().split("\n").slice(1)) {
    const [from = "", word, status = "", tell, money] = line.trim().split(/\s+/u);
    test(`${from} + ${word} is ${status}, tells ${tell}, money ${money}`, () => {
      const state = from === "-" ? FRESH : live(from.split(",") as Word[]);
      const after = advanceMessage(state, CHANGES[word as Word]);
      assert.equal(after.next.status, status.replace(".", ""));
      assert.equal(after.tell ?? "-", tell);
      assert.equal(after.money ?? "-", money);
      assert.equal(after.event === null, status.startsWith("."));
      if (status.startsWith(".")) assert.deepEqual(after.next, state);
    });
  }

  test("a status that overtakes the answer of the call keeps the answer's id and stays where it is", () => {
    const sent: MessageChange = { ...CHANGES.sent, providerMessageId: null };
    const overtaken = advanceMessage(FRESH, sent).next;
    const { next } = advanceMessage(overtaken, CHANGES.submitted);
    assert.deepEqual([next.status, next.lane, next.providerMessageId], ["sent", null, "wamid.1"]);
  });

  test("what is owed after each step: nothing once sent, the deadline while awaiting, the patience while unknown", () => {
    const owed = (words: Word[]) => [live(words).lane, live(words).dueAtMs];
    assert.deepEqual(owed(["submitted"]), ["awaiting", FRESH.deadlineAtMs]);
    assert.deepEqual(owed(["unknown"]), ["unknown", 90]);
    assert.deepEqual(owed(["retry"]), ["queued", 70]);
    for (const end of ["sent", "delivered", "read", "failed"] as const) {
      assert.deepEqual(owed(["submitted", end]), [null, null]);
    }
  });

  test("a message that came back to life carries no trace of its failure for the integrator", () => {
    const { status, code, reason, refunded } = live(["failed", "delivered"]);
    assert.deepEqual(
      { status, code, reason, refunded },
      {
        status: "delivered",
        code: null,
        reason: null,
        refunded: false,
      },
    );
  });
});

test("a held message that fails or is cancelled moves no money, whatever comes after", () => {
  const held: MessageState = { ...FRESH, status: "held", lane: "held" };
  for (const [word, tell] of [
    ["failed", "failed"],
    ["cancelled", null],
  ] as const) {
    const ended = advanceMessage(held, CHANGES[word]);
    assert.deepEqual([ended.next.status, ended.tell, ended.money], [word, tell, null]);
    assert.deepEqual([ended.next.lane, ended.next.refunded], [null, false]);
    const again = advanceMessage(ended.next, CHANGES[word]);
    assert.deepEqual([again.event, again.money], [null, null]);
  }
});

const RANK: Record<MessageStatus, number> = {
  held: -1,
  accepted: 0,
  submitted: 1,
  sent: 2,
  failed: 2.5,
  cancelled: 2.5,
  delivered: 3,
  read: 4,
};

test("no order of events moves a status back, refunds twice, or takes a refund back that was not given", () => {
  const words = fc.array(fc.constantFrom(...(Object.keys(CHANGES) as Word[])), { maxLength: 25 });
  fc.assert(
    fc.property(words, (sequence) => {
      let state = FRESH;
      let balance = 0;
      const told: string[] = [];
      for (const word of sequence) {
        const { next, tell, money } = advanceMessage(state, CHANGES[word]);
        assert.ok(RANK[next.status] >= RANK[state.status], `${state.status} → ${next.status}`);
        balance += money === "refund" ? 1 : money === "refund-reversal" ? -1 : 0;
        if (tell) told.push(tell);
        state = next;
        // The money follows the status at every moment: given back if and only if it failed or was cancelled.
        const back = state.status === "failed" || state.status === "cancelled";
        assert.equal(balance, back ? 1 : 0);
        assert.equal(state.refunded, back);
      }
      assert.equal(new Set(told).size, told.length, `told twice: ${told.join()}`);
      assert.deepEqual(
        told.map((tell) => RANK[tell as MessageStatus]),
        told.map((tell) => RANK[tell as MessageStatus]).toSorted((one, other) => one - other),
      );
    }),
  );
});
