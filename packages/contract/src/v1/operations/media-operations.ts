import * as account from "../account.ts";
import { idParams } from "../fields.ts";
import type { V1Operation } from "../operation.ts";

/** Calls for files that are sent by their id. */
export const MEDIA_OPERATIONS = {
  uploadMedia: {
    id: "uploadMedia",
    method: "POST",
    path: "/media",
    tag: "media",
    summary: "Upload a file, to be sent by its id.",
    scope: "media:write",
    takesFile: true,
    answer: { status: 201, schema: account.media },
  },
  getMedia: {
    id: "getMedia",
    method: "GET",
    path: "/media/:id",
    tag: "media",
    summary: "What is known of an uploaded file.",
    scope: "media:write",
    params: idParams,
    answer: { status: 200, schema: account.media },
  },
} as const satisfies Record<string, V1Operation>;
