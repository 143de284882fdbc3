import type { AddressGuard } from "../platform/address-guard.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import { createMediaFile, type MediaFile } from "./media-file.ts";
import type { MediaIntake } from "./media-intake.ts";
import { createMediaText, type MediaText } from "./media-text.ts";

/**
 * Takes one `media` value while the request is still arriving: either as text (a URL or base64), or as a
 * file's own bytes. Writing never waits; after each piece of the request `flush` does, so no more than a
 * piece is in memory. It ends with `end` or `abort`.
 */
export interface MediaSink {
  /** Text as UTF-8 bytes. They must not change until `flush` has resolved. */
  writeText(text: Uint8Array): void;
  /** A file's own bytes. They must not change until `flush` has resolved. */
  writeFile(bytes: Uint8Array): void;
  /** Resolves when everything written has been taken. */
  flush(): Promise<void>;
  /** What came; null when that was nothing or blank. A file is in the blob store then. */
  end(): Promise<MediaIntake | null>;
  /** Removes whatever was stored. Safe to repeat. */
  abort(): Promise<void>;
}

/** How much of `media` is taken. */
export interface MediaLimits {
  /** Of a file that comes as base64, decoded. At least 16 MB. */
  base64BytesMax: number;
  /** Of a file part. At least 100 MB. */
  fileBytesMax: number;
  /** Of a URL. */
  urlCharsMax: number;
}

/** The limits of a platform whose operator set none. */
export const MEDIA_LIMITS: MediaLimits = {
  base64BytesMax: 32 * 1024 * 1024,
  fileBytesMax: 100 * 1024 * 1024,
  urlCharsMax: 2048,
};

/** What a sink works with. */
export interface MediaSinkOptions {
  store: BlobStore;
  limits: MediaLimits;
  /** Says which URLs plainly lead where none may. */
  guard: AddressGuard;
  /** Whether webp and opus are taken; the manual does not name them. */
  stickers?: boolean;
}

/** A {@link MediaSink} for one value. */
export function createMediaSink(options: MediaSinkOptions): MediaSink {
  return new OneMediaSink(options);
}

class OneMediaSink implements MediaSink {
  readonly #options: MediaSinkOptions;
  #text: MediaText | undefined;
  #file: MediaFile | undefined;

  constructor(options: MediaSinkOptions) {
    this.#options = options;
  }

  writeText(text: Uint8Array): void {
    const { store, limits } = this.#options;
    this.#text ??= createMediaText(limits);
    const { stickers = false } = this.#options;
    this.#file ??= createMediaFile({ store, bytesMax: limits.base64BytesMax, stickers });
    this.#file.take(this.#text.write(text));
  }

  writeFile(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const { store, limits } = this.#options;
    const { stickers = false } = this.#options;
    this.#file ??= createMediaFile({ store, bytesMax: limits.fileBytesMax, stickers });
    this.#file.take(bytes);
  }

  async flush(): Promise<void> {
    await this.#file?.flush();
  }

  async end(): Promise<MediaIntake | null> {
    if (this.#text === undefined) return (await this.#file?.finish()) ?? null;
    const end = this.#text.end();
    if (end.kind === "base64") {
      this.#file?.take(end.rest);
      return (await this.#file?.finish()) ?? null;
    }
    await this.abort();
    if (end.kind === "url") return checkUrl(end.url, this.#options.guard);
    return end.kind === "blank" ? null : end;
  }

  async abort(): Promise<void> {
    await this.#file?.abort();
  }
}

function checkUrl(url: string, guard: AddressGuard): MediaIntake {
  const verdict = guard.checkUrl(url);
  return verdict.kind === "allowed" ? { kind: "url", url } : { kind: "invalid", why: verdict.why };
}
