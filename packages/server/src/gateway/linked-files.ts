import type { Readable } from "node:stream";
import type { Clock } from "../platform/clock.ts";
import type { LinkSigner } from "../platform/link-signer.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import { findMediaByKey } from "../storage/media.ts";
import type { InboundFiles } from "./inbound-files.ts";

/** What finding a linked file needs. */
export interface LinkedFilesDeps {
  pool: Database;
  clock: Clock;
  links: LinkSigner;
  store: BlobStore;
  inbound: InboundFiles;
}

/** A file that a valid link leads to. */
export interface FoundFile {
  open(): Readable;
  bytes: number;
  mime: string;
}

const STORAGE_KEY = /^[0-9a-f]{32}$/u;
/** Types that nothing can be smuggled in; all others are given out as bytes. */
const PLAIN_TYPES =
  /^(?:image\/(?:jpeg|png|webp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/u;

/** Finds files by the links that we gave out; null for a wrong or expired seal and for no file alike. */
export function createLinkedFiles(deps: LinkedFilesDeps) {
  const found = async (storageKey: string, mime: string): Promise<FoundFile | null> => {
    const bytes = await deps.store.size(storageKey);
    if (bytes === null) return null;
    return { open: () => deps.store.open(storageKey), bytes, mime: checkType(mime) };
  };
  return {
    async findFile(storageKey: string, seal: string): Promise<FoundFile | null> {
      const valid =
        STORAGE_KEY.test(storageKey) && deps.links.verify(storageKey, seal, deps.clock.now());
      const media = valid ? await findMediaByKey(deps.pool, storageKey) : null;
      return media && found(storageKey, media.mime);
    },
    async findInbound(
      of: { accountId: string; messageId: string },
      seal: string,
    ): Promise<FoundFile | null> {
      const path = `in/${of.accountId}/${of.messageId}`;
      if (!deps.links.verify(path, seal, deps.clock.now())) return null;
      const row = await deps.inbound.find(of);
      return row?.media.storageKey ? found(row.media.storageKey, row.media.mime) : null;
    },
  };
}

function checkType(mime: string): string {
  const [type = ""] = mime.split(";");
  return PLAIN_TYPES.test(type.trim()) ? type.trim() : "application/octet-stream";
}
