import type { FastifyReply, FastifyRequest } from "fastify";
import type { ReceivedFile } from "../../gateway/media-intake.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { AppError } from "../../platform/app-error.ts";
import { abandonBody } from "../abandon-body.ts";
import type { V1Deps } from "./v1-deps.ts";

/**
 * Takes a body that is a file, and judges it by its content; it is never held in memory whole. Refuses what is no file of ours,
 * and what is too large as soon as it is known: a sender who never ends is not waited for.
 */
export async function receiveFile(
  deps: Pick<V1Deps, "media">,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<ReceivedFile> {
  const bytesMax = deps.media.limits.fileBytesMax;
  // Whoever says beforehand that it is too large need not be listened to.
  if (Number(request.headers["content-length"] ?? 0) > bytesMax) {
    abandonBody(request, reply);
    throw tooLarge(bytesMax);
  }
  const sink = createMediaSink({ ...deps.media, stickers: true });
  let bytes = 0;
  try {
    for await (const chunk of readChunks(request)) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      sink.writeFile(chunk);
      await sink.flush();
    }
  } catch (error) {
    await sink.abort();
    abandonBody(request, reply);
    throw error;
  }
  const came = await sink.end();
  if (came?.kind === "file") return came.file;
  throw invalid(came?.kind === "invalid" ? came.why : "the body is empty");
}

function invalid(message: string): AppError {
  return new AppError("media_invalid", {
    message: `The file: ${message}.`,
    errors: [{ path: "(whole)", message }],
  });
}

function tooLarge(bytesMax: number): AppError {
  return new AppError("body_too_large", `A file may have ${bytesMax} bytes.`);
}

/** Tells a body that breaks off from a failure of ours; leaves the stream as it is when nobody reads on. */
async function* readChunks({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch (cause) {
    throw new AppError("malformed_body", "The body broke off before its end.", { cause });
  }
}
