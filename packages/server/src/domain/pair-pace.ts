/**
 * Meta's limit for one number writing to one person: one message in six seconds, with a burst of 45 that
 * borrows from the future (Meta, "Throughput", pair rate limit). We wait for it instead of failing on it.
 */
export const PAIR_INTERVAL_MS = 6_000;
/** Messages that may leave at once to somebody who was left alone for long. */
export const PAIR_BURST = 45;

/** When a message may leave: now (and until when the person is then paid off), or not before a moment. */
export type PairVerdict = { kind: "go"; freeAtMs: number } | { kind: "wait"; untilMs: number };

/** `freeAtMs`: when all sends so far are paid off at one in six seconds; undefined: long ago. */
export function judgePair(freeAtMs: number | undefined, nowMs: number): PairVerdict {
  // Nobody can owe more than a whole burst: more means that the clock was set back.
  const owedMax = nowMs + PAIR_BURST * PAIR_INTERVAL_MS;
  const owedUntilMs = Math.min(Math.max(freeAtMs ?? nowMs, nowMs), owedMax);
  const untilMs = owedUntilMs - (PAIR_BURST - 1) * PAIR_INTERVAL_MS;
  return untilMs <= nowMs
    ? { kind: "go", freeAtMs: owedUntilMs + PAIR_INTERVAL_MS }
    : { kind: "wait", untilMs };
}
