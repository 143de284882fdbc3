import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessMedia } from "../../accounts/access.ts";
import { stamp } from "../../accounts/operator.ts";
import { findMediaType, MEDIA_TYPES } from "../../domain/media-kind.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { keepUpload, type Upload } from "../../gateway/uploads.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** Files that are uploaded once and sent by their id. They are never held in memory whole. */
export function serveMedia(serve: Serve, deps: V1Deps): void {
  serve(calls.uploadMedia, async ({ caller, request }) => {
    const sink = createMediaSink({ ...deps.media, stickers: true });
    let bytes = 0;
    try {
      for await (const chunk of request.raw) {
        bytes += (chunk as Buffer).length;
        if (bytes > deps.media.limits.fileBytesMax) {
          throw refuse("content_too_large", `may have ${deps.media.limits.fileBytesMax} bytes`);
        }
        sink.writeFile(chunk as Buffer);
        await sink.flush();
      }
    } catch (error) {
      await sink.abort();
      throw error;
    }
    const came = await sink.end();
    if (came?.kind !== "file") {
      throw refuse("media_invalid", came?.kind === "invalid" ? came.why : "the body is empty");
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

function refuse(code: "content_too_large" | "media_invalid", message: string): AppError {
  return new AppError(code, {
    message: `The file: ${message}.`,
    errors: [{ path: "(whole)", message }],
  });
}
