import type { Failure } from "./send-outcome.ts";

/*
 * When a message goes to the project's second number. Only what the first one is known not to have taken may
 * go: an unknown outcome never does, since the message could arrive twice.
 */

/** A rest of the first number that is shorter is waited for. */
export const REST_WORTH_LEAVING_MS = 5_000;

/** What may pass by itself is tried so often at the first number. */
const TRIES_MIN = 2;

/**
 * Whether a refused call may be made through another number. The trouble must be that of the number, of its
 * business account or of its provider, and neither the person's nor the content's: those would be the same
 * there. `tries` counts the calls made, this one included.
 */
export function mayTryElsewhere(failure: Failure, tries: number): boolean {
  if (failure.elsewhere !== true) return false;
  switch (failure.retry.kind) {
    case "never":
      return true;
    case "pair":
      return false;
    case "after":
      return failure.retry.retryAfterMs > REST_WORTH_LEAVING_MS;
    case "soon":
      return tries >= TRIES_MIN;
  }
}
