import { randomFillSync } from "node:crypto";
import { V7Generator } from "uuidv7";

/** Makes UUIDv7 ids that ascend within a process even inside one millisecond. */
export interface IdMaker {
  /** `atMs`: the moment that the id carries. */
  next(atMs: number): string;
}

/** An {@link IdMaker}; `nextUint32` gives evenly spread 32-bit numbers, by default the system's. */
export function createIdMaker(nextUint32: () => number = createRandomPool()): IdMaker {
  const generator = new V7Generator({ nextUint32 });
  return { next: (atMs) => generator.generateOrResetCore(atMs, 10_000).toString() };
}

/** Random numbers from a pool: the system is asked once for a thousand of them. */
function createRandomPool(): () => number {
  const pool = new Uint32Array(1_024);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    const value = pool[next] ?? 0;
    next += 1;
    return value;
  };
}

/** The moment that a UUIDv7 carries, in milliseconds. */
export function idTimeMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The lowest UUIDv7 of a moment, in milliseconds: a span of time is a span of ids. Moments that no id can carry are cut off. */
export function lowestIdAt(atMs: number): string {
  const hex = Math.min(Math.max(0, atMs), TIME_MAX_MS).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const TIME_MAX_MS = 2 ** 48 - 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** Whether a text is a UUID in its usual lower-case form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
