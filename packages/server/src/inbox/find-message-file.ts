import type { Readable } from "node:stream";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { findItemMessages } from "../storage/thread-items.ts";

/** The file of a message, whoever sent it. */
export interface MessageFile {
  name: string;
  mime: string;
  bytes: number;
  open(range: { start: number; end: number }): Readable;
}

/** The file of a message of the account; null: it has none, or it is not here. */
export async function findMessageFile(
  deps: { pool: Database; media: { store: BlobStore } },
  of: { accountId: string; messageId: string },
): Promise<MessageFile | null> {
  const [row] = await findItemMessages(deps.pool, of.accountId, [of.messageId]);
  const media = (row?.media ?? {}) as {
    storageKey?: string | null;
    source?: { storageKey?: string };
    mime?: string;
    file?: { mime: string } | null;
    name?: string | null;
    kind?: string;
  };
  const storageKey = media.storageKey ?? media.source?.storageKey ?? null;
  if (storageKey === null) return null;
  const { store } = deps.media;
  const bytes = await store.size(storageKey);
  if (bytes === null) return null;
  return {
    name: media.name ?? `${media.kind ?? "file"}-${of.messageId}`,
    mime: media.mime ?? media.file?.mime ?? "application/octet-stream",
    bytes,
    open: (range) => store.open(storageKey, range),
  };
}
