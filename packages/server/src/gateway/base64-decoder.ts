/**
 * Decodes base64 that arrives in pieces: standard and URL-safe alphabet, mixed even; padding or none; line
 * breaks and tabs anywhere. A blank counts as `+`, because that is what a form makes of a `+` that its sender
 * forgot to escape; blanks at the very beginning are only blanks, and so are those at the very end unless the
 * text is complete only with them. Once the text cannot be base64, both calls answer null.
 */
export interface Base64Decoder {
  /** The bytes that are certain by now. */
  write(text: Uint8Array): Uint8Array | null;
  /** The last bytes. */
  end(): Uint8Array | null;
}

const SKIPPED = -1;
const BLANK = -2;
const PADDING = -3;
const FOREIGN = -4;
const PLUS = 62;

/** More blanks in a row are no `+` any more, and making bytes of them would take memory. */
const BLANKS_IN_A_ROW_MAX = 4096;

const MEANINGS = readAlphabet();

/** See {@link Base64Decoder}. */
export function createBase64Decoder(): Base64Decoder {
  return new StreamingDecoder();
}

class StreamingDecoder implements Base64Decoder {
  #bits = 0;
  #symbols = 0;
  #padding = 0;
  #blanks = 0;
  #isInvalid = false;
  #out: Uint8Array = new Uint8Array();
  #outBytes = 0;

  write(text: Uint8Array): Uint8Array | null {
    this.#makeRoom(text.length);
    const groupsAt = (4 - (this.#symbols & 3)) & 3;
    this.#decode(text.subarray(0, groupsAt));
    const groupsEnd = groupsAt + this.#decodeGroups(text.subarray(groupsAt));
    this.#decode(text.subarray(groupsEnd));
    return this.#taken();
  }

  end(): Uint8Array | null {
    this.#makeRoom(0);
    const withBlanks = this.#symbols + this.#blanks;
    const needsBlanks =
      this.#symbols % 4 !== 0 && (withBlanks % 4 === 0 || this.#symbols % 4 === 1);
    if (this.#padding === 0 && needsBlanks) this.#mendBlanks();
    const rest = this.#symbols % 4;
    if (rest === 1 || (this.#padding > 0 && (this.#symbols + this.#padding) % 4 !== 0)) {
      this.#isInvalid = true;
    }
    if (rest === 2) this.#emit(this.#bits >> 4);
    if (rest === 3) {
      this.#emit(this.#bits >> 10);
      this.#emit(this.#bits >> 2);
    }
    return this.#taken();
  }

  #decode(text: Uint8Array): void {
    for (let at = 0; at < text.length && !this.#isInvalid; at += 1) {
      const meaning = MEANINGS[text[at] ?? 0] ?? FOREIGN;
      if (meaning >= 0 && this.#blanks === 0 && this.#padding === 0) this.#push(meaning);
      else if (meaning !== SKIPPED) this.#takeUnusual(meaning);
    }
  }

  /**
   * Decodes whole groups of four by Node's own, several times faster decoder; answers how many characters
   * that were. Node passes over what is no symbol, so the result is used only if nothing is missing.
   */
  #decodeGroups(text: Uint8Array): number {
    const isBetweenGroups = (this.#symbols & 3) === 0 && this.#blanks === 0 && this.#padding === 0;
    const length = text.length - (text.length % 4);
    if (!isBetweenGroups || this.#isInvalid || length === 0) return 0;
    const bytes = Buffer.from(Buffer.from(text.subarray(0, length)).toString("latin1"), "base64");
    if (bytes.length !== (length / 4) * 3) return 0;
    this.#out.set(bytes, this.#outBytes);
    this.#outBytes += bytes.length;
    this.#symbols += length;
    return length;
  }

  #takeUnusual(meaning: number): void {
    if (meaning === BLANK) {
      if (this.#symbols > 0 && this.#padding === 0) this.#blanks += 1;
      if (this.#blanks > BLANKS_IN_A_ROW_MAX) this.#isInvalid = true;
      return;
    }
    this.#mendBlanks();
    if (meaning === PADDING && this.#padding < 2 && this.#symbols > 0) this.#padding += 1;
    else if (meaning >= 0 && this.#padding === 0) this.#push(meaning);
    else this.#isInvalid = true;
  }

  #mendBlanks(): void {
    for (; this.#blanks > 0; this.#blanks -= 1) this.#push(PLUS);
  }

  #push(sixBits: number): void {
    this.#bits = (this.#bits << 6) | sixBits;
    this.#symbols += 1;
    if ((this.#symbols & 3) !== 0) return;
    this.#emit(this.#bits >> 16);
    this.#emit(this.#bits >> 8);
    this.#emit(this.#bits);
    this.#bits = 0;
  }

  #emit(byte: number): void {
    this.#out[this.#outBytes] = byte;
    this.#outBytes += 1;
  }

  #makeRoom(symbols: number): void {
    this.#out = Buffer.allocUnsafe(Math.ceil(((symbols + this.#blanks + 4) * 3) / 4) + 3);
    this.#outBytes = 0;
  }

  #taken(): Uint8Array | null {
    return this.#isInvalid ? null : this.#out.subarray(0, this.#outBytes);
  }
}

/** What each byte means: its six bits, or one of the negative constants. */
function readAlphabet(): Int8Array {
  const meanings = new Int8Array(256).fill(FOREIGN);
  const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (const [value, symbol] of [...symbols].entries()) meanings[symbol.charCodeAt(0)] = value;
  for (const [symbol, meaning] of [
    ["-", PLUS],
    ["_", PLUS + 1],
    ["=", PADDING],
    [" ", BLANK],
    ["\r", SKIPPED],
    ["\n", SKIPPED],
    ["\t", SKIPPED],
  ] as const) {
    meanings[symbol.charCodeAt(0)] = meaning;
  }
  return meanings;
}
