import { failureReason } from "@recado/contract/failure-codes";
import type { Failure } from "../../domain/send-outcome.ts";
import { findCodeRule } from "./error-codes.ts";
import { recordOf, textOf } from "./untrusted-json.ts";

/** An error object of Meta's, of a reply (fact sheet §2.1) or of a webhook, made regular. */
export interface UpstreamError {
  code: number;
  subcode: number | null;
  /** `title: details`, without the `(#code)` in front. */
  text: string;
  /** Meta's own word that trying again may help. */
  transient: boolean;
}

/** The code that integrators read when the upstream failed without giving one: the manual's 402. */
export const NAMELESS_CODE = "402";

/** Longest reason that is passed on. */
const REASON_CHARS_MAX = 500;

/** Reads an error object; null when it has no usable code, which makes it no error of Meta's. */
export function readUpstreamError(value: unknown): UpstreamError | null {
  const error = recordOf(value);
  const code = integerOf(error?.code);
  if (error === null || code === null) return null;
  const title = textOf(error.message) ?? textOf(error.title) ?? "";
  const data = recordOf(error.error_data);
  const details =
    textOf(data?.details) ??
    // Some versions give the details as a bare string.
    textOf(error.error_data) ??
    textOf(error.error_user_msg) ??
    "";
  return {
    code,
    subcode: integerOf(error.error_subcode),
    text: joinTexts(title.replace(/^\(#\d+\)\s*/u, ""), details),
    transient: error.is_transient === true,
  };
}

/**
 * What the integrator reads of an error: the manual's Spanish text where the manual has the code, else
 * Meta's. The credentials given, anything that looks like a token of Meta's and all addresses are taken out.
 */
export function formatReason(error: UpstreamError, secrets: readonly string[]): string {
  return failureReason(String(error.code), redact(error.text, secrets) || `error ${error.code}`);
}

/** A message that WhatsApp gave up after it had accepted it: final, because it is never sent twice. */
export function reportedFailure(value: unknown): Failure {
  const error = readUpstreamError(value);
  if (error === null) return namelessFailure("sin motivo", { kind: "never" });
  return {
    blame: findCodeRule(error.code)?.blame ?? "provider",
    code: String(error.code),
    reason: formatReason(error, []),
    providerCode: String(error.code),
    retry: { kind: "never" },
  };
}

/** A failure of the upstream for which it gave no code; `why` stands behind the manual's text. */
export function namelessFailure(why: string, retry: Failure["retry"]): Failure {
  return {
    blame: "provider",
    code: NAMELESS_CODE,
    reason: `${failureReason(NAMELESS_CODE, "")} (${why})`,
    providerCode: null,
    retry,
  };
}

/** A text fit for an integrator: no credential, no address, of bounded length. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  return known
    .replace(/\bEAA[A-Za-z0-9]{16,}/gu, "***")
    .replace(/https?:\/\/\S+/giu, "(URL)")
    .slice(0, REASON_CHARS_MAX);
}

function integerOf(value: unknown): number | null {
  const text = textOf(value);
  return text !== null && /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

function joinTexts(title: string, details: string): string {
  if (title === "" || details === "" || title === details) return title || details;
  return `${title}: ${details}`;
}
