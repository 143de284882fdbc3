import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeDue } from "./say-due.ts";

const NOW = Date.UTC(2026, 10, 23, 4);
const at = (aheadMs: number) => new Date(NOW + aheadMs).toISOString();

test("a moment that has passed is now, whatever it waits for besides", () => {
  assert.equal(judgeDue({ state: "pending", due_at: at(60_000) }, NOW), "later");
  for (const aheadMs of [0, -1, -86_400_000]) {
    assert.equal(judgeDue({ state: "pending", due_at: at(aheadMs) }, NOW), "now");
  }
});

test("what is under way, parked or at its end names no moment", () => {
  assert.equal(judgeDue({ state: "calling", due_at: at(-5_000) }, NOW), "calling");
  assert.equal(judgeDue({ state: "parked", due_at: at(-5_000) }, NOW), "enabled");
  assert.equal(judgeDue({ state: "delivered", due_at: null }, NOW), "never");
  assert.equal(judgeDue({ state: "exhausted", due_at: at(60_000) }, NOW), "never");
  assert.equal(judgeDue({ state: "pending", due_at: null }, NOW), "never");
});
