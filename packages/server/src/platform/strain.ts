import type { Clock } from "./clock.ts";
import { pause, systemTimers, type Timers } from "./timers.ts";

/**
 * How hard it is at the moment for those whom a caller waits for, so that work for which nobody waits can stand back.
 * Of this process alone, and only a hint: nothing is lost or refused by it.
 */
export interface Strain {
  /** Something that a caller waited for has ended after so many milliseconds. */
  note(waitedMs: number): void;
  /** Whether callers have waited long lately. */
  isHigh(): boolean;
}

/** Callers have waited long when the last noted one waited `highMs`, no more than `lifeMs` ago. */
export function createStrain(options: { clock: Clock; highMs: number; lifeMs: number }): Strain {
  const { clock, highMs, lifeMs } = options;
  let highUntilMs = Number.NEGATIVE_INFINITY;
  return {
    note(waitedMs) {
      highUntilMs = waitedMs >= highMs ? clock.now() + lifeMs : Number.NEGATIVE_INFINITY;
    },
    isHigh: () => clock.now() < highUntilMs,
  };
}

/** Nobody waits. */
export const noStrain: Strain = { note() {}, isHigh: () => false };

/** Who stands back takes a quarter of the time, and goes on after so long whatever happens. */
const REST_SHARE = 3;
const REST_MS_MAX = 200;
const STEP_MS = 10;

/** Rests, while the strain is high, for a multiple of what the work before took; 200 ms at most, so that it goes on for sure. */
export async function standBack(
  tookMs: number,
  { strain = noStrain, timers = systemTimers }: { strain?: Strain; timers?: Timers },
): Promise<void> {
  let leftMs = Math.min(tookMs * REST_SHARE, REST_MS_MAX);
  while (leftMs > 0 && strain.isHigh()) {
    await pause(timers, STEP_MS);
    leftMs -= STEP_MS;
  }
}
