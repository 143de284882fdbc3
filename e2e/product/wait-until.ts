import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;
const WAIT_MS = 20_000;

/**
 * Asks again and again until `ask` gives something other than undefined, false or null, and gives that. Throws with
 * `what` when it has not come in time: the limit is how long a broken product is waited for, not what is measured.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T> | T,
  limitMs = WAIT_MS,
): Promise<NonNullable<Exclude<T, false>>> {
  const untilMs = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as NonNullable<Exclude<T, false>>;
    }
    if (Date.now() > untilMs) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await delay(POLL_MS);
  }
}
