import assert from "node:assert/strict";
import { test } from "node:test";
import { createFailureLimit } from "./failure-limit.ts";

const open = () => {
  const time = { nowMs: 0 };
  const clock = { now: () => time.nowMs };
  const options = { clock, failuresMax: 2, windowMs: 60_000, addressesMax: 2 };
  return { time, limit: createFailureLimit(options) };
};

test("an address waits until its window ends, and then begins anew", () => {
  const { time, limit } = open();
  limit.note("a");
  assert.equal(limit.waitS("a"), 0);
  time.nowMs = 1_500;
  limit.note("a");
  assert.equal(limit.waitS("a"), 59);
  assert.equal(limit.waitS("b"), 0);
  time.nowMs = 60_000;
  assert.equal(limit.waitS("a"), 0);
  limit.note("a");
  assert.equal(limit.waitS("a"), 0);
});

test("it forgets the oldest address and never grows without end", () => {
  const { limit } = open();
  for (const address of ["a", "a", "b", "c"]) limit.note(address);
  assert.equal(limit.waitS("a"), 0);
  limit.note("c");
  assert.ok(limit.waitS("c") > 0);
});
