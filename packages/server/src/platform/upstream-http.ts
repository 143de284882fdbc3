import { Agent, type Dispatcher } from "undici";
import { formatHeaders } from "./format-headers.ts";

/**
 * HTTP to providers, with the one thing that plain clients do not tell: whether the request was
 * written before it failed. `not-sent` is certain (nothing reached the socket) and may be tried again;
 * `lost` may have been accepted and must not be.
 */
export interface UpstreamHttp {
  request(call: UpstreamRequest): Promise<UpstreamReply>;
}

/** One request. Bodies are whole (bytes or text) or a stream for uploads. */
export interface UpstreamRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string | Buffer | NodeJS.ReadableStream;
  /** From the first byte written to the last byte read. */
  timeoutMs: number;
  /** Called in the same tick in which the request is written. */
  beforeWrite?: () => void;
}

/** How it ended. A reply's body is at most {@link REPLY_BYTES_MAX} long; the rest is cut. */
export type UpstreamReply =
  | { kind: "reply"; status: number; headers: Record<string, string>; body: string }
  | { kind: "not-sent"; why: string }
  | { kind: "lost"; why: string };

/** Longest reply that is read. */
export const REPLY_BYTES_MAX = 1_048_576;

/** Settings of {@link createUpstreamHttp}. */
export interface UpstreamHttpOptions {
  /** Sockets kept for each origin. */
  connectionsMax: number;
  connectTimeoutMs: number;
}

/** An {@link UpstreamHttp} on keep-alive sockets without pipelining. `close` cuts calls that are open. */
export function createUpstreamHttp(
  options: UpstreamHttpOptions,
): UpstreamHttp & { close(): Promise<void> } {
  const agent = new Agent({
    connections: options.connectionsMax,
    pipelining: 1,
    // HTTP/2 may replay a request by itself, and queues it where nobody can see it.
    allowH2: false,
    connect: { timeout: options.connectTimeoutMs },
  });
  return {
    request: (call) => requestOnce(agent, call),
    close: () => agent.destroy(),
  };
}

function requestOnce(agent: Agent, call: UpstreamRequest): Promise<UpstreamReply> {
  return new Promise((resolve) => {
    const url = URL.parse(call.url);
    if (!url) return resolve({ kind: "not-sent", why: "the address is not a URL" });
    agent.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: call.method,
        headers: call.headers,
        body: (call.body ?? null) as Dispatcher.DispatchOptions["body"],
      },
      new ReplyReader(call, resolve),
    );
  });
}

/** Collects one reply and settles exactly once, whatever comes first: end, error or time-out. */
class ReplyReader implements Dispatcher.DispatchHandler {
  readonly #call: UpstreamRequest;
  readonly #settle: (reply: UpstreamReply) => void;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #written = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(call: UpstreamRequest, settle: (reply: UpstreamReply) => void) {
    this.#call = call;
    this.#settle = settle;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#call.beforeWrite?.();
    this.#written = true;
    this.#timer = setTimeout(
      () => controller.abort(new Error(`no whole answer within ${this.#call.timeoutMs} ms`)),
      this.#call.timeoutMs,
    );
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = statusCode;
    this.#headers = formatHeaders(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytes < REPLY_BYTES_MAX) this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const body = Buffer.concat(this.#chunks).subarray(0, REPLY_BYTES_MAX).toString("utf8");
    this.#settle({ kind: "reply", status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#settle({ kind: this.#written ? "lost" : "not-sent", why: error.message });
  }
}
