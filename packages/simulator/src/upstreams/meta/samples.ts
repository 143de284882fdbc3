import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { MetaParts } from "./meta-parts.ts";
import { type Refusal, refuseParameter } from "./refusal.ts";

const sampleBytesMax = 100 * 1024 * 1024;
const sampleTypes = ["application/pdf", "image/jpeg", "image/png", "video/mp4", "text/plain"];
const documentType = /^application\/(vnd\.|msword)/;

interface Session {
  type: string;
  bytes: number;
}

/** `POST /{app_id}/uploads` (fact sheet 4): opens an upload; what it is for stands, signed, in its name. */
export function openSample(
  parts: MetaParts,
  query: Record<string, string>,
): Record<string, unknown> | Refusal {
  const { file_length: length = "", file_type: type = "" } = query;
  const bytes = /^[0-9]{1,12}$/.test(length) ? Number(length) : 0;
  if (bytes === 0 || bytes > sampleBytesMax) {
    return refuseParameter("Param file_length must be the file's size in bytes.");
  }
  if (!sampleTypes.includes(type) && !documentType.test(type)) {
    return refuseParameter(`Param file_type '${type}' is not supported.`);
  }
  const name = Buffer.from(JSON.stringify({ type, bytes })).toString("base64url");
  return { id: `upload:${name}?sig=${sign(parts, name)}` };
}

/** `POST /upload:…` with the bytes: the handle that a template's header names as its sample. */
export async function takeSample(
  parts: MetaParts,
  request: FastifyRequest,
  id: string,
): Promise<Record<string, unknown> | Refusal> {
  const name = id.slice("upload:".length);
  const session = readSession(parts, name, (request.query as { sig?: string }).sig);
  if (session === undefined) return refuseParameter("The upload session is not valid.");
  if (request.headers.file_offset !== "0") {
    return refuseParameter("The header file_offset must be 0.");
  }
  const stored = await parts.mediaFiles.write(request.raw, sampleBytesMax);
  // Nobody will ever see it: it was only measured.
  if (stored !== null) await parts.mediaFiles.remove(stored.id);
  if (stored?.bytes !== session.bytes) {
    return refuseParameter(`The file has ${stored?.bytes} bytes and not ${session.bytes}.`);
  }
  return { h: `4::${Buffer.from(session.type).toString("base64")}:${sign(parts, stored.sha256)}` };
}

function readSession(parts: MetaParts, name: string, sig?: string): Session | undefined {
  if (sig !== sign(parts, name)) return undefined;
  return JSON.parse(Buffer.from(name, "base64url").toString()) as Session;
}

function sign(parts: MetaParts, text: string): string {
  return `AR${createHmac("sha256", parts.downloadKey).update(text).digest("base64url").slice(0, 20)}`;
}
