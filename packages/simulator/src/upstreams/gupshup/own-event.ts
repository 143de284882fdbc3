import type { OfficialNumber } from "../../store/numbers.ts";
import type { UpstreamEvent } from "../upstream.ts";

/** An event of Gupshup's own, in its envelope (fact sheet 4.3). */
export function formatOwnEvent(
  number: OfficialNumber,
  event: { type: string; at: number; payload: unknown },
): UpstreamEvent {
  const { type, at, payload } = event;
  const body = { app: number.appName, timestamp: at, version: 2, type, payload };
  return { kind: "message", json: JSON.stringify(body) };
}
