import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { request } from "undici";
import { textOf } from "../cloud-wire/untrusted-json.ts";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type {
  DownloadCall,
  DownloadOutcome,
  MediaUse,
  UploadCall,
  UploadOutcome,
} from "../provider.ts";
import { readRepeatableFailure } from "./failures.ts";
import { CALL_TIMEOUT_MS, callGraph, graphHeaders, graphUrl, readResult } from "./graph.ts";

/** A large file on a slow line. */
const UPLOAD_TIMEOUT_MS = 10 * 60 * 1_000;

/** Uploaded ids live this long and belong to the number (fact sheet §4). */
const UPLOADED_LIFE_MS = 30 * 24 * 60 * 60 * 1_000;

/** Longest answer that is read when a download is refused. */
const REFUSAL_BYTES_MAX = 65_536;

/** What the upload takes for each kind of message; zip and csv are not among it (fact sheet §4). */
const UPLOADABLE: Record<MediaUse, ReadonlySet<string>> = {
  document: new Set([
    "application/msword",
    "application/pdf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
  ]),
  audio: new Set(["audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/opus"]),
  image: new Set(["image/jpeg", "image/png"]),
  video: new Set(["video/3gpp", "video/mp4"]),
  sticker: new Set(["image/webp"]),
};

/** Whether a file can only be sent by link: a zip, or a picture that travels as a document. */
export function mustBeLinked(mime: string, use: MediaUse): boolean {
  return !UPLOADABLE[use].has(mime.split(";")[0]?.trim().toLowerCase() ?? "");
}

/** Uploads a file without holding it: the form is written by hand around the stream. */
export async function uploadMedia(call: UploadCall): Promise<UploadOutcome> {
  const form = multipartAround(call);
  const reply = await call.http.request({
    method: "POST",
    url: graphUrl(call.channel, [call.channel.numberId, "media"]),
    headers: {
      ...graphHeaders(call.channel),
      "content-type": `multipart/form-data; boundary=${form.boundary}`,
      "content-length": String(form.bytes),
    },
    body: Readable.from(form.chunks(), { objectMode: false }),
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  const providerMediaId = textOf(readResult(reply)?.id);
  const now = new Date();
  if (providerMediaId === null) {
    const failure = readRepeatableFailure(reply, [call.channel.accessToken], now);
    return { kind: "refused", failure };
  }
  const expiresAt = new Date(now.getTime() + UPLOADED_LIFE_MS);
  return { kind: "uploaded", providerMediaId, expiresAt };
}

/**
 * Opens a person's file: its address is looked up (it lives five minutes) and asked for with the same
 * token. The token goes to no host but an encrypted one or the channel's own.
 */
export async function downloadMedia(call: DownloadCall): Promise<DownloadOutcome> {
  const reply = await callGraph(call, {
    method: "GET",
    path: [call.providerMediaId],
    query: { phone_number_id: call.channel.numberId },
  });
  const found = readResult(reply);
  const url = textOf(found?.url);
  const secrets = [call.channel.accessToken];
  if (url === null) {
    return { kind: "refused", failure: readRepeatableFailure(reply, secrets, new Date()) };
  }
  if (!mayCarryToken(url, call.channel.baseUrl)) {
    const failure = namelessFailure("the file is on a host without encryption", { kind: "never" });
    return { kind: "refused", failure };
  }
  return openFile(call, url, textOf(found?.mime_type));
}

/** A stream of the file; whoever gets it must read it to its end or stop its iteration. */
async function openFile(
  call: DownloadCall,
  url: string,
  foundMime: string | null,
): Promise<DownloadOutcome> {
  try {
    const { statusCode, headers, body } = await request(url, {
      headers: graphHeaders(call.channel),
      headersTimeout: CALL_TIMEOUT_MS,
      bodyTimeout: CALL_TIMEOUT_MS,
    });
    if (statusCode === 200) {
      const length = Number(headers["content-length"] ?? Number.NaN);
      const mime = foundMime ?? String(headers["content-type"] ?? "application/octet-stream");
      return { kind: "opened", mime, bytes: Number.isInteger(length) ? length : null, body };
    }
    await body.dump({ limit: REFUSAL_BYTES_MAX });
    // An address that has expired answers 404: looking it up again helps (§4).
    const failure = namelessFailure(`HTTP ${statusCode} for the file`, { kind: "soon" });
    return { kind: "refused", failure };
  } catch (error) {
    // Its message may name addresses of ours; the code says enough.
    const code = (error as NodeJS.ErrnoException).code ?? "no code";
    const failure = namelessFailure(`no answer for the file: ${code}`, { kind: "soon" });
    return { kind: "refused", failure };
  }
}

function mayCarryToken(url: string, baseUrl: string): boolean {
  const target = URL.parse(url);
  return (
    target !== null && (target.protocol === "https:" || target.origin === new URL(baseUrl).origin)
  );
}

interface MultipartForm {
  boundary: string;
  bytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** The three parts that the upload wants; the file's part names its type, or it is refused (§2.3). */
function multipartAround(call: UploadCall): MultipartForm {
  const boundary = `recado-${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${headerText(call.name)}"\r\n` +
    `content-type: ${headerText(call.mime)}\r\n\r\n`;
  const head = Buffer.from(
    field("messaging_product", "whatsapp") + field("type", call.mime) + file,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    boundary,
    bytes: head.length + call.bytes + tail.length,
    async *chunks() {
      yield head;
      for await (const chunk of call.open()) {
        yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      }
      yield tail;
    },
  };
}

/** What cannot stand in a quoted header value becomes what browsers make of it. */
function headerText(value: string): string {
  return value.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
