import { createHmac, timingSafeEqual } from "node:crypto";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { StoredFile } from "../../media-files.ts";
import type { MediaRow } from "../../store/media.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import { authorize } from "./authorize.ts";
import { contradicts, findKind, mediaBytesMax, mediaKinds, uploadMimes } from "./media-kinds.ts";
import type { MetaParts } from "./meta-parts.ts";
import {
  formatEnvelope,
  isRefusal,
  type Refusal,
  refuse,
  refuseParameter,
  refuseUnknownObject,
} from "./refusal.ts";

const downloadLifeMs = 5 * 60 * 1000;

interface Upload {
  fields: Map<string, string>;
  file: { stored: StoredFile | null; mime: string; name: string } | undefined;
}

/** `POST /{phone_number_id}/media` (fact sheet 4): streamed to disk, judged by part type and content. */
export async function uploadMedia(
  parts: MetaParts,
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<{ id: string } | Refusal> {
  const reached = authorize(parts, request);
  if (isRefusal(reached)) return reached;
  const number = reached.find((one) => one.id === request.params.id);
  if (number === undefined) return refuseUnknownObject(request.params.id);
  if (!/^multipart\/form-data/i.test(request.headers["content-type"] ?? "")) {
    return refuseParameter("Param file must be sent as multipart/form-data.");
  }
  let upload: Upload;
  try {
    upload = await readUpload(parts, request);
  } catch {
    return refuseParameter("The multipart body is malformed or cut.");
  }
  const refusal = judgeUpload(upload);
  const stored = upload.file?.stored;
  if (refusal !== undefined || !stored || upload.file === undefined) {
    if (stored) await parts.mediaFiles.remove(stored.id);
    return (
      refusal ??
      refuse(131053, "Media file is too large", { message: "(#131053) Media upload error" })
    );
  }
  const { mime, name } = upload.file;
  const row: MediaRow = {
    id: stored.id,
    number_id: number.id,
    mime,
    bytes: stored.bytes,
    sha256: stored.sha256,
    name,
    source_url: null,
    origin: "upload",
    created_at: parts.clock(),
  };
  await parts.store.write(() => parts.media.insert(row));
  return { id: row.id };
}

function readUpload(parts: MetaParts, request: FastifyRequest): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const busboy = new Busboy({
      headers: { ...request.headers, "content-type": String(request.headers["content-type"]) },
      limits: { files: 1, fields: 10, fieldSize: 4_096, headerPairs: 50 },
      // So that the part's own type is the first thing known of it.
      isPartAFile: (name, _mime, fileName) => name === "file" || fileName !== undefined,
    });
    const fields = new Map<string, string>();
    let file: Promise<Upload["file"]> | undefined;
    let open: BusboyFileStream | undefined;
    busboy.on("field", (name, value) => fields.set(name, value));
    // biome-ignore lint/complexity/useMaxParams: the parser's event has these.
    busboy.on("file", (_field, stream: BusboyFileStream, name, _encoding, mime) => {
      open = stream;
      file = keepFile(parts, stream, { name, mime });
      file.catch(reject);
    });
    busboy.on("error", reject);
    busboy.on("finish", () => {
      Promise.resolve(file).then((kept) => resolve({ fields, file: kept }), reject);
    });
    request.raw.on("close", () => {
      if (request.raw.complete) return;
      const cut = new Error("the upload was cut");
      // Ends the writing too, which else would wait for the rest for ever.
      open?.destroy(cut);
      reject(cut);
    });
    request.raw.pipe(busboy);
  });
}

async function keepFile(
  parts: MetaParts,
  stream: BusboyFileStream,
  part: { name: string; mime: string },
): Promise<Upload["file"]> {
  if (findKind(part.mime) === undefined) {
    stream.resume();
    return { ...part, stored: null };
  }
  const stored = await parts.mediaFiles.write(stream, mediaBytesMax);
  return { ...part, stored };
}

function judgeUpload({ fields, file }: Upload): Refusal | undefined {
  if (fields.get("messaging_product") !== "whatsapp") {
    return refuseParameter("The parameter messaging_product is required.");
  }
  if (file === undefined) return refuseParameter("The parameter file is required.");
  const kind = findKind(file.mime);
  const wrongType = (mime: string) =>
    refuseParameter(
      `Param file must be a file with one of the following types: ${uploadMimes.join(", ")}. Received file of type '${mime}'.`,
    );
  if (kind === undefined) return wrongType(file.mime);
  if (file.stored === null) return undefined;
  if (file.stored.bytes === 0) return refuseParameter("Param file is empty.");
  if (contradicts(file.mime, file.stored.detectedMime)) {
    return wrongType(file.stored.detectedMime ?? "application/octet-stream");
  }
  const { bytesMax } = mediaKinds[kind];
  if (file.stored.bytes > bytesMax) {
    return refuse(131053, `File is over the maximum of ${bytesMax} bytes for ${kind}`);
  }
  return undefined;
}

/** The file with that id, when one of these numbers owns it. */
export function findOwnMedia(
  parts: MetaParts,
  reached: OfficialNumber[],
  id: string,
): MediaRow | undefined {
  const row = parts.media.findLiving(id, parts.clock());
  return reached.some((number) => number.id === row?.number_id) ? row : undefined;
}

/** The answer of `GET /{media_id}`: an address that lives five minutes. */
export function formatMediaLookup(
  parts: MetaParts,
  row: MediaRow,
  baseUrl: string,
): Record<string, string> {
  return {
    messaging_product: "whatsapp",
    url: createDownloadUrl(parts, row.id, baseUrl),
    mime_type: row.mime,
    sha256: row.sha256,
    file_size: String(row.bytes),
    id: row.id,
  };
}

/** An address of the file that works for five minutes, with the number's bearer token. */
export function createDownloadUrl(
  parts: Pick<MetaParts, "clock" | "downloadKey">,
  id: string,
  baseUrl: string,
): string {
  const expires = String(Math.floor((parts.clock() + downloadLifeMs) / 1000));
  const hash = hashOf(parts.downloadKey, id, expires);
  return `${baseUrl}/lookaside/whatsapp_business/attachments/?mid=${id}&ext=${expires}&hash=${hash}`;
}

/** `GET` of such an address: 401 without the token, 404 when it is over (4). */
export async function downloadMedia(
  parts: MetaParts,
  request: FastifyRequest<{ Querystring: { mid?: string; ext?: string; hash?: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const reached = authorize(parts, request);
  if (isRefusal(reached)) return reply.code(reached.httpStatus).send(formatEnvelope(reached));
  const { mid = "", ext = "", hash = "" } = request.query;
  const expected = Buffer.from(hashOf(parts.downloadKey, mid, ext));
  const given = Buffer.from(hash);
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  const row = findOwnMedia(parts, reached, mid);
  if (!isOurs || Number(ext) * 1000 < parts.clock() || row === undefined) {
    return reply.code(404).type("text/plain").send("Not Found");
  }
  return reply
    .type(row.mime)
    .header("content-length", row.bytes)
    .send(parts.mediaFiles.read(row.id));
}

function hashOf(key: string, id: string, expires: string): string {
  return createHmac("sha256", key).update(`${id} ${expires}`).digest("base64url");
}
