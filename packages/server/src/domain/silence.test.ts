import assert from "node:assert/strict";
import { test } from "node:test";
import { EXPECTED_MIN, findSilence } from "./silence.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Sunday, 15:20. */
const NOW_MS = Date.UTC(2026, 10, 22, 15, 20);
const THIS_HOUR_MS = Date.UTC(2026, 10, 22, 15);

/** Three weeks of the same every hour, up to `untilMs`. */
function steady(perHour: number, untilMs: number, keep: (atMs: number) => boolean = () => true) {
  const counts = new Map<number, number>();
  for (let atMs = THIS_HOUR_MS - 21 * DAY_MS; atMs <= untilMs; atMs += HOUR_MS) {
    if (keep(atMs)) counts.set(atMs, perHour);
  }
  return counts;
}

test("a number that goes on receiving is not silent", () => {
  assert.equal(findSilence(steady(50, THIS_HOUR_MS), NOW_MS), null);
  assert.equal(findSilence(steady(50, THIS_HOUR_MS - HOUR_MS), NOW_MS), null, "not yet an hour");
});

test("a busy number is missed after one whole hour without a message", () => {
  const counts = steady(50, THIS_HOUR_MS - 2 * HOUR_MS);
  assert.deepEqual(findSilence(counts, NOW_MS), { sinceMs: THIS_HOUR_MS - HOUR_MS, expected: 50 });
});

test("one message ends it", () => {
  const counts = steady(50, THIS_HOUR_MS - 5 * HOUR_MS);
  assert.ok(findSilence(counts, NOW_MS));
  counts.set(THIS_HOUR_MS, 1);
  assert.equal(findSilence(counts, NOW_MS), null);
});

test("a slow number is given as long as ten of its messages take", () => {
  assert.equal(findSilence(steady(3, THIS_HOUR_MS - 4 * HOUR_MS), NOW_MS), null);
  const found = findSilence(steady(3, THIS_HOUR_MS - 5 * HOUR_MS), NOW_MS);
  assert.deepEqual(found, { sinceMs: THIS_HOUR_MS - 4 * HOUR_MS, expected: 12 });
});

test("a number that never brings ten in a day raises nothing", () => {
  const counts = steady(1, THIS_HOUR_MS - 2 * DAY_MS, (atMs) => new Date(atMs).getUTCHours() < 9);
  assert.equal(findSilence(counts, NOW_MS), null);
});

test("hours that are always quiet raise nothing: nights, and this day of the week", () => {
  const isSunday = (atMs: number) => new Date(atMs).getUTCDay() === 0;
  const counts = steady(50, THIS_HOUR_MS, (atMs) => !isSunday(atMs));
  assert.equal(findSilence(counts, NOW_MS), null);
});

test("one quiet week before is enough to raise nothing: it was a holiday, or the number is new", () => {
  const counts = steady(50, THIS_HOUR_MS - 3 * DAY_MS, (atMs) => atMs > THIS_HOUR_MS - 9 * DAY_MS);
  assert.equal(findSilence(counts, NOW_MS), null);
  assert.equal(findSilence(new Map(), NOW_MS), null);
});

test("ten in both weeks before are enough to be missed, nine in one are not", () => {
  const before = (first: number, second: number) =>
    new Map([
      [THIS_HOUR_MS - HOUR_MS - 7 * DAY_MS, first],
      [THIS_HOUR_MS - HOUR_MS - 14 * DAY_MS, second],
    ]);
  assert.deepEqual(findSilence(before(EXPECTED_MIN, EXPECTED_MIN), NOW_MS), {
    sinceMs: THIS_HOUR_MS - HOUR_MS,
    expected: EXPECTED_MIN,
  });
  assert.equal(findSilence(before(EXPECTED_MIN - 1, 900), NOW_MS), null);
  assert.equal(findSilence(before(900, EXPECTED_MIN - 1), NOW_MS), null);
});
