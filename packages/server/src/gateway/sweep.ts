import type { Clock } from "../platform/clock.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { findOwnedStorageKeys } from "../storage/media.ts";
import { deletePaidPairs } from "../storage/submitting.ts";

/** A file that no message has taken by then is an orphan: its request died before it was accepted. */
const ORPHAN_AGE_MS = 6 * 3_600_000;

/** Removes files that nobody owns and notes about people who may be written to freely again. */
export async function sweep(deps: {
  pool: Database;
  store: BlobStore;
  clock: Clock;
}): Promise<{ files: number; pairs: number }> {
  const files = await deps.store.sweep({
    olderThanMs: ORPHAN_AGE_MS,
    keep: (storageKeys) => findOwnedStorageKeys(deps.pool, storageKeys),
  });
  return { files, pairs: await deletePaidPairs(deps.pool, new Date(deps.clock.now())) };
}
