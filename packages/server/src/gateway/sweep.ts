import type { Clock } from "../platform/clock.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { deleteKeys } from "../storage/idempotency-keys.ts";
import { findOwnedStorageKeys } from "../storage/media.ts";
import { deletePaidPairs } from "../storage/submitting.ts";
import { KEY_LIFE_MS } from "./accept.ts";

/** A file that no message has taken by then is an orphan: its request died before it was accepted. */
const ORPHAN_AGE_MS = 6 * 3_600_000;

/** Removes files that nobody owns and notes about people who may be written to freely again, and old idempotency keys. */
export async function sweep(deps: {
  pool: Database;
  store: BlobStore;
  clock: Clock;
}): Promise<{ files: number; pairs: number; keys: number }> {
  const files = await deps.store.sweep({
    olderThanMs: ORPHAN_AGE_MS,
    keep: (storageKeys) => findOwnedStorageKeys(deps.pool, storageKeys),
  });
  const nowMs = deps.clock.now();
  const pairs = await deletePaidPairs(deps.pool, new Date(nowMs));
  return { files, pairs, keys: await deleteKeys(deps.pool, new Date(nowMs - KEY_LIFE_MS)) };
}
