import { Readable } from "node:stream";
import type { Agent, Dispatcher } from "undici";
import type { AddressGuard } from "./address-guard.ts";
import { describeFailure } from "./call-failure.ts";

/** Limits of one download. */
export interface OpenLimits {
  /** Longest body; one byte more is an error. */
  bytesMax: number;
  /** From the first look at the name to the last byte. */
  timeoutMs: number;
  /** Asks for these first bytes alone; servers may send all the same, and 206 or 200 then. */
  firstBytes?: number;
}

/** How opening a download ended. `why` may be shown to the one who gave the URL. */
export type GuardedOpening =
  | {
      kind: "open";
      /** Whatever the last server answered; look at it before using the body. */
      status: number;
      /** Names in lower case. */
      headers: Record<string, string>;
      /**
       * The bytes as they came. Ends with a {@link DownloadError} when a limit is passed or the connection
       * is cut. Destroy it when it is not wanted.
       */
      body: Readable;
      /** Where the body came from, after redirects. */
      url: string;
    }
  | { kind: "too-large" }
  | { kind: "refused"; why: string }
  | { kind: "failed"; why: string };

/** Why a body that had begun did not end well. */
export class DownloadError extends Error {
  readonly reason: "too-large" | "timeout" | "cut";

  constructor(reason: DownloadError["reason"], options?: ErrorOptions) {
    super(`the download ended early: ${reason}`, options);
    this.name = "DownloadError";
    this.reason = reason;
  }
}

/** Redirects that are followed; each address is checked anew. */
const REDIRECTS_MAX = 3;

/**
 * GETs `url` without decompression. `agent` must connect through the guard: what the guard is asked here
 * is only what it can say without DNS.
 */
export async function openDownload(
  client: { agent: Agent; guard: AddressGuard },
  url: string,
  limits: OpenLimits,
): Promise<GuardedOpening> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let next = url;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const verdict = client.guard.checkUrl(next);
    if (verdict.kind === "refused") return verdict;
    try {
      const reply = await client.agent.request({
        origin: verdict.url.origin,
        path: verdict.url.pathname + verdict.url.search,
        method: "GET",
        headers: makeHeaders(limits),
        signal,
      });
      // The body errs too when the time ends before anybody reads it.
      reply.body.on("error", () => {});
      const target = findRedirect(reply, verdict.url);
      if (target === null) return checkReply(reply, { url: verdict.url, limits, signal });
      reply.body.destroy();
      next = target;
    } catch (error) {
      if (signal.aborted) return { kind: "failed", why: `no answer within ${limits.timeoutMs} ms` };
      return describeFailure(error);
    }
  }
  return { kind: "failed", why: `more than ${REDIRECTS_MAX} redirects` };
}

function makeHeaders({ firstBytes }: OpenLimits): Record<string, string> {
  const headers = { accept: "*/*", "accept-encoding": "identity", "user-agent": "Recado/1" };
  return firstBytes === undefined ? headers : { ...headers, range: `bytes=0-${firstBytes - 1}` };
}

interface Opened {
  url: URL;
  limits: OpenLimits;
  signal: AbortSignal;
}

function checkReply(reply: Dispatcher.ResponseData, opened: Opened): GuardedOpening {
  const headers = Object.fromEntries(
    Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const encoding = headers["content-encoding"] ?? "identity";
  const tooLarge = Number(headers["content-length"] ?? 0) > opened.limits.bytesMax;
  if (encoding !== "identity" || tooLarge) {
    reply.body.destroy();
    if (tooLarge) return { kind: "too-large" };
    return { kind: "failed", why: "the server sent a compressed file, though asked not to" };
  }
  return {
    kind: "open",
    status: reply.statusCode,
    headers,
    body: Readable.from(boundBody(reply.body, opened), { objectMode: false }),
    url: opened.url.href,
  };
}

async function* boundBody(body: Readable, { limits, signal }: Opened): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.bytesMax) throw new DownloadError("too-large");
      yield chunk;
    }
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(signal.aborted ? "timeout" : "cut", { cause: error });
  } finally {
    body.destroy();
  }
}

function findRedirect(reply: Dispatcher.ResponseData, base: URL): string | null {
  if (![301, 302, 303, 307, 308].includes(reply.statusCode)) return null;
  const location = reply.headers.location;
  return typeof location === "string" ? (URL.parse(location, base.href)?.href ?? null) : null;
}
