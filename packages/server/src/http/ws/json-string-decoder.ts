import { malformed } from "./field-receiver.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** What stands behind a backslash and what it means (RFC 8259 §7). */
const ESCAPES = new Map(
  Object.entries({
    '"': '"',
    "\\": "\\",
    "/": "/",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
  }).map(([letter, meaning]) => [letter.charCodeAt(0), meaning.charCodeAt(0)]),
);

/** Decodes the inside of one JSON string that arrives in pieces. */
export interface JsonStringDecoder {
  /**
   * Decodes from `from` up to the closing quotation mark. `next` is the place behind what was read; `isDone`
   * that the mark has come. Bytes beyond ASCII pass as they are.
   */
  decode(bytes: Buffer, from: number): { text: Uint8Array; next: number; isDone: boolean };
}

/** A {@link JsonStringDecoder} for a string whose opening mark has been read; `path` names it in refusals. */
export function createJsonStringDecoder(path: string): JsonStringDecoder {
  return new StringDecoder(path);
}

class StringDecoder implements JsonStringDecoder {
  readonly #path: string;
  #state: "plain" | "escape" | "unicode" = "plain";
  #digits = "";
  /** The first half of a surrogate pair, whose other half must follow at once. */
  #high = 0;
  #out: Buffer = Buffer.alloc(0);
  #outEnd = 0;

  constructor(path: string) {
    this.#path = path;
  }

  decode(bytes: Buffer, from: number): { text: Uint8Array; next: number; isDone: boolean } {
    // A pair ended here may have begun in the last piece: up to four bytes come out of one.
    this.#out = Buffer.allocUnsafe(bytes.length - from + 4);
    this.#outEnd = 0;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (this.#state !== "plain") this.#takeEscape(byte);
      else if (byte === BACKSLASH) this.#state = "escape";
      else if (byte === QUOTE) return this.#taken(at + 1, true);
      else if (byte < 0x20) throw malformed("A JSON string holds a control character", this.#path);
      else this.#emit(byte);
    }
    return this.#taken(bytes.length, false);
  }

  #taken(next: number, isDone: boolean): { text: Uint8Array; next: number; isDone: boolean } {
    if (isDone && this.#high !== 0) throw this.#halfCharacter();
    return { text: this.#out.subarray(0, this.#outEnd), next, isDone };
  }

  #takeEscape(byte: number): void {
    if (this.#state === "unicode") {
      this.#digits += String.fromCharCode(byte);
      if (this.#digits.length === 4) this.#endUnicode();
      return;
    }
    this.#state = byte === LETTER_U ? "unicode" : "plain";
    if (byte === LETTER_U) return;
    const meaning = ESCAPES.get(byte);
    if (meaning === undefined) throw this.#unknownEscape();
    this.#emit(meaning);
  }

  #endUnicode(): void {
    if (!/^[0-9a-f]{4}$/iu.test(this.#digits)) throw this.#unknownEscape();
    const unit = Number.parseInt(this.#digits, 16);
    this.#digits = "";
    this.#state = "plain";
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow !== (this.#high !== 0)) throw this.#halfCharacter();
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.#high = unit;
      return;
    }
    const text = isLow ? String.fromCharCode(this.#high, unit) : String.fromCharCode(unit);
    this.#high = 0;
    this.#outEnd += this.#out.write(text, this.#outEnd, "utf8");
  }

  #emit(byte: number): void {
    if (this.#high !== 0) throw this.#halfCharacter();
    this.#out[this.#outEnd] = byte;
    this.#outEnd += 1;
  }

  #unknownEscape(): Error {
    return malformed("A JSON string holds an escape that JSON does not know", this.#path);
  }

  #halfCharacter(): Error {
    return malformed("A parameter holds half a character", this.#path);
  }
}
