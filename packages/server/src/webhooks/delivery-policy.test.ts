import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCustomHeaders } from "./custom-headers.ts";
import { decideNext, isFailedForGood } from "./delivery-policy.ts";
import { createFailureWindow } from "./failure-window.ts";

const finishedAt = new Date("2026-11-22T10:00:00Z");
const attempt = { number: 1, finishedAt, random: 0.5 };

test("a failure is due again by the schedule, and the eighth is the last", () => {
  const failed = { kind: "failed" as const, retryAfterMs: undefined };
  assert.deepEqual(decideNext(failed, attempt), {
    state: "pending",
    dueAt: new Date("2026-11-22T10:00:05Z"),
  });
  assert.equal(decideNext(failed, { ...attempt, number: 7 }).state, "pending");
  assert.deepEqual(decideNext(failed, { ...attempt, number: 8 }), { state: "exhausted" });
});

test("what 410 or our own stop ended is not given up, even at the last attempt", () => {
  for (const kind of ["gone", "interrupted"] as const) {
    const next = decideNext({ kind, retryAfterMs: undefined }, { ...attempt, number: 8 });
    assert.deepEqual(next, { state: "pending", dueAt: finishedAt, unspent: true });
  }
});

test("five days count only with as many failures as open a circuit", () => {
  const failingSince = finishedAt;
  const later = finishedAt.getTime() + 5 * 86_400_000;
  assert.equal(isFailedForGood({ failingSince, failures: 10 }, later), true);
  assert.equal(isFailedForGood({ failingSince, failures: 10 }, later - 1), false);
  assert.equal(isFailedForGood({ failingSince, failures: 9 }, later), false);
  assert.equal(isFailedForGood({ failingSince: null, failures: 0 }, later), false);
});

test("the window trips at 70 % of at least twenty calls, and forgets after five minutes", () => {
  const count = (step: number, failedOfTen = 7) => {
    const window = createFailureWindow();
    for (let n = 1; n <= 100; n += 1) {
      if (window.note("e", n % 10 < failedOfTen, n * step)) return n;
    }
    return null;
  };
  assert.equal(count(1_000), 20);
  assert.equal(count(1_000, 6), null);
  assert.equal(count(60_000), null, "five calls in five minutes are too few to judge");
});

test("headers that are ours, the protocol's, doubled or not plain are refused", () => {
  assert.deepEqual(checkCustomHeaders({ "X-Key": "a b" }), { "X-Key": "a b" });
  for (const headers of [
    { "Webhook-Id": "x" },
    { Host: "x" },
    { "content-type": "x" },
    { "a b": "x" },
    { A: "1", a: "2" },
    { A: "1\r\nB: 2" },
    { A: "ñ" },
    { A: "x".repeat(5_000) },
    Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`h${n}`, ""])),
  ]) {
    assert.throws(() => checkCustomHeaders(headers), { code: "invalid_request" });
  }
});
