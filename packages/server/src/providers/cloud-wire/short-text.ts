import { textOf } from "./untrusted-json.ts";

/** Longest text that is kept in a member of a message's content: names, ids, addresses. */
const CHARS_MAX = 2_000;

/** A text or a number as text, cut where no honest one is as long; null when it is empty or anything else. */
export function shortTextOf(value: unknown): string | null {
  return textOf(value)?.slice(0, CHARS_MAX) ?? null;
}

/** A finite number, or a text that is one; null otherwise. */
export function numberOf(value: unknown): number | null {
  const text = textOf(value)?.trim() ?? "";
  if (!/^[+-]?\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,2})?$/iu.test(text)) return null;
  return Number(text);
}
