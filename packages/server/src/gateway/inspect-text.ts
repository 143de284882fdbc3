import { createUtf8Checker } from "../platform/utf8-checker.ts";

/** What a file's bytes read as: `latin` is one of the older eight-bit encodings of western Europe. */
export type TextKind = "utf-8" | "latin" | "binary";

/** Looks at a whole file as it passes by. */
export interface TextInspector {
  update(bytes: Uint8Array): void;
  result(): TextKind;
}

/**
 * A {@link TextInspector}. Control characters other than tabs and breaks make a file binary, NUL above all.
 * Nearly every short binary could be read as some eight-bit text, so `latin` asks for more: at least 16
 * characters, of which fewer than three in ten are beyond ASCII and none is one that such texts never hold.
 */
export function createTextInspector(): TextInspector {
  const utf8 = createUtf8Checker();
  let binary = false;
  let bytesSeen = 0;
  let highBytes = 0;
  let isLatin = true;
  return {
    update(bytes) {
      if (binary) return;
      bytesSeen += bytes.length;
      const isStillUtf8 = utf8.update(bytes);
      for (const byte of bytes) {
        if (byte >= 0x80) {
          highBytes += 1;
          isLatin &&= byte >= 0xa0 || LATIN_PUNCTUATION.has(byte);
        } else if (isControl(byte)) {
          binary = true;
          return;
        }
      }
      binary = !isStillUtf8 && !isLatin;
    },
    result() {
      if (binary) return "binary";
      if (utf8.end()) return "utf-8";
      return isLatin && bytesSeen >= 16 && highBytes * 10 < bytesSeen * 3 ? "latin" : "binary";
    },
  };
}

/** Windows-1252's euro, ellipsis, quotation marks, bullet, dashes and trade mark. */
const LATIN_PUNCTUATION = new Set([0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99]);

function isControl(byte: number): boolean {
  return (
    byte === 0x7f ||
    (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)
  );
}
