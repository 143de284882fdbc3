import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { MediaIntake } from "../../gateway/media-intake.ts";
import type { MediaSink } from "../../gateway/media-sink.ts";
import { AppError } from "../../platform/app-error.ts";
import type { BodyScanner } from "./body-scanner.ts";
import {
  type FieldReceiver,
  type FieldReceiverOptions,
  malformed,
  WsFieldReceiver,
  type WsFields,
  type WsQuery,
} from "./field-receiver.ts";
import { createFormScanner } from "./form-scanner.ts";
import { createJsonScanner } from "./json-scanner.ts";
import { createMultipartReader } from "./multipart-reader.ts";

/** What a caller of the `ws` API sent. */
export interface WsBody {
  fields: WsFields;
  /** Null when none came, or a blank one. A file is in the blob store: whoever does not use it deletes it. */
  media: MediaIntake | null;
}

/** A request whose body has not been read yet. */
export interface WsBodySource {
  headers: IncomingHttpHeaders;
  stream: Readable;
  query: WsQuery;
}

/** How much of a request is read. */
export interface WsBodyLimits {
  /** Of the whole body as it travels; beyond it nothing is read. Leaves room for media that is too large. */
  bodyBytesMax: number;
  /** Of everything but `media`, names and values together. */
  fieldBytesMax: number;
}

/** The limits of a platform whose operator set none. */
export const WS_BODY_LIMITS: WsBodyLimits = {
  bodyBytesMax: 256 * 1024 * 1024,
  fieldBytesMax: 256 * 1024,
};

/** What {@link readWsBody} works with. */
export interface WsBodyOptions {
  limits: WsBodyLimits;
  newMediaSink(): MediaSink;
  /** See {@link FieldReceiverOptions}. */
  isStranger?: FieldReceiverOptions["isStranger"];
}

/**
 * Reads a request of the `ws` API in any of its three encodings, with the query string behind it: a field of
 * the body wins, a blank one too. `media` goes to its sink as it arrives. Throws an AppError
 * `malformed_body`, `body_too_large` or `unsupported_media_type`; nothing that was stored is left then, and
 * the rest of the body has been thrown away, up to its limit, so that the caller can read the answer.
 */
export async function readWsBody(source: WsBodySource, options: WsBodyOptions): Promise<WsBody> {
  const { newMediaSink, isStranger, limits } = options;
  const receiver = new WsFieldReceiver({
    ...{ fieldBytesMax: limits.fieldBytesMax, newMediaSink, query: source.query },
    ...(isStranger && { isStranger }),
  });
  try {
    await readStream(source, receiver, limits);
    receiver.fillFromQuery(source.query);
    receiver.checkCaller();
    return { fields: receiver.fields, media: await receiver.endMedia() };
  } catch (error) {
    discardRest(source.stream);
    await receiver.abort();
    throw error;
  }
}

async function readStream(
  source: WsBodySource,
  receiver: WsFieldReceiver,
  limits: WsBodyLimits,
): Promise<void> {
  const declaredBytes = readContentLength(source.headers);
  if (declaredBytes !== undefined && declaredBytes > limits.bodyBytesMax) throw tooLarge(limits);
  let scanner: BodyScanner | undefined;
  let refusal: { error: unknown } | undefined;
  let bytes = 0;
  const small = declaredBytes !== undefined && declaredBytes <= SMALL_BODY_BYTES_MAX;
  for await (const chunk of small ? [await readWhole(source.stream)] : readChunks(source.stream)) {
    bytes += chunk.length;
    if (bytes > limits.bodyBytesMax) throw refusal?.error ?? tooLarge(limits);
    // Many clients read no answer before they have sent everything: what follows a refusal is read too.
    if (refusal !== undefined || chunk.length === 0) continue;
    try {
      // An empty body needs no content type: some callers put everything into the query string.
      scanner ??= createScanner(source.headers, receiver);
      await scanner.scan(chunk);
      await receiver.flush();
    } catch (error) {
      refusal = { error };
      await receiver.abort();
    }
  }
  if (refusal !== undefined) throw refusal.error;
  if (declaredBytes !== undefined && bytes !== declaredBytes) {
    throw malformed("The body has not as many bytes as its Content-Length says");
  }
  await scanner?.end();
  await receiver.flush();
}

/** Bodies up to this size are read at once: nearly all are, and an iterator costs more than the reading. */
const SMALL_BODY_BYTES_MAX = 65_536;

function readWhole(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => void chunks.push(chunk);
    const end = () => {
      stream.off("data", take).off("end", end).off("error", breakOff).off("close", breakOff);
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    const breakOff = (cause?: unknown) =>
      reject(malformed("The body broke off before its end", undefined, { cause }));
    stream.on("data", take).on("end", end).on("error", breakOff).on("close", breakOff);
  });
}

/** Tells a body that breaks off from a failure of ours. Leaves the stream as it is when nobody reads on. */
async function* readChunks(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    }
  } catch (cause) {
    throw malformed("The body broke off before its end", undefined, { cause });
  }
}

function createScanner(headers: IncomingHttpHeaders, receiver: FieldReceiver): BodyScanner {
  const contentType = headers["content-type"] ?? "";
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.trim().toLowerCase() !== "identity")
    throw unsupported("A compressed body is not taken");
  const [type = ""] = contentType.split(";", 1);
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/iu.exec(contentType)?.[1]?.toLowerCase();
  if (charset !== undefined && !["utf-8", "utf8", "us-ascii"].includes(charset)) {
    throw unsupported("The body must be UTF-8");
  }
  switch (type.trim().toLowerCase()) {
    case "application/x-www-form-urlencoded":
      return createFormScanner(receiver);
    case "application/json":
      return createJsonScanner(receiver);
    case "multipart/form-data":
      return createMultipartReader(contentType, receiver);
    default:
      throw unsupported(
        "The body may be application/x-www-form-urlencoded, multipart/form-data or application/json",
      );
  }
}

function readContentLength(headers: IncomingHttpHeaders): number | undefined {
  const text = headers["content-length"];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/u.test(text)) throw malformed("The Content-Length is not a number");
  return Number(text);
}

function unsupported(message: string): AppError {
  return new AppError("unsupported_media_type", message);
}

function tooLarge({ bodyBytesMax }: WsBodyLimits): AppError {
  return new AppError("body_too_large", `The body may have ${bodyBytesMax} bytes`);
}

function discardRest(stream: Readable): void {
  // A connection that breaks while the rest goes by concerns nobody any more.
  stream.on("error", () => {});
  // Until the iterator's listener is gone for good, in the next tick, a stream ignores resume().
  setImmediate(() => {
    if (!stream.destroyed) stream.resume();
  });
}
