import type { Clock } from "../../clock.ts";

/** The two limits of fact sheet 6.1 that refuse a call. They are forgotten at a restart. */
export interface Limits {
  /** Counts one call of the number; false when it is one too many in this second. */
  takeThroughput(numberId: string, perSecond: number): boolean;
  /** Counts one message of the pair; false when its burst is used up. */
  takePair(numberId: string, mobile: string): boolean;
  reset(): void;
}

const pairIntervalMs = 6_000;
const pairsKeptMax = 200_000;

/** @param pairBurst messages that may go to one person at once; each one then costs six seconds */
export function createLimits(clock: Clock, pairBurst: number): Limits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  // When the pair would be free again, had its messages been spread out evenly.
  const pairs = new Map<string, number>();
  return {
    takeThroughput(numberId, perSecond) {
      const now = clock();
      const bucket = buckets.get(numberId) ?? { tokens: perSecond, at: now };
      buckets.set(numberId, bucket);
      const refilled = bucket.tokens + ((now - bucket.at) / 1000) * perSecond;
      bucket.tokens = Math.min(perSecond, refilled);
      bucket.at = now;
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    takePair(numberId, mobile) {
      const now = clock();
      const key = `${numberId} ${mobile}`;
      const freeAt = Math.max(pairs.get(key) ?? now, now);
      if (freeAt - now > (pairBurst - 1) * pairIntervalMs) return false;
      if (pairs.size >= pairsKeptMax) dropFree(pairs, now);
      pairs.set(key, freeAt + pairIntervalMs);
      return true;
    },
    reset() {
      buckets.clear();
      pairs.clear();
    },
  };
}

function dropFree(pairs: Map<string, number>, now: number): void {
  for (const [key, freeAt] of pairs) if (freeAt <= now) pairs.delete(key);
}
