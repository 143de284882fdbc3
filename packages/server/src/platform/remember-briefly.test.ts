import assert from "node:assert/strict";
import { test } from "node:test";
import { rememberBriefly } from "./remember-briefly.ts";

test("askers within the time share one answer, and later ones get a new one", async () => {
  let nowMs = 0;
  let asked = 0;
  const ask = rememberBriefly(async () => ++asked, { clock: { now: () => nowMs }, lifeMs: 1_000 });
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [1, 1, 1]);
  nowMs = 999;
  assert.equal(await ask(), 1);
  nowMs = 1_000;
  assert.equal(await ask(), 2);
});

test("a failure is told to those who wait and is not remembered", async () => {
  let asked = 0;
  const ask = rememberBriefly(
    async () => {
      asked += 1;
      if (asked === 1) throw new Error("away");
      return asked;
    },
    { clock: { now: () => 0 }, lifeMs: 1_000 },
  );
  const both = await Promise.allSettled([ask(), ask()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(await ask(), 2);
});

test("a clock that is set back does not keep an old answer for ever", async () => {
  let nowMs = 1_000_000;
  let asked = 0;
  const ask = rememberBriefly(async () => ++asked, { clock: { now: () => nowMs }, lifeMs: 1_000 });
  await ask();
  nowMs = 0;
  assert.equal(await ask(), 2);
});
