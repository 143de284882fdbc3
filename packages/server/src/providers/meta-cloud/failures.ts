import type { Failure, Retry } from "../../domain/send-outcome.ts";
import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { type CodeRule, type ErrorScope, findCodeRule } from "../cloud-wire/error-codes.ts";
import { parseJson, recordOf } from "../cloud-wire/untrusted-json.ts";
import {
  formatReason,
  namelessFailure,
  readUpstreamError,
  redact,
  type UpstreamError,
} from "../cloud-wire/upstream-error.ts";

/**
 * What a call that did not succeed means. Three kinds of certainty:
 * - an error envelope with a code was written by the API itself: certainly not accepted, whatever the
 *   HTTP status (fact sheet §2.1, §2.4);
 * - a refusal without one (4xx of an edge or a proxy) never came as far as the API: not accepted;
 * - anything else (5xx with HTML, 200 without an id) may have been accepted: `unknown`.
 */
export type FailedCall = { kind: "refused"; failure: Failure } | { kind: "unknown"; why: string };

/** A reply that carries no result. */
export type ErrorReply = Extract<UpstreamReply, { kind: "reply" }>;

const RETRY_SOON: Retry = { kind: "soon" };
const NEVER: Retry = { kind: "never" };

/** Longest rest that a header may impose. */
const REST_MS_MAX = 24 * 60 * 60 * 1_000;
/** How long a number rests after a bare HTTP 429 that does not say how long. */
const BARE_THROTTLE_REST_MS = 60_000;

/** Reads a reply or a broken connection. `secrets` are taken out of whatever text is passed on. */
export function readFailedCall(
  reply: UpstreamReply,
  secrets: readonly string[],
  now: Date,
): FailedCall {
  if (reply.kind === "not-sent") {
    return { kind: "refused", failure: elsewhere(namelessFailure("sin conexión", RETRY_SOON)) };
  }
  if (reply.kind === "lost") {
    return { kind: "unknown", why: `no answer after the request: ${redact(reply.why, secrets)}` };
  }
  const error = readUpstreamError(recordOf(parseJson(reply.body)?.value)?.error);
  if (error !== null)
    return { kind: "refused", failure: envelopeFailure(error, reply, { secrets, now }) };
  if (reply.status >= 300 && reply.status < 500 && reply.status !== 408) {
    const retry: Retry =
      reply.status === 429
        ? { kind: "after", retryAfterMs: restMs(reply, now) || BARE_THROTTLE_REST_MS }
        : NEVER;
    return { kind: "refused", failure: elsewhere(namelessFailure(`HTTP ${reply.status}`, retry)) };
  }
  return { kind: "unknown", why: `HTTP ${reply.status} without a readable answer` };
}

/**
 * The same for calls that are safe to repeat (uploads, listings): what is unknown may be tried again.
 */
export function readRepeatableFailure(
  reply: UpstreamReply,
  secrets: readonly string[],
  now: Date,
): Failure {
  const failed = readFailedCall(reply, secrets, now);
  return failed.kind === "refused" ? failed.failure : namelessFailure(failed.why, RETRY_SOON);
}

function envelopeFailure(
  error: UpstreamError,
  reply: ErrorReply,
  context: { secrets: readonly string[]; now: Date },
): Failure {
  const rule = ruleOf(error, reply.status);
  const failure: Failure = {
    blame: rule.blame,
    code: String(error.code),
    reason: formatReason(error, context.secrets),
    providerCode: String(error.code),
    retry: retryOf(rule, restMs(reply, context.now)),
  };
  return rule.blame === "provider" || NOT_EVERYWHERE.has(rule.scope) ? elsewhere(failure) : failure;
}

/** What an error is about when another number, of another business account, need not have it. */
const NOT_EVERYWHERE: ReadonlySet<ErrorScope> = new Set([
  "template",
  "number",
  "business",
  "token",
]);

function elsewhere(failure: Failure): Failure {
  return { ...failure, elsewhere: true };
}

/** Codes that Meta invented since: its own word counts, then the HTTP status, as far as it goes. */
function ruleOf(error: UpstreamError, status: number): CodeRule {
  // 100 with subcode 33: the number does not exist or the token may not use it (§2.2).
  if (error.code === 100 && error.subcode === 33) {
    return { blame: "us", retry: "never", scope: "number" };
  }
  const known = findCodeRule(error.code);
  if (known !== null) return known;
  if (status === 429) {
    return { blame: "us", retry: "rest", restMs: BARE_THROTTLE_REST_MS, scope: "number" };
  }
  const again = error.transient || status >= 500;
  return { blame: "provider", retry: again ? "soon" : "never", scope: "message" };
}

function retryOf(rule: CodeRule, askedMs: number): Retry {
  if (rule.retry === "rest") {
    return { kind: "after", retryAfterMs: Math.max(rule.restMs ?? 0, askedMs) };
  }
  if (rule.retry === "soon" && askedMs > 0) return { kind: "after", retryAfterMs: askedMs };
  return { kind: rule.retry };
}

/** How long the headers ask us to wait; 0 when they do not. */
function restMs(reply: ErrorReply, now: Date): number {
  const asked = Math.max(
    readRetryAfter(reply.headers["retry-after"], now),
    readUsageRest(reply.headers["x-business-use-case-usage"]),
  );
  return Math.min(asked, REST_MS_MAX);
}

function readRetryAfter(value: string | undefined, now: Date): number {
  if (value === undefined) return 0;
  if (/^\d{1,9}$/u.test(value)) return Number(value) * 1_000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}

/** `estimated_time_to_regain_access` is in minutes, by business and kind of call (fact sheet §0). */
function readUsageRest(value: string | undefined): number {
  const usage = recordOf(parseJson(value ?? "")?.value);
  const minutes = Object.values(usage ?? {})
    .flat()
    .map((entry) => recordOf(entry)?.estimated_time_to_regain_access)
    .filter((wait) => typeof wait === "number" && wait > 0);
  return Math.max(0, ...(minutes as number[])) * 60_000;
}
