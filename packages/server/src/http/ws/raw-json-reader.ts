import { type FieldReceiver, malformed } from "./field-receiver.ts";

/** Deeper than this nothing is read: no parameter of ours nests at all. */
const DEPTH_MAX = 32;

/** Cuts one JSON value out of bytes that arrive in pieces, without judging what is inside. */
export interface RawJsonReader {
  /** `text` is there once the value is whole; `next` is the place behind what was read. */
  read(bytes: Buffer, from: number): { text: string | undefined; next: number };
}

/** A {@link RawJsonReader} that begins at the value's first byte; `path` names it in refusals. */
export function createRawJsonReader(receiver: FieldReceiver, path: string): RawJsonReader {
  return new RawReader(receiver, path);
}

class RawReader implements RawJsonReader {
  readonly #receiver: FieldReceiver;
  readonly #path: string;
  readonly #held: Buffer[] = [];
  #kind: "unknown" | "enclosed" | "bare" = "unknown";
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(receiver: FieldReceiver, path: string) {
    this.#receiver = receiver;
    this.#path = path;
  }

  read(bytes: Buffer, from: number): { text: string | undefined; next: number } {
    if (this.#kind === "unknown") {
      this.#kind = '"[{'.includes(String.fromCharCode(bytes[from] ?? 0)) ? "enclosed" : "bare";
    }
    const end = this.#kind === "bare" ? findBareEnd(bytes, from) : this.#findEnd(bytes, from);
    const next = end ?? bytes.length;
    this.#receiver.hold(next - from);
    // A copy, lest a short value keep its whole piece in memory.
    this.#held.push(Buffer.from(bytes.subarray(from, next)));
    const text = end === undefined ? undefined : Buffer.concat(this.#held).toString("utf8");
    return { text, next };
  }

  /** The place behind the mark that closes the value. */
  #findEnd(bytes: Buffer, from: number): number | undefined {
    for (let at = from; at < bytes.length; at += 1) {
      const char = bytes[at];
      if (this.#isInString) this.#stepInString(char);
      else this.#stepOutside(char);
      if (!this.#isInString && this.#depth === 0) return at + 1;
    }
    return undefined;
  }

  #stepInString(char: number | undefined): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (char === 0x5c) this.#isEscaped = true;
    else if (char === 0x22) this.#isInString = false;
  }

  #stepOutside(char: number | undefined): void {
    if (char === 0x22) this.#isInString = true;
    if (char === 0x5b || char === 0x7b) this.#depth += 1;
    if (char === 0x5d || char === 0x7d) this.#depth -= 1;
    if (this.#depth > DEPTH_MAX) {
      throw malformed(`The JSON nests deeper than ${DEPTH_MAX} levels`, this.#path);
    }
  }
}

/** A number or a word ends before what cannot belong to it. */
function findBareEnd(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at < bytes.length; at += 1) {
    if (!/[\w.+-]/u.test(String.fromCharCode(bytes[at] ?? 0))) return at;
  }
  return undefined;
}
