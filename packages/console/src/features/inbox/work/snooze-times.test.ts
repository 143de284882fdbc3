import assert from "node:assert/strict";
import { test } from "node:test";
import { snoozeTimes } from "./snooze-times.ts";

const names = (now: Date) => snoozeTimes(now).map(({ name }) => name);

test("every moment lies ahead, and next week is the next Monday", () => {
  for (let day = 16; day < 24; day += 1) {
    for (const hour of [0, 8, 17, 23]) {
      const now = new Date(2026, 10, day, hour, 30);
      for (const { at } of snoozeTimes(now)) assert.ok(at > now);
      const week = snoozeTimes(now).at(-1)?.at;
      assert.equal(week?.getDay(), 1);
      assert.ok((week?.getTime() ?? 0) - now.getTime() <= 8 * 86_400_000);
    }
  }
});

test("the evening is offered only while it is more than an hour away", () => {
  assert.ok(names(new Date(2026, 10, 17, 16, 0)).includes("evening"));
  assert.ok(!names(new Date(2026, 10, 17, 17, 30)).includes("evening"));
});

test("on a Sunday Monday is offered once, as tomorrow", () => {
  assert.deepEqual(names(new Date(2026, 10, 22, 20, 0)), ["hour", "tomorrow"]);
});
