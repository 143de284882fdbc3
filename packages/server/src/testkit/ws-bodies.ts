import { Readable } from "node:stream";
import type { MediaSink } from "../gateway/media-sink.ts";

/** A body of the `ws` API as it travels. */
export interface EncodedBody {
  type: string;
  bytes: Buffer;
}

/** The three encodings, each as a function from plain fields to a body. */
export const ENCODINGS: Record<string, (fields: Record<string, string>) => EncodedBody> = {
  form: (fields) => ({
    type: "application/x-www-form-urlencoded",
    bytes: Buffer.from(new URLSearchParams(fields).toString()),
  }),
  json: (fields) => ({ type: "application/json", bytes: Buffer.from(JSON.stringify(fields)) }),
  multipart: (fields) =>
    encodeMultipart(Object.entries(fields).map(([name, value]) => ({ name, content: value }))),
};

/** A part of a multipart body. */
export interface FormPart {
  name: string;
  content: string | Buffer;
  fileName?: string;
  /** Header lines besides Content-Disposition, each with its line break. */
  headers?: string;
}

/** A multipart body as browsers and curl write it. */
export function encodeMultipart(parts: FormPart[]): EncodedBody {
  const boundary = "----recado7MA4YWxkTrZu0gW";
  const pieces = parts.flatMap(({ name, content, fileName, headers = "" }) => {
    const file = fileName === undefined ? "" : `; filename="${fileName}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n`;
    return [Buffer.from(`${head}${headers}\r\n`), Buffer.from(content), Buffer.from("\r\n")];
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** The bytes as a stream, in pieces of the given size. */
export function streamOf(bytes: Buffer, pieceBytes: number): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    pieces.push(bytes.subarray(at, at + pieceBytes));
  }
  return Readable.from(pieces, { objectMode: false });
}

/** A {@link MediaSink} that keeps what it gets and decides nothing. */
export interface KeepingSink extends MediaSink {
  text(): string;
}

/** See {@link KeepingSink}. */
export function createKeepingSink(): KeepingSink {
  const kept: Buffer[] = [];
  return {
    writeText: (text) => kept.push(Buffer.from(text)),
    writeFile: (bytes) => kept.push(Buffer.from(bytes)),
    flush: () => Promise.resolve(),
    end: () => Promise.resolve(null),
    abort: () => Promise.resolve(),
    text: () => Buffer.concat(kept).toString("utf8"),
  };
}
