import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../platform/app-error.ts";
import { type BuiltPage, listPageFiles, type PageFile } from "./page-files.ts";
import { FILE_HEADERS, formatPagePolicy, PAGE_HEADERS } from "./page-headers.ts";
import { formatUnbuiltPage, UNBUILT_POLICY } from "./unbuilt-page.ts";

const NONCE_BYTES = 16;
const NONCE_GAP = "%NONCE%";
const YEAR_S = 31_536_000;

/**
 * Adds the console: its files, and the page at `/` and at every address below which nothing else of this server answers, for who
 * asks for a page. Call it before other routes are added: it learns from them which addresses are not the console's.
 */
export function registerPageRoutes(app: FastifyInstance, folder: string): void {
  const taken = new Set<string>();
  app.addHook("onRoute", ({ url }) => {
    const segment = firstSegment(url);
    if (!segment.includes("*")) taken.add(segment);
  });
  let built: BuiltPage | null = null;
  app.addHook("onReady", async () => {
    built = listPageFiles(folder);
  });
  app.get("/*", (request, reply) => {
    const [path = "/"] = request.url.split("?");
    const file = built?.files.get(path);
    if (file !== undefined) return sendFile(request, reply, file);
    const wantsPage = `${request.headers.accept ?? ""}`.includes("text/html");
    const first = firstSegment(path);
    const isPage = path === "/" || (first !== "assets" && !taken.has(first) && !hasSuffix(path));
    if (!isPage || (!wantsPage && path !== "/")) {
      throw new AppError("not_found", "There is nothing at this address.");
    }
    return built === null ? sendUnbuilt(reply) : sendPage(reply, built.index);
  });
}

function sendPage(reply: FastifyReply, index: string): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  return reply
    .headers(PAGE_HEADERS)
    .header("content-security-policy", formatPagePolicy(nonce))
    .type("text/html; charset=utf-8")
    .send(index.replaceAll(NONCE_GAP, nonce));
}

function sendUnbuilt(reply: FastifyReply): FastifyReply {
  return reply
    .headers(PAGE_HEADERS)
    .header("content-security-policy", UNBUILT_POLICY)
    .type("text/html; charset=utf-8")
    .send(formatUnbuiltPage());
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  reply
    .headers(FILE_HEADERS)
    .type(file.type)
    .header("etag", file.etag)
    .header("vary", "accept-encoding")
    .header(
      "cache-control",
      file.immutable ? `public, max-age=${YEAR_S}, immutable` : "public, no-cache",
    );
  if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
  const accepted = `${request.headers["accept-encoding"] ?? ""}`;
  const twin = file.packed.find(({ encoding }) => takes(accepted, encoding));
  if (twin !== undefined) reply.header("content-encoding", twin.encoding);
  const chosen = twin ?? file;
  reply.header("content-length", chosen.bytes);
  return reply.send(createReadStream(chosen.path));
}

function takes(accepted: string, encoding: string): boolean {
  return accepted.split(",").some((part) => {
    const [name, weight] = part.split(";");
    return name?.trim().toLowerCase() === encoding && !/q\s*=\s*0(\.0*)?\s*$/u.test(weight ?? "");
  });
}

function firstSegment(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Whoever asks for a file that is not there wants no page instead. */
function hasSuffix(path: string): boolean {
  return /\.\w{2,5}$/u.test(path);
}
