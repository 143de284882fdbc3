import { LATE_MAX_MS, PLACE_BEFORE_ID_MAX_MS } from "../domain/thread-place.ts";
import type { IdMaker } from "../platform/ids.ts";

/**
 * Where a person's message stands in its thread. WhatsApp tells whole seconds by a clock of its own (Cloud API, webhooks,
 * `messages[].timestamp`), so by its id an answer could stand before what it answers. It stands where it came in instead, behind
 * all that was there, at most some seconds after the moment that WhatsApp tells and an hour before it. A conversation that it
 * opens begins just before it, at `openingId`.
 */
export function makeInboundPlace(
  ids: IdMaker,
  { saidAt, nowMs }: { saidAt: Date; nowMs: number },
): { openingId: string; place: string } {
  const saidMs = saidAt.getTime();
  const cameMs = Math.min(nowMs, saidMs + LATE_MAX_MS);
  const atMs = Math.max(0, cameMs, saidMs - PLACE_BEFORE_ID_MAX_MS);
  const openingId = ids.next(atMs);
  return { openingId, place: ids.next(atMs) };
}
