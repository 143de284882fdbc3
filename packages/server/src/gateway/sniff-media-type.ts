import { MEDIA_TYPES, type MediaType } from "../domain/media-kind.ts";
import type { TextKind } from "./inspect-text.ts";
import { type ReadableParts, sniffZip } from "./sniff-zip.ts";

/** How many of a file's first bytes {@link MediaContent.head} should hold, where there are so many. */
export const SNIFF_HEAD_BYTES = 16_384;

/** A file of which everything has been seen. */
export interface MediaContent extends ReadableParts {
  head: Uint8Array;
  text: TextKind;
}

/** What a file is, judged by nothing but its bytes. `why` can be shown to the caller. */
export type SniffedType = { kind: "known"; type: MediaType } | { kind: "refused"; why: string };

/**
 * Which of the manual's types a file's content is. Names and declared types are never asked. Text counts as
 * `txt` unless it is HTML, SVG, a script or another format that is written as text.
 */
export async function sniffMediaType(content: MediaContent): Promise<SniffedType> {
  const head = Buffer.from(content.head);
  const latin1 = head.toString("latin1");
  if (latin1.startsWith("PK\u0003\u0004") || latin1.startsWith("PK\u0005\u0006")) {
    const verdict = await sniffZip(content);
    return verdict.kind === "unreadable" ? sniffBinary(head) : verdict;
  }
  // Some programs put a byte order mark or blank lines before a PDF's header; readers do not mind.
  if (PDF.test(latin1)) return { kind: "known", type: "pdf" };
  if (content.text === "utf-8") return sniffText(latin1);
  const verdict = await sniffBinary(head);
  return verdict.kind === "refused" && content.text === "latin" ? sniffText(latin1) : verdict;
}

const PDF = /^(?:\u00ef\u00bb\u00bf)?\s{0,64}%PDF-/u;

/** Where a whole text is concerned, what a document in some other language begins with. */
const OTHER_LANGUAGE =
  /^(?:\u00ef\u00bb\u00bf)?\s*(?:<[!?%a-z]|#!|\{\\rtf|%!PS|BEGIN:V|-----BEGIN )/iu;
const MARKUP_WITHIN_CHARS = 1024;
const MARKUP = /<(?:!doctype\s+html|html|head|body|script|svg|iframe|\?php|\?xml)\b/iu;

function sniffText(head: string): SniffedType {
  return OTHER_LANGUAGE.test(head) || MARKUP.test(head.slice(0, MARKUP_WITHIN_CHARS))
    ? { kind: "refused", why: "the content is HTML, SVG, a script or the like, not plain text" }
    : { kind: "known", type: "txt" };
}

async function sniffBinary(head: Buffer): Promise<SniffedType> {
  // The library wants to see a PNG's chunks up to its pixels, which may lie beyond the head.
  if (head.toString("latin1", 0, 8) === "\u0089PNG\r\n\u001a\n")
    return { kind: "known", type: "png" };
  const found = await findFileType(head);
  if (found !== undefined && isMediaType(found)) return { kind: "known", type: found };
  if (found !== undefined) return { kind: "refused", why: `the content is ${found}` };
  // ID3v2 §3.1: the tag says that sound follows, at whatever distance.
  if (head.toString("latin1", 0, 3) === "ID3") return { kind: "known", type: "mp3" };
  return { kind: "refused", why: "the content is of no known type" };
}

async function findFileType(head: Buffer): Promise<string | undefined> {
  try {
    // Loaded when it is needed: most processes never see a file of an unusual type.
    const { fileTypeFromBuffer } = await import("file-type");
    return (await fileTypeFromBuffer(head))?.ext;
  } catch {
    // Bytes made to confuse a parser are of no known type; they are not our failure.
    return undefined;
  }
}

function isMediaType(extension: string): extension is MediaType {
  return Object.hasOwn(MEDIA_TYPES, extension);
}
