import type { Clock } from "./clock.ts";

/**
 * How hard it is at the moment for those whom a caller waits for, account by account, so that work for which nobody waits can stand
 * back for them, and nobody else's does. Of this process alone, and only a hint: nothing is lost or refused by it.
 */
export interface Strain {
  /** Something of this account that a caller waited for has ended after so many milliseconds. */
  note(accountId: string, waitedMs: number): void;
  /** Whether this account's callers have waited long lately. */
  isHigh(accountId: string): boolean;
}

/** An account's callers have waited long when the last noted one waited `highMs`, no more than `lifeMs` ago. */
export function createStrain(options: { clock: Clock; highMs: number; lifeMs: number }): Strain {
  const { clock, highMs, lifeMs } = options;
  const highUntilMs = new Map<string, number>();
  return {
    note(accountId, waitedMs) {
      if (waitedMs >= highMs) highUntilMs.set(accountId, clock.now() + lifeMs);
      else highUntilMs.delete(accountId);
    },
    isHigh(accountId) {
      const untilMs = highUntilMs.get(accountId);
      if (untilMs === undefined) return false;
      if (isAhead(clock, untilMs, lifeMs)) return true;
      highUntilMs.delete(accountId);
      return false;
    },
  };
}

/** Whether a moment is still to come; one further ahead than it can have been set says that the clock was set back. */
function isAhead(clock: Clock, untilMs: number, aheadMaxMs: number): boolean {
  const leftMs = untilMs - clock.now();
  return leftMs > 0 && leftMs <= aheadMaxMs;
}

/** Nobody waits. */
export const noStrain: Strain = { note() {}, isHigh: () => false };

/** Which accounts' work stands back at the moment. */
export interface Rests {
  /** Work for this account took so long: while its strain is high, it rests for a multiple of that; 200 ms at most, so that it goes on for sure. */
  note(accountId: string, tookMs: number): void;
  isResting(accountId: string): boolean;
}

/** Who stands back takes a quarter of the time, and goes on after so long whatever happens. */
const REST_SHARE = 3;
const REST_MS_MAX = 200;

/** Nobody rests yet. */
export function createRests({ clock, strain }: { clock: Clock; strain: Strain }): Rests {
  const untilMs = new Map<string, number>();
  return {
    note(accountId, tookMs) {
      if (!strain.isHigh(accountId)) return;
      untilMs.set(accountId, clock.now() + Math.min(tookMs * REST_SHARE, REST_MS_MAX));
    },
    isResting(accountId) {
      const until = untilMs.get(accountId);
      if (until === undefined) return false;
      if (isAhead(clock, until, REST_MS_MAX) && strain.isHigh(accountId)) return true;
      untilMs.delete(accountId);
      return false;
    },
  };
}
