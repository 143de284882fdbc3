import { textOf } from "./untrusted-json.ts";

/** Digits of a telephone, of 5 to 20; null when it is none (a group, a hidden number). */
export function digitsOf(value: unknown): string | null {
  const digits = textOf(value)?.replace(/[^\d]/gu, "") ?? "";
  return digits.length >= 5 && digits.length <= 20 ? digits : null;
}
