import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findRetryDelayMs, parseRetryAfterMs } from "./retry-schedule.ts";

const schedule = { delaysMs: [0, 1_000, 60_000], jitter: 0.2 };

describe("findRetryDelayMs", () => {
  test("follows the schedule and ends with it", () => {
    const delays = [1, 2, 3].map((number) => findRetryDelayMs(schedule, { number, random: 0.5 }));
    assert.deepEqual(delays, [1_000, 60_000, null]);
  });

  test("stays within the jitter, whatever the randomness", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (random) => {
        const delay = findRetryDelayMs(schedule, { number: 1, random }) ?? -1;
        return delay >= 800 && delay <= 1_200;
      }),
    );
    assert.equal(findRetryDelayMs(schedule, { number: 1, random: 0 }), 800);
  });

  test("respects Retry-After between once and twice the own delay", () => {
    const ask = (retryAfterMs: number) =>
      findRetryDelayMs(schedule, { number: 1, retryAfterMs, random: 0.5 });
    assert.deepEqual([ask(10), ask(1_500), ask(9_000_000)], [1_000, 1_500, 2_000]);
  });
});

test("parseRetryAfterMs reads seconds and dates, and nothing else", () => {
  const nowMs = Date.parse("2026-11-22T10:00:00Z");
  assert.equal(parseRetryAfterMs("120", nowMs), 120_000);
  assert.equal(parseRetryAfterMs("Sun, 22 Nov 2026 10:00:30 GMT", nowMs), 30_000);
  for (const header of [undefined, "", "soon", "-5", "1e9", "Sun, 22 Nov 2026 09:00:00 GMT"]) {
    assert.equal(parseRetryAfterMs(header, nowMs), undefined, header);
  }
});
