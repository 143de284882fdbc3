import type { Failure } from "../domain/send-outcome.ts";

/**
 * What a provider answers when it has another template than we think: other parameters (132000, 132012), none of that name and
 * language (132001), paused or disabled (132015, 132016), no match (Gupshup's 4003).
 */
const STALE_CODES: ReadonlySet<string> = new Set([
  ...["132000", "132001", "132012", "132015", "132016"],
  "4003",
]);

/** Whether a failed message says that its template must be read from the provider anew. */
export function isTemplateStale(failure: Pick<Failure, "providerCode">): boolean {
  return failure.providerCode !== null && STALE_CODES.has(failure.providerCode);
}
