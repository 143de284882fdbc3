import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessMedia } from "../../accounts/access.ts";
import { stamp } from "../../accounts/operator.ts";
import { findMediaType, MEDIA_TYPES } from "../../domain/media-kind.ts";
import { keepUpload, type Upload } from "../../gateway/uploads.ts";
import { receiveFile } from "./receive-file.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** Files that are uploaded once and sent by their id. They are never held in memory whole. */
export function serveMedia(serve: Serve, deps: V1Deps): void {
  serve(calls.uploadMedia, async ({ caller, request, reply }) => {
    const { storageKey, sha256, bytes, type } = await receiveFile(deps, { request, reply });
    const { id, at } = stamp(deps);
    const { accountId, projectId } = caller;
    const { mime } = MEDIA_TYPES[type];
    const file = { accountId, id, projectId, storageKey, sha256, bytes, mime };
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
