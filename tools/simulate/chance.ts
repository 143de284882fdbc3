/** All the chance of a run: the same seed gives the same draws, in the same order. */
export interface Chance {
  /** Evenly spread in [0, 1). */
  next(): number;
  /** Evenly spread 32-bit number. */
  next32(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True so many times in a hundred. */
  percent(share: number): boolean;
  /** One of them; there must be one. */
  pick<T>(from: readonly T[]): T;
}

/** Chance from a seed (any whole number), by sfc32. */
export function createChance(seed: number, stream = 0): Chance {
  let a = seed >>> 0;
  let b = Math.floor(seed / 4_294_967_296) >>> 0;
  let c = (stream ^ 0x9e3779b9) >>> 0;
  let counter = 1;
  const next32 = () => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let round = 0; round < 20; round += 1) next32();
  const next = () => next32() / 4_294_967_296;
  return {
    next,
    next32,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    percent: (share) => next() * 100 < share,
    pick<T>(from: readonly T[]): T {
      const found = from[Math.floor(next() * from.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
  };
}
