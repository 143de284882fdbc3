import { collectYoung } from "./collect-garbage.ts";

/*
 * A file that streams through leaves its buffers behind as garbage: some 300 of 64 KB for 20 MB. V8 counts
 * only the few bytes that each costs on its own heap, so it sees no reason to collect before the file has
 * passed, and the process grows by the whole of it. Here the bytes are counted, and the young generation is
 * collected after every few megabytes. That takes about a millisecond, since little in it is alive.
 */

const COLLECT_EVERY_BYTES = 2 * 1024 * 1024;

let passedBytes = 0;

/** Notes that a buffer of a file has passed and is not needed any more. Cheap. */
export function noteBufferPassed(bytes: number): void {
  passedBytes += bytes;
  if (passedBytes < COLLECT_EVERY_BYTES) return;
  passedBytes = 0;
  collectYoung();
}
