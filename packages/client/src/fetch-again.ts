/** How calls are repeated. */
export interface FetchAgainOptions {
  retriesMax: number;
  fetch: (request: Request) => Promise<Response>;
}

const KEY = "idempotency-key";
const SENDING = /\/v1\/messages(\/batch)?$/u;
/** The server took nothing, or cannot say: another try may help. */
const PASSING = new Set([429, 502, 503, 504]);
const WAIT_MS_MAX = 30_000;

/**
 * Makes a call, and makes it again when that is safe and may help: no answer, 429, 502, 503 or 504, to a GET or a
 * call with an `Idempotency-Key`. Calls that send get a random key if they have none. `Retry-After` is waited for, up to
 * half a minute.
 */
export async function fetchAgain(given: Request, options: FetchAgainOptions): Promise<Response> {
  const request = withKey(given);
  const isSafe = request.method === "GET" || request.headers.has(KEY);
  for (let retry = 0; ; retry += 1) {
    const isLast = !isSafe || retry >= options.retriesMax;
    try {
      const response = await options.fetch(isLast ? request : request.clone());
      if (isLast || !PASSING.has(response.status)) return response;
      await response.body?.cancel();
      await wait(findWaitMs(response.headers.get("retry-after"), retry), request.signal);
    } catch (error) {
      if (isLast || request.signal.aborted) throw error;
      await wait(findWaitMs(null, retry), request.signal);
    }
  }
}

function withKey(request: Request): Request {
  const sends = request.method === "POST" && SENDING.test(new URL(request.url).pathname);
  if (!sends || request.headers.has(KEY)) return request;
  const headers = new Headers(request.headers);
  headers.set(KEY, crypto.randomUUID());
  return new Request(request, { headers });
}

function findWaitMs(retryAfter: string | null, retry: number): number {
  const asked = retryAfter !== null && /^\d{1,5}$/u.test(retryAfter) ? Number(retryAfter) : null;
  const plannedMs = asked === null ? 500 * 2 ** retry : asked * 1_000;
  return Math.min(plannedMs, WAIT_MS_MAX);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
