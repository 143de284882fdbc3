/**
 * A text as it is compared when somebody searches: without accents, case and signs between words. The letter ñ is
 * kept apart neither: whoever types `nandu` finds `ñandú`.
 */
export function foldWords(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word of `query` begins a word of one of the `texts`; an empty query fits everything. */
export function matchesWords(query: string, ...texts: (string | null)[]): boolean {
  const words = texts.flatMap((text) => foldWords(text ?? "").split(/[^\p{L}\p{N}]+/u));
  return foldWords(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((wanted) => wanted !== "")
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
