import type { MediaType } from "../domain/media-kind.ts";

/**
 * What a request brought as `media`. A file is in the blob store already (an orphan until a message
 * takes it; orphans are swept); a URL has been looked at but not fetched.
 */
export type MediaIntake =
  | { kind: "file"; file: ReceivedFile }
  | { kind: "url"; url: string }
  /** Answers 1010: neither URL nor base64, a type outside the list, content that is something else. */
  | { kind: "invalid"; why: string }
  /** Answers 1011. */
  | { kind: "too-large"; bytesMax: number };

/** A file in the blob store whose bytes have been seen whole. */
export interface ReceivedFile {
  /** Key in the blob store. */
  storageKey: string;
  /** Hex. */
  sha256: string;
  bytes: number;
  type: MediaType;
}
