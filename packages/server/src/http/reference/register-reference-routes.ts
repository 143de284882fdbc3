import { randomBytes } from "node:crypto";
import { createGunzip } from "node:zlib";
import type { FastifyInstance, FastifyReply } from "fastify";
import { createViewerLoader } from "./load-viewer.ts";
import { formatPage, formatPolicy, REFERENCE_PATH, START_SCRIPT, STYLE } from "./reference-page.ts";

const NONCE_BYTES = 16;

/**
 * Adds `/v1/reference`: the OpenAPI document as a page, with all that it needs from this server. It needs no token, and
 * shows nothing that the document does not hold. The viewer is loaded at the first request for it.
 */
export function registerReferenceRoutes(app: FastifyInstance): void {
  const loadViewer = createViewerLoader();
  app.get(REFERENCE_PATH, (_request, reply) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64");
    return secure(reply, "text/html; charset=utf-8")
      .header("content-security-policy", formatPolicy(nonce))
      .header("referrer-policy", "no-referrer")
      .header("cache-control", "no-store")
      .send(formatPage(nonce));
  });
  app.get(`${REFERENCE_PATH}/style.css`, (_request, reply) =>
    secure(reply, "text/css; charset=utf-8").header("cache-control", "no-cache").send(STYLE),
  );
  app.get(`${REFERENCE_PATH}/start.js`, (_request, reply) =>
    secure(reply, "text/javascript; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(START_SCRIPT),
  );
  app.get(`${REFERENCE_PATH}/viewer.js`, async (request, reply) => {
    const { gzipped, etag } = await loadViewer();
    secure(reply, "text/javascript; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("vary", "accept-encoding")
      .header("etag", etag);
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/iu;
    if (takesGzip.test(`${request.headers["accept-encoding"] ?? ""}`)) {
      return reply.header("content-encoding", "gzip").send(gzipped);
    }
    const unpacking = createGunzip();
    unpacking.end(gzipped);
    return reply.send(unpacking);
  });
}

function secure(reply: FastifyReply, type: string): FastifyReply {
  return reply.header("content-type", type).header("x-content-type-options", "nosniff");
}
