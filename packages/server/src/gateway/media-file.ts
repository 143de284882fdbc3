import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { MediaType } from "../domain/media-kind.ts";
import type { BlobStore, BlobWriter } from "../storage/blob-store.ts";
import { createTextInspector } from "./inspect-text.ts";
import type { MediaIntake } from "./media-intake.ts";
import { SNIFF_HEAD_BYTES, sniffMediaType } from "./sniff-media-type.ts";

/** A file on its way into the blob store, of which no more than the last pieces is in memory. */
export interface MediaFile {
  /** The next bytes, which must not change until `flush` has resolved. */
  take(bytes: Uint8Array): void;
  /** Resolves when everything taken has been written. */
  flush(): Promise<void>;
  /** What the file is. Unless that is `file`, nothing of it is left in the store. */
  finish(): Promise<MediaIntake>;
  /** Removes what was written. Safe to repeat. */
  abort(): Promise<void>;
}

/** Where a file goes and what it may be. */
export interface MediaFileOptions {
  store: BlobStore;
  bytesMax: number;
  /** Whether webp and opus are taken. */
  stickers: boolean;
}

/** A {@link MediaFile}. Beyond `bytesMax` it goes on counting as too large, and what was written is removed. */
export function createMediaFile(options: MediaFileOptions): MediaFile {
  return new IncomingFile(options);
}

class IncomingFile implements MediaFile {
  readonly #store: BlobStore;
  readonly #bytesMax: number;
  readonly #stickers: boolean;
  readonly #hash = createHash("sha256");
  readonly #text = createTextInspector();
  #head: Uint8Array = new Uint8Array();
  #bytes = 0;
  #pending: Uint8Array[] = [];
  #writer: BlobWriter | undefined;

  constructor({ store, bytesMax, stickers }: MediaFileOptions) {
    this.#store = store;
    this.#bytesMax = bytesMax;
    this.#stickers = stickers;
  }

  take(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#isTooLarge()) return;
    this.#bytes += bytes.length;
    if (this.#isTooLarge()) {
      this.#pending = [];
      return;
    }
    if (this.#head.length < SNIFF_HEAD_BYTES) {
      const more = bytes.subarray(0, SNIFF_HEAD_BYTES - this.#head.length);
      this.#head = Buffer.concat([this.#head, more]);
    }
    this.#hash.update(bytes);
    this.#text.update(bytes);
    this.#pending.push(bytes);
  }

  async flush(): Promise<void> {
    if (this.#isTooLarge()) return this.abort();
    if (this.#pending.length === 0) return;
    const bytes = this.#pending.length === 1 ? this.#pending[0] : Buffer.concat(this.#pending);
    this.#pending = [];
    this.#writer ??= await this.#store.create();
    await this.#writer.write(bytes ?? new Uint8Array());
  }

  async finish(): Promise<MediaIntake> {
    await this.flush();
    if (this.#isTooLarge()) return { kind: "too-large", bytesMax: this.#bytesMax };
    if (this.#writer === undefined) return { kind: "invalid", why: "the file is empty" };
    const { storageKey } = await this.#writer.commit();
    const verdict = await sniffMediaType({
      head: this.#head,
      bytes: this.#bytes,
      text: this.#text.result(),
      read: (start, end) => buffer(this.#store.open(storageKey, { start, end })),
    });
    const why = verdict.kind === "refused" ? verdict.why : this.#refuseType(verdict.type);
    if (verdict.kind === "refused" || why !== null) {
      await this.#store.delete(storageKey);
      return { kind: "invalid", why: why ?? "" };
    }
    const sha256 = this.#hash.digest("hex");
    return { kind: "file", file: { storageKey, sha256, bytes: this.#bytes, type: verdict.type } };
  }

  async abort(): Promise<void> {
    this.#pending = [];
    await this.#writer?.abort();
    this.#writer = undefined;
  }

  #refuseType(type: MediaType): string | null {
    return (type === "webp" || type === "opus") && !this.#stickers
      ? `the content is ${type}`
      : null;
  }

  #isTooLarge(): boolean {
    return this.#bytes > this.#bytesMax;
  }
}
