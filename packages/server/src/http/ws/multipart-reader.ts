import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import type { MediaSink } from "../../gateway/media-sink.ts";
import type { BodyScanner } from "./body-scanner.ts";
import { decodeUtf8, type FieldReceiver, malformed } from "./field-receiver.ts";

const PARTS_MAX = 200;
const PART_HEADER_BYTES_MAX = 8192;
const PART_HEADERS_MAX = 32;

/**
 * Reads `multipart/form-data` (RFC 7578). `media` may be a file part, whose bytes are taken, or a text part,
 * which is read as a URL or base64; it is streamed either way. Other text parts are held and given to the
 * receiver in their order at the end; other file parts are let go by. A body that ends early is refused.
 */
export function createMultipartReader(contentType: string, receiver: FieldReceiver): BodyScanner {
  return new MultipartReader(contentType, receiver);
}

interface HeldPart {
  name: string;
  pieces: Buffer[];
  /** Resolves when all of it has come. */
  ended: Promise<void>;
}

/** What a part's headers say. */
interface PartHead {
  name: string | undefined;
  fileName: string | undefined;
  encoding: string;
  type: string;
}

class MultipartReader implements BodyScanner {
  readonly #receiver: FieldReceiver;
  readonly #parser: BusboyInstance;
  readonly #held: HeldPart[] = [];
  /** The part that began last, if it is held: it may go on. */
  #latest: HeldPart | undefined;
  readonly #failed: Promise<never>;
  #fail: (error: unknown) => void = () => {};

  constructor(contentType: string, receiver: FieldReceiver) {
    this.#receiver = receiver;
    this.#parser = createParser(contentType);
    this.#failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // Whoever awaits it sees the refusal; nobody may be awaiting it yet.
    this.#failed.catch(() => {});
    this.#parser.on("error", (cause) => {
      this.#fail(malformed("The multipart body is cut short or damaged", undefined, { cause }));
    });
    this.#parser.on("partsLimit", () => {
      this.#fail(malformed(`The multipart body has more than ${PARTS_MAX} parts`));
    });
    this.#parser.on("file", (...[name, part, fileName, encoding, type]) => {
      this.#takePart(part, { name, fileName, encoding, type });
    });
  }

  async scan(bytes: Buffer): Promise<void> {
    const written = new Promise<void>((resolve) => {
      this.#parser.write(bytes, () => resolve());
    });
    await Promise.race([this.#failed, written]);
    // Whoever calls may be asked about before the media behind it is stored.
    if (this.#held.length > 0) await Promise.race([this.#failed, this.#settle()]);
  }

  async end(): Promise<void> {
    const finished = new Promise<void>((resolve) => {
      this.#parser.once("finish", resolve);
    });
    this.#parser.end();
    await Promise.race([this.#failed, finished]);
    this.#latest = undefined;
    await Promise.race([this.#failed, this.#settle()]);
  }

  /** Hands over the parts that are whole, in their order: all but the one that began last. */
  async #settle(): Promise<void> {
    for (;;) {
      const [first] = this.#held;
      if (first === undefined || first === this.#latest) return;
      await first.ended;
      this.#held.shift();
      const { name, pieces } = first;
      this.#receiver.setText(name, decodeUtf8(Buffer.concat(pieces), name));
    }
  }

  #takePart(part: BusboyFileStream, head: PartHead): void {
    // A part that is cut short fails the whole body, which is what is reported.
    part.on("error", () => {});
    try {
      this.#latest = undefined;
      const take = this.#receiverOf(head, part);
      part.on("data", (bytes: Buffer) => {
        this.#guard(() => take(bytes));
      });
    } catch (error) {
      this.#fail(error);
      part.resume();
    }
  }

  #receiverOf(head: PartHead, part: BusboyFileStream): (bytes: Buffer) => void {
    const { name, fileName, encoding } = head;
    if (name === "media") {
      const isFile = fileName !== undefined || head.type !== "text/plain";
      return takeMedia(this.#receiver.beginMedia(), isFile, encoding);
    }
    if (name === undefined || fileName !== undefined) return () => {};
    if (encoding === "base64" || encoding === "quoted-printable") {
      throw malformed("Parts of a form have no transfer encoding (RFC 7578 §4.7)", name);
    }
    const ended = new Promise<void>((resolve) => part.once("end", () => resolve()));
    const held: HeldPart = { name, pieces: [], ended };
    this.#receiver.hold(name.length);
    this.#held.push(held);
    this.#latest = held;
    return (bytes) => {
      this.#receiver.hold(bytes.length);
      // A copy, lest a short part keep its whole piece in memory.
      held.pieces.push(Buffer.from(bytes));
    };
  }

  /** A refusal inside the parser's events would end the process instead of the request. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#fail(error);
    }
  }
}

function createParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: {
        parts: PARTS_MAX,
        headerPairs: PART_HEADERS_MAX,
        headerSize: PART_HEADER_BYTES_MAX,
      },
      // Every part comes as a stream, so that `media` as text is streamed and bytes are judged by us.
      isPartAFile: () => true,
    });
  } catch (cause) {
    throw malformed("The content type of the multipart body names no boundary", undefined, {
      cause,
    });
  }
}

function takeMedia(sink: MediaSink, isFile: boolean, encoding: string): (bytes: Buffer) => void {
  if (encoding === "quoted-printable") {
    throw malformed("Parts of a form have no transfer encoding (RFC 7578 §4.7)", "media");
  }
  return isFile && encoding !== "base64"
    ? (bytes) => sink.writeFile(bytes)
    : (bytes) => sink.writeText(bytes);
}
