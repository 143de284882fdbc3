import assert from "node:assert/strict";
import { test } from "node:test";
import { judgePair, PAIR_BURST, PAIR_INTERVAL_MS } from "./pair-pace.ts";

test("45 leave at once, the next waits, and then one leaves every six seconds", () => {
  let freeAtMs: number | undefined;
  for (let sent = 0; sent < PAIR_BURST; sent += 1) {
    const verdict = judgePair(freeAtMs, 1_000);
    assert.equal(verdict.kind, "go", `message ${sent + 1}`);
    if (verdict.kind === "go") freeAtMs = verdict.freeAtMs;
  }
  assert.deepEqual(judgePair(freeAtMs, 1_000), { kind: "wait", untilMs: 1_000 + PAIR_INTERVAL_MS });
  assert.equal(judgePair(freeAtMs, 6_999).kind, "wait");
  assert.equal(judgePair(freeAtMs, 7_000).kind, "go");
});

test("somebody left alone for long has the whole burst again", () => {
  const verdict = judgePair(1_000, 10_000_000);
  assert.deepEqual(verdict, { kind: "go", freeAtMs: 10_000_000 + PAIR_INTERVAL_MS });
});
