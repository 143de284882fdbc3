import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import type { FastifyRequest } from "fastify";
import { accessMedia } from "../../accounts/access.ts";
import { stamp } from "../../accounts/operator.ts";
import { findMediaType, MEDIA_TYPES } from "../../domain/media-kind.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { keepUpload, type Upload } from "../../gateway/uploads.ts";
import { AppError } from "../../platform/app-error.ts";
import { abandonBody } from "../abandon-body.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** Files that are uploaded once and sent by their id. They are never held in memory whole. */
export function serveMedia(serve: Serve, deps: V1Deps): void {
  serve(calls.uploadMedia, async ({ caller, request, reply }) => {
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
    if (came?.kind !== "file") {
      throw invalid(came?.kind === "invalid" ? came.why : "the body is empty");
    }
    const { storageKey, sha256, type } = came.file;
    const { id, at } = stamp(deps);
    const { accountId, projectId } = caller;
    const { mime } = MEDIA_TYPES[type];
    const file = { accountId, id, projectId, storageKey, sha256, bytes: came.file.bytes, mime };
    await keepUpload(deps, { ...file, createdAt: at });
    return formatUpload({ ...file, createdAt: at });
  });
  serve(calls.getMedia, async ({ caller, params }) =>
    formatUpload(await accessMedia(deps.pool, caller, params.id)),
  );
}

function formatUpload({ id, mime, bytes, sha256, createdAt }: Upload) {
  const type = findMediaType(mime) ?? "";
  return { id, type, mime, bytes, sha256, created_at: createdAt.toISOString() };
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
