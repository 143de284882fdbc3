import { recordOf } from "./untrusted-json.ts";

const DEPTH_MAX = 20;
const MEMBERS_MAX = 1_000;
const CHARS_MAX = 10_000;

/**
 * Somebody else's JSON made fit to be kept: cut where it is nested deeper, is longer or has more members than
 * anything honest.
 */
export function boundJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.slice(0, CHARS_MAX);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH_MAX) return null;
  if (Array.isArray(value)) {
    return value.slice(0, MEMBERS_MAX).map((one) => boundJson(one, depth + 1));
  }
  const members = Object.entries(value).slice(0, MEMBERS_MAX);
  return Object.fromEntries(members.map(([key, one]) => [key, boundJson(one, depth + 1)]));
}

/** {@link boundJson} of an object; an empty one for anything else. */
export function boundRecord(value: unknown): Record<string, unknown> {
  return (recordOf(boundJson(recordOf(value) ?? {})) ?? {}) as Record<string, unknown>;
}
