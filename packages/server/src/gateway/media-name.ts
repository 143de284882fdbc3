import { randomInt } from "node:crypto";
import type { MediaType } from "../domain/media-kind.ts";

/** Hands out a whole number from 0 up to, not including, its argument. */
export type RandomBelow = (limit: number) => number;

/** {@link RandomBelow} on the system's randomness. */
export const randomBelow: RandomBelow = (limit) => randomInt(limit);

const NAME_CHARS_MIN = 10;
const NAME_CHARS_MAX = 60;

/**
 * The name under which a file is stored and shown to the recipient. A given name of 10 to 60 characters
 * gets three random digits in front, as the manual says; without one, or with one of another length, the
 * platform makes a name that ends in the known type's extension, or in `.pdf` where no type is known.
 * Folders, control characters and invisible marks that reorder text are taken out first, so the length
 * that counts is that of what the recipient would read.
 */
export function formatMediaName(
  given: string | undefined,
  type: MediaType | undefined,
  random: RandomBelow,
): string {
  const name = cleanName(given ?? "");
  const chars = [...name].length;
  if (chars >= NAME_CHARS_MIN && chars <= NAME_CHARS_MAX) return digits(random, 3) + name;
  return `documento-${digits(random, 8)}.${type ?? "pdf"}`;
}

/** What stands after the last slash of either kind, without anything that cannot be seen. */
function cleanName(given: string): string {
  const last = given.split(/[/\\]/u).at(-1) ?? "";
  // Zero-width joiners stay: emoji are made with them.
  const visible = last.replace(/(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, "").trim();
  return visible.replace(/^\.+/u, "");
}

function digits(random: RandomBelow, count: number): string {
  return Array.from({ length: count }, () => String(random(10))).join("");
}
