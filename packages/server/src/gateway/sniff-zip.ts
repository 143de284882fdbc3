import { inflateRawSync } from "node:zlib";
import type { MediaType } from "../domain/media-kind.ts";

/**
 * What a ZIP holds, by its central directory (PKWARE APPNOTE §4.3.12 and §4.3.16) and, for Office files, by
 * `[Content_Types].xml` (ECMA-376 part 2 §7.2.3). The directory stands at the end, so this works whatever
 * order a program wrote the parts in, where looking at the first bytes fails for files made by LibreOffice.
 */
export type ZipVerdict =
  | { kind: "known"; type: MediaType }
  | { kind: "refused"; why: string }
  /** The directory cannot be read: damaged, or not a ZIP. */
  | { kind: "unreadable" };

/** A file that can be read in parts; `end` is exclusive. */
export interface ReadableParts {
  bytes: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

const END_RECORD_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const DIRECTORY_BYTES_MAX = 4 * 1024 * 1024;
const CONTENT_TYPES_BYTES_MAX = 1024 * 1024;
const CONTENT_TYPES = "[Content_Types].xml";

/** Parts that make an archive a program or a document of another kind than the listed ones. */
const FOREIGN_PARTS = new Map([
  ["mimetype", "an OpenDocument or EPUB file"],
  ["META-INF/MANIFEST.MF", "a Java archive"],
  ["AndroidManifest.xml", "an Android application"],
]);

const OFFICE_TYPES: [contentType: string, type: MediaType][] = [
  ["wordprocessingml.document.main+xml", "docx"],
  ["spreadsheetml.sheet.main+xml", "xlsx"],
  ["presentationml.presentation.main+xml", "pptx"],
];

/** Tells a Word, Excel or PowerPoint document from a plain archive; refuses archives that are programs. */
export async function sniffZip(file: ReadableParts): Promise<ZipVerdict> {
  const directory = await readDirectory(file);
  if (directory === "unreadable") return { kind: "unreadable" };
  if (directory === "beyond-reading") return { kind: "known", type: "zip" };
  for (const [name, what] of FOREIGN_PARTS) {
    if (directory.has(name)) return { kind: "refused", why: `the content is ${what}` };
  }
  const part = directory.get(CONTENT_TYPES);
  if (part === undefined) return { kind: "known", type: "zip" };
  const contentTypes = await readPart(file, part);
  const office = OFFICE_TYPES.find(([contentType]) => contentTypes.includes(contentType));
  if (office !== undefined) return { kind: "known", type: office[1] };
  return contentTypes.includes(".main+xml")
    ? { kind: "refused", why: "the content is an Office file of a kind that is not taken" }
    : { kind: "known", type: "zip" };
}

/** Where a part begins and how it is packed. */
interface Part {
  method: number;
  packedBytes: number;
  headerAt: number;
}

async function readDirectory(
  file: ReadableParts,
): Promise<Map<string, Part> | "unreadable" | "beyond-reading"> {
  const tailStart = Math.max(0, file.bytes - END_RECORD_BYTES - COMMENT_BYTES_MAX);
  const tail = Buffer.from(await file.read(tailStart, file.bytes));
  const at = tail.lastIndexOf("PK\u0005\u0006");
  if (at === -1 || at + END_RECORD_BYTES > tail.length) return "unreadable";
  const bytes = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  // All ones stand for "see the ZIP64 record"; no Office program writes it for files of our size.
  if (start === 0xffff_ffff || bytes > DIRECTORY_BYTES_MAX) return "beyond-reading";
  if (start + bytes > file.bytes) return "unreadable";
  return parseDirectory(
    bytes === 0 ? Buffer.alloc(0) : Buffer.from(await file.read(start, start + bytes)),
  );
}

function parseDirectory(directory: Buffer): Map<string, Part> | "unreadable" {
  const parts = new Map<string, Part>();
  let at = 0;
  while (at < directory.length) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x0201_4b50)
      return "unreadable";
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    parts.set(directory.toString("latin1", at + 46, nameEnd), {
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return parts;
}

/** A part's text, or "" where it cannot be had. */
async function readPart(file: ReadableParts, part: Part): Promise<string> {
  const headerEnd = part.headerAt + 30;
  if (part.packedBytes > CONTENT_TYPES_BYTES_MAX || headerEnd > file.bytes) return "";
  const header = Buffer.from(await file.read(part.headerAt, headerEnd));
  const start = headerEnd + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + part.packedBytes > file.bytes || part.packedBytes === 0) return "";
  const packed = Buffer.from(await file.read(start, start + part.packedBytes));
  if (part.method === 0) return packed.toString("latin1");
  if (part.method !== 8) return "";
  try {
    return inflateRawSync(packed, { maxOutputLength: CONTENT_TYPES_BYTES_MAX }).toString("latin1");
  } catch {
    return "";
  }
}
