/**
 * What became of a call to a provider: a value, never a throw. `unknown` is a state of its own: the
 * request may have been accepted, so it is never made again; the provider's own events, or the
 * deadline, decide.
 */
export type SendOutcome =
  | {
      kind: "accepted";
      /** The provider's id of the message (`wamid…`, a gsId). */
      providerMessageId: string;
      /** The address that the provider really uses (`wa_id`); null when it did not say. */
      recipientId: string | null;
    }
  | { kind: "refused"; failure: Failure }
  | { kind: "unknown"; why: string };

/** Why a message was not, or will not be, delivered. */
export interface Failure {
  /** Who can do something about it. */
  blame: "us" | "customer" | "provider" | "recipient";
  /** The code that the integrator reads: the manual's, or the upstream's as it came. */
  code: string;
  /** The text that the integrator reads. No credential, no URL of ours. */
  reason: string;
  /** The upstream's own code; null when none was given (a cut connection, a rule of ours). */
  providerCode: string | null;
  retry: Retry;
  /**
   * Whether another number might take the message: the trouble is that of the number, its business account, its
   * template or its provider, and the message was certainly not accepted. Absent: no.
   */
  elsewhere?: true;
}

/** Whether, and how soon, the same call may be made again. Only for what was certainly not accepted. */
export type Retry =
  | { kind: "never" }
  /** Exponential backoff from a second; until the message's deadline. */
  | { kind: "soon" }
  /** Only this person must be waited for (pair limit). */
  | { kind: "pair" }
  /** The whole number, template or token must rest this long. */
  | { kind: "after"; retryAfterMs: number };

/** Builds a final failure of our own making, for example 1010 or a deadline. */
export function finalFailure(blame: Failure["blame"], code: string, reason: string): Failure {
  return { blame, code, reason, providerCode: null, retry: { kind: "never" } };
}
