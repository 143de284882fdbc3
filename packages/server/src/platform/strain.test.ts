import assert from "node:assert/strict";
import { test } from "node:test";
import { createStrain, standBack } from "./strain.ts";
import type { Timers } from "./timers.ts";

const at = { nowMs: 1_000 };
const create = () => createStrain({ clock: { now: () => at.nowMs }, highMs: 50, lifeMs: 200 });

test("the strain is high from a long wait on, until its life is over", () => {
  const strain = create();
  assert.equal(strain.isHigh(), false);
  strain.note(50);
  assert.equal(strain.isHigh(), true);
  at.nowMs += 199;
  assert.equal(strain.isHigh(), true);
  at.nowMs += 1;
  assert.equal(strain.isHigh(), false);
});

test("a short wait ends it at once", () => {
  const strain = create();
  strain.note(400);
  strain.note(49);
  assert.equal(strain.isHigh(), false);
});

/** Timers that move the clock and wait for nothing. */
const timers: Timers = {
  start(ms, callback) {
    at.nowMs += ms;
    queueMicrotask(callback);
    return { cancel: () => {} };
  },
};

async function restedMs(tookMs: number, waitedMs: number): Promise<number> {
  const strain = create();
  strain.note(waitedMs);
  const startedMs = at.nowMs;
  await standBack(tookMs, { strain, timers });
  return at.nowMs - startedMs;
}

test("work stands back three times as long as it took, while callers wait long", async () => {
  assert.equal(await restedMs(20, 80), 60);
});

test("work stands back no longer than 200 ms, however long it took", async () => {
  assert.equal(await restedMs(5_000, 80), 200);
});

test("work goes on at once while nobody waits long, and as soon as nobody does any more", async () => {
  assert.equal(await restedMs(20, 0), 0);
  const strain = create();
  strain.note(80);
  at.nowMs += 190;
  const startedMs = at.nowMs;
  await standBack(60, { strain, timers });
  assert.equal(at.nowMs - startedMs, 10);
});
