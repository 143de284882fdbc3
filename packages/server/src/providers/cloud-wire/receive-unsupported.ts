import type { UnsupportedItem } from "../../domain/inbound.ts";

/** Longest name, since it comes from outside. */
const WHAT_CHARS_MAX = 100;

/** An item that is kept and named, and not acted upon. */
export function unsupported(what: string): UnsupportedItem {
  return { kind: "unsupported", what: what.slice(0, WHAT_CHARS_MAX) };
}
