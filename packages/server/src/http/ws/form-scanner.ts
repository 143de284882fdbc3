import type { MediaSink } from "../../gateway/media-sink.ts";
import type { ImmediateScanner } from "./body-scanner.ts";
import { decodeUtf8, type FieldReceiver } from "./field-receiver.ts";

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const BLANK = 0x20;

/**
 * Reads `application/x-www-form-urlencoded` (URL standard, "application/x-www-form-urlencoded parsing"), a
 * body of any size in the memory of one piece: the value of `media` goes on as it comes. Like PHP it takes
 * a `%` that begins no escape as it stands. Text that is not UTF-8 is refused, not replaced.
 */
export function createFormScanner(receiver: FieldReceiver): ImmediateScanner {
  return new FormScanner(receiver);
}

class FormScanner implements ImmediateScanner {
  readonly #receiver: FieldReceiver;
  /** Undefined while the name is being read. */
  #name: string | undefined;
  #held: Buffer[] = [];
  #media: MediaSink | undefined;
  /** What of an escape has come: `%`, or `%` and one digit. */
  #escape: number[] = [];
  #out: Buffer = Buffer.alloc(0);
  #outStart = 0;
  #outEnd = 0;

  constructor(receiver: FieldReceiver) {
    this.#receiver = receiver;
  }

  scan(bytes: Buffer): void {
    // An escape that turns out to be none adds the two bytes that were waiting.
    this.#makeRoom(bytes.length + 2);
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (this.#escape.length > 0 && this.#continueEscape(byte)) continue;
      if (byte === PERCENT) at += this.#beginEscape(bytes, at);
      else if (byte === AMPERSAND) this.#endPair();
      else if (byte === EQUALS && this.#name === undefined) this.#endName();
      else this.#emit(byte === PLUS ? BLANK : byte);
    }
    this.#pass();
  }

  end(): void {
    this.#makeRoom(2);
    this.#endPair();
  }

  /** How many bytes behind the `%` were read with it: both digits, or none when a piece ends here. */
  #beginEscape(bytes: Buffer, at: number): 0 | 2 {
    const first = hexValue(bytes[at + 1] ?? 0);
    const second = hexValue(bytes[at + 2] ?? 0);
    if (first === -1 || second === -1) {
      this.#escape = [PERCENT];
      return 0;
    }
    this.#emit(first * 16 + second);
    return 2;
  }

  /** Whether the byte belonged to the escape; if not, what was waiting stands for itself. */
  #continueEscape(byte: number): boolean {
    const digit = hexValue(byte);
    if (digit === -1) {
      this.#giveUpEscape();
      return false;
    }
    const [, first] = this.#escape;
    if (first === undefined) {
      this.#escape.push(byte);
    } else {
      this.#emit(hexValue(first) * 16 + digit);
      this.#escape = [];
    }
    return true;
  }

  #giveUpEscape(): void {
    for (const waiting of this.#escape) this.#emit(waiting);
    this.#escape = [];
  }

  #endName(): void {
    this.#giveUpEscape();
    this.#pass();
    this.#name = this.#takeHeld("");
    if (this.#name === "media") this.#media = this.#receiver.beginMedia();
  }

  #endPair(): void {
    this.#giveUpEscape();
    const isEmpty = this.#name === undefined && this.#held.length === 0;
    if (isEmpty && this.#outEnd === this.#outStart) return;
    if (this.#name === undefined) this.#endName();
    this.#pass();
    const name = this.#name ?? "";
    if (this.#media === undefined) this.#receiver.setText(name, this.#takeHeld(name));
    this.#media = undefined;
    this.#name = undefined;
  }

  #takeHeld(path: string): string {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    return decodeUtf8(bytes, path);
  }

  /** Hands on what has been decoded since the last time. */
  #pass(): void {
    const bytes = this.#out.subarray(this.#outStart, this.#outEnd);
    this.#outStart = this.#outEnd;
    if (this.#media !== undefined) {
      this.#media.writeText(bytes);
    } else if (bytes.length > 0) {
      this.#receiver.hold(bytes.length);
      // A copy, lest a name of some bytes keep its whole piece in memory.
      this.#held.push(Buffer.from(bytes));
    }
  }

  #makeRoom(bytes: number): void {
    this.#out = Buffer.allocUnsafe(bytes);
    this.#outStart = 0;
    this.#outEnd = 0;
  }

  #emit(byte: number): void {
    this.#out[this.#outEnd] = byte;
    this.#outEnd += 1;
  }
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
