import { failureReason } from "@recado/contract/failure-codes";
import { type Failure, finalFailure, type Retry } from "../../domain/send-outcome.ts";
import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { findCodeRule } from "../cloud-wire/error-codes.ts";
import { parseJson, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import { NAMELESS_CODE, namelessFailure, redact } from "../cloud-wire/upstream-error.ts";

/**
 * What a call that did not succeed means:
 * - nothing written, or a 4xx: certainly not accepted;
 * - silence, a 2xx without an id, any 5xx: perhaps accepted. Gupshup documents a 500 and nowhere says that
 *   nothing was sent (fact sheet §5.4), and it knows no idempotency key, so it is not tried again.
 */
export type FailedCall = { kind: "refused"; failure: Failure } | { kind: "unknown"; why: string };

/** What a refused call is about. */
export interface RefusalRule {
  blame: Failure["blame"];
  /** The code that the integrator reads; Gupshup gives none over HTTP (§5.1). */
  code: string;
}

/** Refusals of a call by their sentences, as Gupshup writes them (§1.4); others are the provider's. */
export const REFUSALS: Readonly<Record<string, RefusalRule>> = {
  "Authentication Failed": { blame: "us", code: NAMELESS_CODE },
  "Invalid App Details": { blame: "us", code: NAMELESS_CODE },
  "Invalid Destination": { blame: "recipient", code: "1002" },
  "Portal User Not Found With APIKey": { blame: "us", code: NAMELESS_CODE },
};

/**
 * Gupshup's own codes and whose trouble they are (§5.2). They come as `failed` callbacks only, when the
 * message is over: none is ever tried again.
 */
export const GUPSHUP_CODES: ReadonlyMap<number, Failure["blame"]> = new Map<
  number,
  Failure["blame"]
>([
  [500, "provider"],
  [503, "provider"],
  [1000, "customer"],
  [1001, "us"],
  [1002, "recipient"],
  [1003, "us"],
  [1004, "customer"],
  [1005, "customer"],
  [1006, "recipient"],
  [1007, "recipient"],
  [1008, "recipient"],
  [1009, "customer"],
  [1010, "customer"],
  [1011, "customer"],
  [1012, "recipient"],
  [1013, "recipient"],
  [1014, "customer"],
  [4001, "us"],
  [4002, "provider"],
  [4003, "customer"],
  [4004, "us"],
  [4005, "customer"],
]);

/** Codes of WhatsApp's old servers that Gupshup passes on (§5.3), beside those of the Cloud API. */
const OLD_CODES: ReadonlyMap<number, Failure["blame"]> = new Map<number, Failure["blame"]>([
  [402, "customer"],
  [408, "provider"],
  [410, "provider"],
  [472, "recipient"],
]);

/** Codes that mean something else when WhatsApp's old servers decided (§5.3, collision warning). */
const COLLIDING: ReadonlySet<number> = new Set([1000, 1001, 1005, 1008, 1010, 1011]);

/** Gupshup takes 20 messages a second (§6.1) and does not say how long to wait. */
const THROTTLE_REST_MS = 2_000;
const REST_MS_MAX = 60 * 60 * 1_000;
const NEVER: Retry = { kind: "never" };

/** Reads a reply without a result. `secrets` are taken out of whatever text is passed on. */
export function readFailedCall(reply: UpstreamReply, secrets: readonly string[]): FailedCall {
  if (reply.kind === "not-sent") {
    const failure = namelessFailure("sin conexión", { kind: "soon" });
    return { kind: "refused", failure: { ...failure, elsewhere: true } };
  }
  if (reply.kind === "lost") {
    return { kind: "unknown", why: `no answer after the request: ${redact(reply.why, secrets)}` };
  }
  const said = readSentence(reply.body);
  const { status } = reply;
  if (status === 429) {
    const retry: Retry = { kind: "after", retryAfterMs: restMs(reply.headers["retry-after"]) };
    const failure = namelessFailure("HTTP 429", retry);
    return { kind: "refused", failure: { ...failure, blame: "us", elsewhere: true } };
  }
  if (status >= 500 || status === 408 || (status < 300 && !isError(reply.body))) {
    return { kind: "unknown", why: `HTTP ${status} without a message id` };
  }
  return { kind: "refused", failure: refusal(redact(said ?? `HTTP ${status}`, secrets)) };
}

/** The same for calls that are safe to repeat (listings): what is unknown may be tried again. */
export function readRepeatableFailure(reply: UpstreamReply, secrets: readonly string[]): Failure {
  const failed = readFailedCall(reply, secrets);
  return failed.kind === "refused" ? failed.failure : namelessFailure(failed.why, { kind: "soon" });
}

/** A template that was never at Gupshup: it has no id there, and nothing but the id can be sent. */
export function noTemplate(): Failure {
  return finalFailure("customer", "1005", failureReason("1005", ""));
}

/**
 * What a `failed` callback says. `byWhatsApp`: it bears WhatsApp's id, so WhatsApp decided, and a code of
 * WhatsApp's old servers must not be read as Gupshup's of the same number (§5.3, collision warning).
 */
export function reportedFailure(failed: {
  code: number | null;
  reason: string | null;
  byWhatsApp: boolean;
}): Failure {
  const { code, byWhatsApp } = failed;
  const said = redact(failed.reason ?? "", []);
  if (code === null) return namelessFailure(said || "sin motivo", NEVER);
  const text = said || `error ${code}`;
  const collides = byWhatsApp && COLLIDING.has(code);
  return {
    blame: blameOf(code, collides),
    code: String(code),
    reason: collides ? text : failureReason(String(code), text),
    providerCode: String(code),
    retry: NEVER,
  };
}

function blameOf(code: number, collides: boolean): Failure["blame"] {
  const own = collides ? undefined : (GUPSHUP_CODES.get(code) ?? OLD_CODES.get(code));
  return own ?? findCodeRule(code)?.blame ?? "provider";
}

function refusal(said: string): Failure {
  const rule = Object.hasOwn(REFUSALS, said) ? REFUSALS[said] : undefined;
  const nameless = namelessFailure(said, NEVER);
  if (rule === undefined) return { ...nameless, elsewhere: true };
  if (rule.code === NAMELESS_CODE) return { ...nameless, blame: rule.blame, elsewhere: true };
  return finalFailure(rule.blame, rule.code, failureReason(rule.code, said));
}

function isError(body: string): boolean {
  return recordOf(parseJson(body)?.value)?.status === "error";
}

/** The sentence of an error: a member, a member of a member, a JSON text, or plain text (§1.4). */
function readSentence(body: string): string | null {
  const value = parseJson(body)?.value;
  const message = recordOf(value)?.message;
  const nested = recordOf(message);
  const plain = value === undefined && !body.trimStart().startsWith("<") ? body.trim() : value;
  return textOf(nested?.message) ?? textOf(message) ?? textOf(plain);
}

function restMs(retryAfter: string | undefined): number {
  const seconds = /^\d{1,5}$/u.test(retryAfter ?? "") ? Number(retryAfter) : 0;
  return Math.min(Math.max(THROTTLE_REST_MS, seconds * 1_000), REST_MS_MAX);
}
