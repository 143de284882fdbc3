import type { Readable } from "node:stream";
import { INBOX_OPERATIONS as calls } from "@recado/contract/console/inbox-operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { stamp } from "../../accounts/operator.ts";
import { MEDIA_TYPES } from "../../domain/media-kind.ts";
import { keepUpload } from "../../gateway/uploads.ts";
import { findMessageFile, type MessageFile } from "../../inbox/find-message-file.ts";
import { nameFileKind } from "../../inbox/render-kind.ts";
import { AppError } from "../../platform/app-error.ts";
import { receiveFile } from "../v1/receive-file.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Files of the inbox: uploaded to be sent, and given out to whoever is signed in. */
export function serveInboxFiles(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.uploadInboxFile, async ({ caller, request, reply }) => {
    const { storageKey, sha256, bytes, type } = await receiveFile(deps, { request, reply });
    const { id, at } = stamp(deps);
    const { mime } = MEDIA_TYPES[type];
    const { accountId } = caller;
    const file = { accountId, id, projectId: null, storageKey, sha256, bytes, mime };
    await keepUpload(deps, { ...file, createdAt: at });
    return { id, type, mime, bytes, kind: nameFileKind(mime) };
  });
  serve(calls.getMessageFile, async ({ caller, params, request, reply }) => {
    const { accountId } = caller;
    const file = await findMessageFile(deps, { accountId, messageId: params.id });
    if (!file) throw new AppError("not_found", "There is no such file.");
    return openFile(request, reply, file);
  });
}

/** What a browser may show in its place: nothing in these can run. All others are saved. */
const SHOWN = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/(?:mp4|3gpp|webm))$/u;

function openFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: MessageFile,
): Readable | null {
  const [type = ""] = file.mime.split(";");
  const isShown = SHOWN.test(type.trim());
  const how = isShown ? "inline" : "attachment";
  const range = readRange(request.headers.range, file.bytes);
  void reply.headers({
    "content-type": isShown ? type.trim() : "application/octet-stream",
    "content-disposition": `${how}; filename*=UTF-8''${encodeURIComponent(file.name.toWellFormed())}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=300",
    "accept-ranges": "bytes",
  });
  if (range === "outside") {
    void reply.code(416).header("content-range", `bytes */${file.bytes}`);
    return null;
  }
  if (range) {
    void reply
      .code(206)
      .header("content-range", `bytes ${range.start}-${range.end - 1}/${file.bytes}`);
  }
  const { start, end } = range ?? { start: 0, end: file.bytes };
  void reply.header("content-length", end - start);
  return file.open({ start, end });
}

/** One range, as players ask for it; anything else is answered with the whole file. */
function readRange(
  header: string | undefined,
  bytes: number,
): { start: number; end: number } | "outside" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (!match || (from === "" && to === "")) return null;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes : Math.min(bytes, Number(to) + 1);
  return start >= end ? "outside" : { start, end };
}
