import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "../platform/app-error.ts";

/** A file that a link leads to. */
export interface LinkedFile {
  open(): Readable;
  bytes: number;
  /** As far as it is known; not to be believed by a browser. */
  mime: string;
}

/** What the files' routes are handed. Both answer null for a wrong or expired seal and for no file. */
export interface MediaDeps {
  /** A file of ours that a provider fetches. */
  findFile(storageKey: string, seal: string): Promise<LinkedFile | null>;
  /** A file that a person sent, for the integrator; fetched from the provider first if need be. */
  findInbound(
    of: { accountId: string; messageId: string },
    seal: string,
  ): Promise<LinkedFile | null>;
}

/** Adds `/media/…`: files for whoever holds a link, never shown inside a page of ours. */
export function registerMediaRoutes(app: FastifyInstance, deps: MediaDeps): void {
  app.get<{ Params: { key: string; seal: string; name: string } }>(
    "/media/:key/:seal/:name",
    async (request, reply) => {
      const { key, seal, name } = request.params;
      return sendFile(reply, name, await deps.findFile(key, seal));
    },
  );
  app.get<{ Params: { accountId: string; messageId: string; seal: string; name: string } }>(
    "/media/in/:accountId/:messageId/:seal/:name",
    async (request, reply) => {
      const { accountId, messageId, seal, name } = request.params;
      return sendFile(reply, name, await deps.findInbound({ accountId, messageId }, seal));
    },
  );
}

function sendFile(reply: FastifyReply, name: string, file: LinkedFile | null): FastifyReply {
  if (!file) throw new AppError("not_found", "There is no such file, or its link has expired.");
  return reply
    .header("content-type", file.mime)
    .header("content-length", file.bytes)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .header("cache-control", "private, no-store")
    .send(file.open());
}
