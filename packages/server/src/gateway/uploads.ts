import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { insertUploadedMedia, type UploadedMedia } from "../storage/media.ts";

/** A file that was uploaded to be sent by its id. */
export type Upload = UploadedMedia;

/** Takes an uploaded file into possession; when that fails, its bytes go too. */
export async function keepUpload(
  deps: { pool: Database; media: { store: BlobStore } },
  upload: Upload,
): Promise<void> {
  try {
    await insertUploadedMedia(deps.pool, upload);
  } catch (error) {
    await deps.media.store.delete(upload.storageKey);
    throw error;
  }
}
