import { findRetryDelayMs, type RetrySchedule } from "../platform/retry-schedule.ts";
import type { AttemptOutcome } from "../storage/delivery-outcomes.ts";

const S = 1_000;
const MIN = 60 * S;
const HOUR = 60 * MIN;

/** When a webhook is tried: at once, then after these pauses, each ±20 %. */
export const WEBHOOK_SCHEDULE: RetrySchedule = {
  delaysMs: [0, 5 * S, 5 * MIN, 30 * MIN, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
  jitter: 0.2,
};

/** A receiver has this long, from the look at its name to the last byte of its reply. */
export const CALL_TIMEOUT_MS = 15 * S;

/** A claim lasts this long: the call and the time to write its outcome down. */
export const LEASE_MS = 2 * CALL_TIMEOUT_MS;

/** After so many failures without a success the circuit opens. */
export const CIRCUIT_FAILURES_MAX = 10;

/** An open circuit lets one call through in this time. */
export const CIRCUIT_PAUSE_MS = MIN;

/** An endpoint that has failed this long without a success is disabled. */
export const FAILING_DAYS_MAX_MS = 5 * 24 * HOUR;

/** How a call ended, in the words of the decision. */
export interface CallResult {
  kind:
    | "delivered"
    /** The receiver failed, or could not be reached. */
    | "failed"
    /** 410: the receiver wants no more. */
    | "gone"
    /** We stopped before the end; nobody's fault. */
    | "interrupted";
  httpStatus: number | null;
  error: string | null;
  response: string | null;
  retryAfterMs: number | undefined;
}

/**
 * What becomes of a delivery after an attempt. What a 410 or our own stop ended is not used up: it is
 * pending again, and parked with the rest when the endpoint is disabled.
 */
export function decideNext(
  result: Pick<CallResult, "kind" | "retryAfterMs">,
  attempt: { number: number; finishedAt: Date; random: number },
): AttemptOutcome["next"] {
  if (result.kind === "delivered") return { state: "delivered" };
  if (result.kind !== "failed") {
    return { state: "pending", dueAt: attempt.finishedAt, unspent: true };
  }
  const { number, random, finishedAt } = attempt;
  const { retryAfterMs } = result;
  const delayMs = findRetryDelayMs(WEBHOOK_SCHEDULE, { number, random, retryAfterMs });
  if (delayMs === null) return { state: "exhausted" };
  return { state: "pending", dueAt: new Date(finishedAt.getTime() + delayMs) };
}

/**
 * Whether an endpoint has failed so long that it is disabled. One old failure of an endpoint that is
 * seldom called is not enough: it takes as many failures as open a circuit, too.
 */
export function isFailedForGood(
  record: { failingSince: Date | null; failures: number },
  nowMs: number,
): boolean {
  if (record.failingSince === null || record.failures < CIRCUIT_FAILURES_MAX) return false;
  return nowMs - record.failingSince.getTime() >= FAILING_DAYS_MAX_MS;
}
