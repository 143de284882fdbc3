import { CONSOLE_HEADER, SESSION_COOKIE } from "@recado/contract/console/operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../platform/app-error.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** What the browser sent as its session; empty when there is none. */
export function readSessionCookie(request: FastifyRequest): string {
  const cookies = (request.headers.cookie ?? "").split(";");
  const found = cookies.find((cookie) => cookie.trim().startsWith(`${SESSION_COOKIE}=`));
  return found?.trim().slice(SESSION_COOKIE.length + 1) ?? "";
}

/** Gives the browser its session, for so long; null takes it away. No script can read it, and no other site's form can send it. */
export function setSessionCookie(
  reply: FastifyReply,
  cookie: string | null,
  given: { lifeMs: number; publicUrl: string },
): void {
  const seconds = cookie === null ? 0 : Math.floor(given.lifeMs / 1000);
  const isSecure = reply.request.protocol === "https" || /^https:/iu.test(given.publicUrl);
  const parts = [
    `${SESSION_COOKIE}=${cookie ?? ""}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    `Max-Age=${seconds}`,
    ...(isSecure ? ["Secure"] : []),
  ];
  reply.header("set-cookie", parts.join("; "));
}

/**
 * Refuses a change that does not prove that a page of ours asks for it: a header that no other site can send, and the
 * browser's own word of where the page is from. What only reads is let through: nobody else can see the answer.
 */
export function checkSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (READS.has(request.method)) return;
  if (request.headers[CONSOLE_HEADER] !== "1") {
    throw new AppError("origin_refused", `With a session, a change needs ${CONSOLE_HEADER}: 1.`);
  }
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const isNamed = site !== undefined || origin !== undefined;
  const isOurs =
    (site === undefined || site === "same-origin") &&
    (origin === undefined || isOwnOrigin(origin, request, publicUrl));
  if (!isNamed || !isOurs) {
    throw new AppError("origin_refused", "This is taken from this server's own pages alone.");
  }
}

/** Behind a proxy the host is the outer one, or the public address says it; the proxy may have taken TLS off. */
function isOwnOrigin(origin: string, request: FastifyRequest, publicUrl: string): boolean {
  const given = URL.canParse(origin) ? new URL(origin) : null;
  if (given === null || !/^https?:$/u.test(given.protocol)) return false;
  const publicHost = URL.canParse(publicUrl) ? new URL(publicUrl).host : "";
  return given.host === request.host || given.host === publicHost;
}
