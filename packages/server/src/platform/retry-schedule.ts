/** When a failed call is made again. */
export interface RetrySchedule {
  /** Pause before each attempt, milliseconds, the first included; its length is the number of attempts. */
  delaysMs: readonly number[];
  /** Each pause is longer or shorter by up to this share, so that many failures do not return as one. */
  jitter: number;
}

/** What the end of an attempt tells. */
export interface FailedAttempt {
  /** Which one it was, from 1. */
  number: number;
  /** What the receiver asked for by `Retry-After`; milliseconds. */
  retryAfterMs?: number | undefined;
  /** Evenly spread in [0, 1). */
  random: number;
}

/**
 * Milliseconds until the next attempt, or null when that was the last one. A receiver's `Retry-After` is
 * respected between once and twice our own pause: it may ask for patience, not for a storm or for years.
 */
export function findRetryDelayMs(schedule: RetrySchedule, attempt: FailedAttempt): number | null {
  const planned = schedule.delaysMs[attempt.number];
  if (planned === undefined) return null;
  const spread = 1 + schedule.jitter * (2 * attempt.random - 1);
  const own = Math.round(planned * spread);
  return Math.min(Math.max(own, attempt.retryAfterMs ?? 0), 2 * own);
}

/**
 * Milliseconds that a `Retry-After` header asks to wait from `nowMs` (RFC 9110 §10.2.3: seconds, or a
 * date); undefined when it is missing, past or not readable.
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1_000;
  // A bare number is never a date to us, though Date.parse takes some for a year.
  if (!/[a-z]/iu.test(text)) return undefined;
  const waitMs = Date.parse(text) - nowMs;
  return waitMs > 0 ? waitMs : undefined;
}
