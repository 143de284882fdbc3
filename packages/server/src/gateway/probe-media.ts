import { findMediaType, type MediaType } from "../domain/media-kind.ts";
import type { GuardedOpening } from "../platform/guarded-download.ts";
import type { SafeFetch } from "../platform/safe-fetch.ts";
import { createTextInspector } from "./inspect-text.ts";
import { SNIFF_HEAD_BYTES, sniffMediaType } from "./sniff-media-type.ts";

/** What an address gave when it was asked for the beginning of a file. What could not be told is null. */
export interface MediaProbe {
  reachable: boolean;
  type: MediaType | null;
  bytes: number | null;
  /** Why it cannot be reached, or is of no type that is taken; null when neither is known. */
  why: string | null;
}

/** Looks at what an address leads to; null: too many looks are under way. */
export type ProbeMedia = (url: string, bytesMax: number) => Promise<MediaProbe | null>;

const PROBE_TIMEOUT_MS = 5_000;
/** A look is for whoever is trying things out: it must not take the sockets that messages need. */
const PROBES_MAX = 8;

/** A {@link ProbeMedia} through the guard: nothing inside our own network is asked, and nothing of ours goes along. */
export function createMediaProbe(fetcher: SafeFetch): ProbeMedia {
  let underWay = 0;
  return async (url, bytesMax) => {
    if (underWay >= PROBES_MAX) return null;
    underWay += 1;
    try {
      const limits = { bytesMax, timeoutMs: PROBE_TIMEOUT_MS, firstBytes: SNIFF_HEAD_BYTES };
      return await look(await fetcher.openGuarded(url, limits));
    } finally {
      underWay -= 1;
    }
  };
}

async function look(opening: GuardedOpening): Promise<MediaProbe> {
  const nothing = { reachable: false, type: null, bytes: null };
  if (opening.kind === "too-large") {
    return { ...nothing, reachable: true, bytes: Number.POSITIVE_INFINITY, why: null };
  }
  if (opening.kind !== "open") return { ...nothing, why: opening.why };
  const { status, headers, body } = opening;
  if (status !== 200 && status !== 206) {
    body.destroy();
    return { ...nothing, why: `the address answered ${status}` };
  }
  try {
    const head = await readHead(body);
    const bytes = findLength(status, headers) ?? (head.whole ? head.bytes.length : null);
    return { reachable: true, bytes, ...(await sniff(head, headers["content-type"] ?? "")) };
  } catch {
    return { ...nothing, why: "the connection was cut before the file had begun" };
  } finally {
    body.destroy();
  }
}

interface Head {
  bytes: Buffer;
  /** Whether there was no more. */
  whole: boolean;
}

async function readHead(body: AsyncIterable<Buffer>): Promise<Head> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= SNIFF_HEAD_BYTES) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, SNIFF_HEAD_BYTES);
  return { bytes, whole: length < SNIFF_HEAD_BYTES };
}

/** The whole file's length, as far as the server says it (RFC 9110 §14.4). */
function findLength(status: number, headers: Record<string, string>): number | null {
  const text =
    status === 206
      ? /\/(\d{1,15})$/u.exec(headers["content-range"] ?? "")?.[1]
      : /^\d{1,15}$/u.exec(headers["content-length"] ?? "")?.[0];
  return text === undefined ? null : Number(text);
}

async function sniff(
  { bytes, whole }: Head,
  contentType: string,
): Promise<Pick<MediaProbe, "type" | "why">> {
  if (bytes.length === 0) return { type: null, why: "the file is empty" };
  // What a zip holds stands at its end: the server's word must do for it, and all of them are documents.
  if (bytes.toString("latin1", 0, 2) === "PK") {
    const declared = findMediaType(contentType.split(";")[0]?.trim().toLowerCase() ?? "");
    const known = declared === "docx" || declared === "xlsx" || declared === "pptx";
    return { type: known ? declared : "zip", why: null };
  }
  const text = createTextInspector();
  text.update(whole ? bytes : dropCutCharacter(bytes));
  const verdict = await sniffMediaType({
    head: bytes,
    bytes: bytes.length,
    text: text.result(),
    read: async (start, end) => bytes.subarray(start, end + 1),
  });
  return verdict.kind === "known"
    ? { type: verdict.type, why: null }
    : { type: null, why: verdict.why };
}

/** Without the character of UTF-8 that the end cut in two (RFC 3629 §3); a whole one stays. */
function dropCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}
