import type { Clock } from "../platform/clock.ts";
import { parseRetryAfterMs } from "../platform/retry-schedule.ts";
import type { SafeFetch } from "../platform/safe-fetch.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import type { ClaimedDelivery, DueEndpoint } from "../storage/delivery-work.ts";
import { CALL_TIMEOUT_MS, type CallResult } from "./delivery-policy.ts";
import { type EndpointSecret, findLiveSecrets, openSecrets } from "./secrets.ts";
import { signWebhook } from "./sign.ts";

/** What a call needs. */
export interface CallDeps {
  clock: Clock;
  secretBox: SecretBox;
  fetch: SafeFetch;
}

/** Makes one call of a delivery; see {@link createEndpointCaller}. */
export type EndpointCaller = (
  delivery: Pick<ClaimedDelivery, "endpointId" | "id" | "body">,
  endpoint: Pick<DueEndpoint, "url" | "secrets" | "headers">,
) => Promise<CallResult>;

/** Signs and posts deliveries. Never throws: whatever goes wrong is a failed call. */
export function createEndpointCaller(deps: CallDeps): EndpointCaller {
  const open = createSecretCache(deps.secretBox);
  return async (delivery, endpoint) => {
    const nowMs = deps.clock.now();
    try {
      const secrets = findLiveSecrets(open(delivery.endpointId, endpoint.secrets), nowMs);
      const content = { id: delivery.id, at: new Date(nowMs), body: delivery.body };
      const reply = await deps.fetch.send({
        method: "POST",
        url: endpoint.url,
        headers: {
          ...lowerNames(endpoint.headers),
          "content-type": "application/json",
          "user-agent": "Recado-Webhooks/1",
          ...signWebhook(content, secrets),
        },
        body: delivery.body,
        timeoutMs: CALL_TIMEOUT_MS,
      });
      if (reply.kind !== "reply") return fail(reply.why);
      return readReply(reply, { headers: endpoint.headers, nowMs: deps.clock.now() });
    } catch (error) {
      return fail(error instanceof Error ? error.message : "the call could not be made");
    }
  };
}

function readReply(
  reply: { status: number; headers: Record<string, string>; excerpt: string },
  context: { headers: Record<string, string>; nowMs: number },
): CallResult {
  const response = withoutValues(reply.excerpt, Object.values(context.headers));
  const base = { httpStatus: reply.status, response, retryAfterMs: undefined };
  if (reply.status >= 200 && reply.status < 300) return { ...base, kind: "delivered", error: null };
  const error = `the receiver answered ${reply.status}`;
  if (reply.status === 410) return { ...base, kind: "gone", error };
  const retryAfterMs = parseRetryAfterMs(reply.headers["retry-after"], context.nowMs);
  return { ...base, kind: "failed", error, retryAfterMs };
}

function fail(why: string): CallResult {
  return { kind: "failed", httpStatus: null, error: why, response: null, retryAfterMs: undefined };
}

/** A shorter value is no credential, and blanking it would tear ordinary words apart. */
const CREDENTIAL_LENGTH_MIN = 8;

/** Receivers echo requests in their error pages; what the owner's own headers carry is not kept. */
function withoutValues(text: string, values: readonly string[]): string {
  return values
    .flatMap((value) => [value, value.replace(/^\S+\s+/u, "")])
    .filter((value) => value.length >= CREDENTIAL_LENGTH_MIN)
    .reduce((rest, value) => rest.replaceAll(value, "[…]"), text);
}

function lowerNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** Endpoints whose opened secrets are kept; beyond, all are opened anew. */
const CACHED_MAX = 1_000;

/** Unsealing costs more than signing. An entry holds for exactly the sealed bytes that it came from. */
function createSecretCache(box: SecretBox) {
  const cache = new Map<string, { sealed: Buffer; secrets: EndpointSecret[] }>();
  return (endpointId: string, sealed: Buffer): EndpointSecret[] => {
    const known = cache.get(endpointId);
    if (known?.sealed.equals(sealed)) return known.secrets;
    const secrets = openSecrets(box, endpointId, sealed);
    if (cache.size >= CACHED_MAX) cache.clear();
    cache.set(endpointId, { sealed, secrets });
    return secrets;
  };
}
