/** How long to wait before the first new try, and at most. */
const FIRST_DELAY_MS = 400;
const DELAY_MAX_MS = 15_000;

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds. It doubles up to 15 s, and half of it is
 * chance (`chance` from 0 to 1), so that fifty browsers do not come back in the same instant.
 */
export function backoffDelayMs(attempt: number, chance: number): number {
  const whole = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
