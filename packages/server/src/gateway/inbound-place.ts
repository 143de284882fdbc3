import type { IdMaker } from "../platform/ids.ts";

/** A message that comes later than this after its moment stands where it belongs, not where it came. */
const LATE_MAX_MS = 10_000;

/**
 * Where a person's message stands in its thread. WhatsApp tells whole seconds by a clock of its own (Cloud API, webhooks,
 * `messages[].timestamp`), so by its id an answer could stand before what it answers. It stands where it came in instead, behind
 * all that was there, and at most some seconds after the moment that WhatsApp tells. A conversation that it opens begins just
 * before it, at `openingId`.
 */
export function makeInboundPlace(
  ids: IdMaker,
  { saidAt, nowMs }: { saidAt: Date; nowMs: number },
): { openingId: string; place: string } {
  const atMs = Math.max(0, Math.min(nowMs, saidAt.getTime() + LATE_MAX_MS));
  const openingId = ids.next(atMs);
  return { openingId, place: ids.next(atMs) };
}
