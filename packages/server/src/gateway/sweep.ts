import type { Clock } from "../platform/clock.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { deleteKeys } from "../storage/idempotency-keys.ts";
import { deleteUnusedUploads, findOwnedStorageKeys } from "../storage/media.ts";
import { deletePaidPairs } from "../storage/submitting.ts";
import { KEY_LIFE_MS } from "./accept.ts";

/** A file that no message has taken by then is an orphan: its request died before it was accepted. */
const ORPHAN_AGE_MS = 6 * 3_600_000;

/** The next sweep goes on with the rest. */
const UPLOADS_AT_ONCE_MAX = 10_000;

/** What sweeping needs. */
export interface SweepDeps {
  pool: Database;
  store: BlobStore;
  clock: Clock;
  /** How long an upload is kept after it was last sent, or never was. */
  uploadLifeMs: number;
}

/**
 * Removes files that nobody owns and notes about people who may be written to freely again, old idempotency keys and
 * uploads that are not used any more. The bytes of these go one round later, see {@link deleteUnusedUploads}.
 */
export async function sweep(
  deps: SweepDeps,
): Promise<{ files: number; uploads: number; pairs: number; keys: number }> {
  const files = await deps.store.sweep({
    olderThanMs: ORPHAN_AGE_MS,
    keep: (storageKeys) => findOwnedStorageKeys(deps.pool, storageKeys),
  });
  const nowMs = deps.clock.now();
  const before = new Date(nowMs - deps.uploadLifeMs);
  const uploads = await deleteUnusedUploads(deps.pool, { before, countMax: UPLOADS_AT_ONCE_MAX });
  const pairs = await deletePaidPairs(deps.pool, new Date(nowMs));
  const keys = await deleteKeys(deps.pool, new Date(nowMs - KEY_LIFE_MS));
  return { files, uploads, pairs, keys };
}
