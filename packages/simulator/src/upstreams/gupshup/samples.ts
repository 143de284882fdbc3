import type { FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { answerJson, type GupshupAnswer, refuse } from "./answers.ts";

const sampleBytesMax = 100 * 1024 * 1024;

/** `POST /wa/{appId}/wa/media/v2` (fact sheet 3.5): a template's sample; it is measured and not kept. */
export async function takeSample(
  parts: MetaParts,
  request: FastifyRequest,
  number: OfficialNumber,
): Promise<GupshupAnswer> {
  if (!/^multipart\/form-data/i.test(request.headers["content-type"] ?? "")) {
    return refuse(400, "Invalid File Type");
  }
  const stored = await parts.mediaFiles.write(request.raw, sampleBytesMax);
  if (stored === null) return refuse(413, "File size exceeds the maximum limit!");
  await parts.mediaFiles.remove(stored.id);
  const url = `${request.protocol}://${request.host}/gupshup/wa/${number.id}/wa/media/${stored.id}`;
  return answerJson(200, { status: "success", media: { fileName: "sample", id: stored.id, url } });
}
