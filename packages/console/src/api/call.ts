import { ApiProblem, readProblem } from "./api-problem.ts";
import type {
  AdminAnswerOf,
  AdminCallOf,
  AdminOperation,
  AnswerOf,
  CallOf,
  Operation,
} from "./operation.ts";
import { announceSignedOut } from "./signed-out.ts";

/**
 * Calls `/v1`: `callV1<typeof V1_OPERATIONS.listMessages>({ method: "GET", path: "/messages", query })`. Method, path and
 * parts are held against the table by the compiler. Rejects with an {@link ApiProblem}, or with an AbortError when `signal` said so.
 */
export function callV1<Op extends Operation>(call: CallOf<Op>): Promise<AnswerOf<Op>> {
  return send("/v1", call) as Promise<AnswerOf<Op>>;
}

/** Calls `/console/api`; otherwise as {@link callV1}. */
export function callConsole<Op extends Operation>(call: CallOf<Op>): Promise<AnswerOf<Op>> {
  return send("/console/api", call) as Promise<AnswerOf<Op>>;
}

/** Calls `/admin`: `callAdmin<{ answer: typeof account; body: typeof accountUpdate }>({ method: "PATCH", path: `/accounts/${id}`, body })`. */
export function callAdmin<Op extends AdminOperation>(
  call: AdminCallOf<Op>,
): Promise<AdminAnswerOf<Op>> {
  return send("/admin", call as AnyCall) as Promise<AdminAnswerOf<Op>>;
}

/** The address of a call, for what the browser itself fetches: pictures, downloads, streams. */
export function formatAddress(
  door: string,
  call: Pick<AnyCall, "path" | "params" | "query">,
): string {
  const path = call.path.replace(/:(\w+)/gu, (_whole, name: string) => {
    const value = call.params?.[name];
    if (value === undefined) throw new TypeError(`the address lacks ${name}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one));
    }
  }
  return `${door}${path}${query.size > 0 ? `?${query}` : ""}`;
}

interface AnyCall {
  method: Operation["method"];
  path: string;
  params?: Record<string, string | number>;
  query?: object;
  body?: unknown;
  file?: Blob;
  idempotencyKey?: string;
  signal?: AbortSignal;
  keepalive?: boolean;
}

const ANSWER_MS_MAX = 30_000;
const FILE_MS_MAX = 600_000;

async function send(door: string, call: AnyCall): Promise<unknown> {
  const response = await ask(door, call);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.code === "unauthenticated") announceSignedOut(`${door}${call.path}`);
    throw problem;
  }
  if (response.status === 204) return undefined;
  if (response.headers.get("content-type")?.includes("json") !== true) return response.text();
  return response.json().catch(() => {
    throw new ApiProblem("unreadable", { status: response.status });
  });
}

async function ask(door: string, call: AnyCall): Promise<Response> {
  const limit = AbortSignal.timeout(call.file === undefined ? ANSWER_MS_MAX : FILE_MS_MAX);
  const signal = call.signal === undefined ? limit : AbortSignal.any([call.signal, limit]);
  try {
    return await fetch(formatAddress(door, call), {
      method: call.method,
      headers: headersOf(call),
      body: call.file ?? (call.body === undefined ? null : JSON.stringify(call.body)),
      credentials: "same-origin",
      cache: "no-store",
      keepalive: call.keepalive === true,
      signal,
    });
  } catch (error) {
    if (call.signal?.aborted === true) throw error;
    throw new ApiProblem("unreachable");
  }
}

function headersOf(call: AnyCall): Record<string, string> {
  const headers: Record<string, string> = { accept: "application/json" };
  // The server takes no change by cookie without it: another site's page cannot send it.
  if (call.method !== "GET") headers["x-recado-console"] = "1";
  if (call.file !== undefined)
    headers["content-type"] = call.file.type || "application/octet-stream";
  else if (call.body !== undefined) headers["content-type"] = "application/json";
  if (call.idempotencyKey !== undefined) headers["idempotency-key"] = call.idempotencyKey;
  return headers;
}
