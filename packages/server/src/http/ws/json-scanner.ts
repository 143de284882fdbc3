import type { MediaSink } from "../../gateway/media-sink.ts";
import { createUtf8Checker } from "../../platform/utf8-checker.ts";
import type { ImmediateScanner } from "./body-scanner.ts";
import { type FieldReceiver, malformed } from "./field-receiver.ts";
import { createJsonStringDecoder, type JsonStringDecoder } from "./json-string-decoder.ts";
import { parseJsonName, receiveJsonValue } from "./json-value.ts";
import { createRawJsonReader, type RawJsonReader } from "./raw-json-reader.ts";

/**
 * Reads `application/json` as it arrives. Only the outermost object is taken apart here: names and small
 * values are cut out whole and left to `JSON.parse`, while the string of `media` is decoded and handed on
 * piece by piece. States: `start` → `name-or-end` → `name` → `colon` → `value` → (`raw` or `media`) →
 * `comma-or-end` → `next-name` → `name` …, until `done`. An empty body is an empty object.
 */
export function createJsonScanner(receiver: FieldReceiver): ImmediateScanner {
  return new JsonScanner(receiver);
}

type State =
  | "start"
  | "name-or-end"
  | "next-name"
  | "name"
  | "colon"
  | "value"
  | "raw"
  | "media"
  | "comma-or-end"
  | "done";

const QUOTE = '"'.charCodeAt(0);
const BYTE_ORDER_MARK = Buffer.from("\ufeff");

class JsonScanner implements ImmediateScanner {
  readonly #receiver: FieldReceiver;
  readonly #utf8 = createUtf8Checker();
  #state: State = "start";
  #bytesBefore = 0;
  #name = "";
  #raw: RawJsonReader | undefined;
  #media: { sink: MediaSink; decoder: JsonStringDecoder } | undefined;

  constructor(receiver: FieldReceiver) {
    this.#receiver = receiver;
  }

  scan(bytes: Buffer): void {
    if (!this.#utf8.update(bytes)) throw malformed("The body is not UTF-8");
    let at = 0;
    while (at < bytes.length) at = this.#step(bytes, at);
    this.#bytesBefore += bytes.length;
  }

  end(): void {
    if (this.#state !== "done" && this.#state !== "start") {
      throw malformed("The JSON ends before its object is closed");
    }
    if (!this.#utf8.end()) throw malformed("The body is not UTF-8");
  }

  /** Reads a token or a part of one; answers the place behind it. */
  #step(bytes: Buffer, at: number): number {
    if (this.#state === "raw" || this.#state === "name") return this.#readRaw(bytes, at);
    if (this.#state === "media") return this.#readMedia(bytes, at);
    const byte = bytes[at] ?? 0;
    if (isWhiteSpace(byte)) return at + 1;
    if (this.#state === "value") return this.#beginValue(byte, at);
    if (this.#state === "start" && this.#bytesBefore + at < BYTE_ORDER_MARK.length) {
      // The standard lets a reader skip a byte order mark (RFC 8259 §8.1); Windows programs write one.
      if (byte === BYTE_ORDER_MARK[this.#bytesBefore + at]) return at + 1;
    }
    this.#state = this.#next(String.fromCharCode(byte), at);
    return this.#state === "name" ? at : at + 1;
  }

  #next(char: string, at: number): State {
    if (this.#state === "start" && char === "{") return "name-or-end";
    if (this.#state === "start") throw malformed("The JSON is not an object");
    if (this.#state === "name-or-end" && char === "}") return "done";
    if ((this.#state === "name-or-end" || this.#state === "next-name") && char === '"') {
      this.#raw = createRawJsonReader(this.#receiver, "");
      return "name";
    }
    if (this.#state === "colon" && char === ":") return "value";
    if (this.#state === "comma-or-end" && char === ",") return "next-name";
    if (this.#state === "comma-or-end" && char === "}") return "done";
    throw malformed(`The JSON cannot be read at byte ${this.#bytesBefore + at}`);
  }

  #beginValue(byte: number, at: number): number {
    if (this.#name === "media" && byte === QUOTE) {
      const decoder = createJsonStringDecoder(this.#name);
      this.#media = { sink: this.#receiver.beginMedia(), decoder };
      this.#state = "media";
      return at + 1;
    }
    this.#raw = createRawJsonReader(this.#receiver, this.#name);
    this.#state = "raw";
    return at;
  }

  #readRaw(bytes: Buffer, at: number): number {
    if (this.#raw === undefined) return at;
    const { text, next } = this.#raw.read(bytes, at);
    if (text === undefined) return next;
    if (this.#state === "name") {
      this.#name = parseJsonName(text);
      this.#state = "colon";
    } else {
      receiveJsonValue(this.#receiver, this.#name, text);
      this.#state = "comma-or-end";
    }
    return next;
  }

  #readMedia(bytes: Buffer, at: number): number {
    if (this.#media === undefined) return at;
    const { text, next, isDone } = this.#media.decoder.decode(bytes, at);
    this.#media.sink.writeText(text);
    if (isDone) this.#state = "comma-or-end";
    return next;
  }
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
