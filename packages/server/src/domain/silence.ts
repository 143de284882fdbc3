/**
 * Whether a number that usually receives has gone silent. It is compared with itself: with the same hours
 * one week ago and two weeks ago, so that nights, Sundays and slow numbers raise nothing.
 */

/** What a number received, by the start of the hour in milliseconds. An hour without an entry brought nothing. */
export type HourCounts = ReadonlyMap<number, number>;

/** The number is silent: since when, and how many messages the same hours usually bring. */
export interface Silence {
  sinceMs: number;
  expected: number;
}

/** Fewer than these in the same hours of either week say nothing: a pause is then an accident. */
export const EXPECTED_MIN = 10;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** A busy number is missed after an hour, a slow one after a day at most. */
const STRETCHES_H = [1, 2, 3, 4, 6, 8, 12, 18, 24] as const;

/** How far back counts are needed. */
export const HISTORY_MS: number = 2 * WEEK_MS + 25 * HOUR_MS;

/**
 * Looks at the last whole hours, more and more of them, until both weeks before brought enough in them;
 * null when the number received something since, or never brings enough.
 */
export function findSilence(counts: HourCounts, nowMs: number): Silence | null {
  const thisHourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  if ((counts.get(thisHourMs) ?? 0) > 0) return null;
  for (const hours of STRETCHES_H) {
    const sinceMs = thisHourMs - hours * HOUR_MS;
    if (sumHours(counts, sinceMs, hours) > 0) return null;
    const expected = Math.min(
      sumHours(counts, sinceMs - WEEK_MS, hours),
      sumHours(counts, sinceMs - 2 * WEEK_MS, hours),
    );
    if (expected >= EXPECTED_MIN) return { sinceMs, expected };
  }
  return null;
}

function sumHours(counts: HourCounts, fromMs: number, hours: number): number {
  return Array.from({ length: hours }, (_, hour) => fromMs + hour * HOUR_MS).reduce(
    (sum, startMs) => sum + (counts.get(startMs) ?? 0),
    0,
  );
}
