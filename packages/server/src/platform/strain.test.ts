import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createRests, createStrain, type Rests, type Strain } from "./strain.ts";

const at = { nowMs: 1_000 };
const clock = { now: () => at.nowMs };
let strain: Strain;
let rests: Rests;
beforeEach(() => {
  strain = createStrain({ clock, highMs: 50, lifeMs: 200 });
  rests = createRests({ clock, strain });
});

test("the strain is high from a long wait on, until its life is over", () => {
  assert.equal(strain.isHigh("a"), false);
  strain.note("a", 50);
  assert.equal(strain.isHigh("a"), true);
  at.nowMs += 199;
  assert.equal(strain.isHigh("a"), true);
  at.nowMs += 1;
  assert.equal(strain.isHigh("a"), false);
});

test("a short wait ends it at once", () => {
  strain.note("a", 400);
  strain.note("a", 49);
  assert.equal(strain.isHigh("a"), false);
});

test("one account's strain is nobody else's: only its own work stands back", () => {
  strain.note("flood", 400);
  strain.note("small", 3);
  rests.note("flood", 20);
  rests.note("small", 20);
  assert.deepEqual([strain.isHigh("small"), rests.isResting("small")], [false, false]);
  assert.equal(rests.isResting("flood"), true);
});

test("work stands back three times as long as it took, while callers wait long", () => {
  strain.note("a", 80);
  rests.note("a", 20);
  at.nowMs += 59;
  assert.equal(rests.isResting("a"), true);
  at.nowMs += 1;
  assert.equal(rests.isResting("a"), false);
});

test("work stands back no longer than 200 ms, however long it took", () => {
  rests = createRests({ clock, strain: { note() {}, isHigh: () => true } });
  rests.note("a", 5_000);
  at.nowMs += 199;
  assert.equal(rests.isResting("a"), true);
  at.nowMs += 1;
  assert.equal(rests.isResting("a"), false);
});

test("work goes on at once while nobody waits long, and as soon as nobody does any more", () => {
  rests.note("a", 20);
  assert.equal(rests.isResting("a"), false);
  strain.note("a", 80);
  rests.note("a", 60);
  strain.note("a", 10);
  assert.equal(rests.isResting("a"), false);
});

test("a clock that is set back keeps nobody under strain or standing back", () => {
  strain.note("a", 80);
  rests.note("a", 50);
  assert.equal(rests.isResting("a"), true);
  at.nowMs -= 3_600_000;
  assert.equal(strain.isHigh("a"), false);
  strain.note("a", 80);
  assert.equal(rests.isResting("a"), false);
});
