import { Agent, buildConnector, type Dispatcher } from "undici";
import { type AddressGuard, findPort } from "./address-guard.ts";
import { describeFailure, GuardRefusal } from "./call-failure.ts";
import { formatHeaders } from "./format-headers.ts";
import { type GuardedOpening, type OpenLimits, openDownload } from "./guarded-download.ts";

/**
 * The one HTTP client for addresses that others chose. Every connection, those after a redirect
 * included, goes to an address that the guard has just allowed. It never throws: how a call ended is a
 * value. Nothing is decompressed, so a small reply cannot become a large one.
 */
export interface SafeFetch {
  /** Makes one call; redirects are answers like any other. */
  send(call: SafeRequest): Promise<SafeReply>;
  /** Opens a download by GET; see {@link GuardedOpening}. */
  openGuarded(url: string, limits: OpenLimits): Promise<GuardedOpening>;
  /** Cuts what is open and gives the sockets back. */
  close(): Promise<void>;
}

/** One call. */
export interface SafeRequest {
  method: "POST" | "GET";
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** For the whole of it: name, connection, request and the last byte of the reply. */
  timeoutMs: number;
}

/** How a call ended. `why` may be shown to the one who gave the URL. */
export type SafeReply =
  | {
      kind: "reply";
      status: number;
      /** Names in lower case. */
      headers: Record<string, string>;
      /** The first {@link EXCERPT_BYTES} of the body as text, without NUL. */
      excerpt: string;
    }
  /** Nothing was sent: the URL or its address is not allowed. */
  | { kind: "refused"; why: string }
  /** No whole reply; the receiver may have got the request all the same. */
  | { kind: "failed"; why: string };

/** As much of a reply as is kept. */
export const EXCERPT_BYTES = 4_096;

/** A longer reply is cut here: the status has come, and the rest would only cost. */
const REPLY_BYTES_MAX = 65_536;

/** Settings of {@link createSafeFetch}. */
export interface SafeFetchOptions {
  guard: AddressGuard;
  /** Sockets for each origin. */
  connectionsMax: number;
  /** For each address of a name. */
  connectTimeoutMs: number;
}

/** A {@link SafeFetch} on keep-alive sockets. */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const { guard } = options;
  const agent = new Agent({
    connections: options.connectionsMax,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 16_384,
    connect: createGuardedConnector(guard, options.connectTimeoutMs),
  });
  return {
    async send(call) {
      const verdict = guard.checkUrl(call.url);
      if (verdict.kind === "refused") return verdict;
      return new Promise((settle) => new Call(call, settle).dispatch(agent, verdict.url));
    },
    openGuarded: (url, limits) => openDownload({ agent, guard }, url, limits),
    close: () => agent.destroy(),
  };
}

/** More addresses than this are not tried. */
const ADDRESSES_MAX = 4;

/** A literal address never reaches a `lookup` function, so the guard is asked here, for names as well. */
function createGuardedConnector(guard: AddressGuard, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, timeout: timeoutMs });

  const connectToAny = (
    addresses: readonly string[],
    target: buildConnector.Options,
    callback: buildConnector.Callback,
  ) => {
    const [address, ...others] = addresses;
    connect({ ...target, hostname: address ?? "" }, (...outcome) => {
      if (outcome[0] && others.length > 0) connectToAny(others, target, callback);
      else callback(...outcome);
    });
  };
  return (target, callback) => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
    const isTls = target.protocol === "https:";
    guard.findAddresses(target.hostname, findPort(url)).then(
      (verdict) => {
        if (verdict.kind === "refused") return callback(new GuardRefusal(verdict.why), null);
        // The certificate must be the name's, though the connection goes to an address.
        const checked = isTls ? { ...target, servername: findServerName(url) } : target;
        connectToAny(verdict.addresses.slice(0, ADDRESSES_MAX), checked, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

/** RFC 6066 §3: an address is never a server name. */
function findServerName(url: URL): string {
  return /^[\d.]+$|^\[/u.test(url.hostname) ? "" : url.hostname;
}

/** One call under way; settles exactly once, whatever comes first. */
class Call implements Dispatcher.DispatchHandler {
  readonly #call: SafeRequest;
  readonly #settle: (reply: SafeReply) => void;
  readonly #chunks: Buffer[] = [];
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  constructor(call: SafeRequest, settle: (reply: SafeReply) => void) {
    this.#call = call;
    this.#settle = settle;
    const why = `no whole answer within ${call.timeoutMs / 1_000} s`;
    this.#timer = setTimeout(() => this.#end({ kind: "failed", why }, true), call.timeoutMs);
  }

  dispatch(agent: Agent, url: URL): void {
    const { method, headers, body } = this.#call;
    const path = url.pathname + url.search;
    try {
      agent.dispatch({ origin: url.origin, path, method, headers, body: body ?? null }, this);
    } catch (error) {
      this.#end(describeFailure(error), false);
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Its time ended while it waited for a connection: it must not be written any more.
    if (this.#settled) controller.abort(new Error("too late"));
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
    if (this.#bytes < EXCERPT_BYTES) this.#chunks.push(chunk.subarray(0, EXCERPT_BYTES));
    this.#bytes += chunk.length;
    if (this.#bytes > REPLY_BYTES_MAX) this.#end(this.#reply(), true);
  }

  onResponseEnd(): void {
    this.#end(this.#reply(), false);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end(describeFailure(error), false);
  }

  #reply(): SafeReply {
    const bytes = Buffer.concat(this.#chunks).subarray(0, EXCERPT_BYTES);
    const excerpt = bytes.toString("utf8").replaceAll("\0", "");
    return { kind: "reply", status: this.#status, headers: this.#headers, excerpt };
  }

  #end(reply: SafeReply, abort: boolean): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#settle(reply);
    if (abort) this.#controller?.abort(new Error("no longer needed"));
  }
}
