import type { Clock } from "./clock.ts";

/**
 * The same question with its answer remembered for `lifeMs` after it came; askers in between share one
 * answer, also while it is on its way. A failure is told to those who wait and not remembered.
 */
export function rememberBriefly<T>(
  ask: () => Promise<T>,
  { clock, lifeMs }: { clock: Clock; lifeMs: number },
): () => Promise<T> {
  let answered: { value: T; atMs: number } | null = null;
  let underWay: Promise<T> | null = null;
  return () => {
    if (answered && Math.abs(clock.now() - answered.atMs) < lifeMs) {
      return Promise.resolve(answered.value);
    }
    underWay ??= ask()
      .then((value) => {
        answered = { value, atMs: clock.now() };
        return value;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
}
