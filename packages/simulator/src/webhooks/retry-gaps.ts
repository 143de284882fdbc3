/** How long Meta tries (fact sheet 3.2); what nobody took until then is dropped. */
export const retryWindowMs = 7 * 24 * 60 * 60 * 1000;

const firstGapMs = 500;
const gapMsMax = 60 * 60 * 1000;

/**
 * How long to wait after so many attempts that failed: half a second, then twice as long each time, an hour at
 * most. Meta only says "at once, then less and less often"; beginning fast keeps tests short.
 */
export function retryGapMs(attempts: number): number {
  return Math.min(gapMsMax, firstGapMs * 2 ** Math.min(attempts - 1, 20));
}
