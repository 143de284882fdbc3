import { foldText } from "../../../ui/text/fold-text.ts";

/** Whether every word of `query` begins a word of one of the `texts`; an empty query fits everything. */
export function matchesWords(query: string, ...texts: (string | null)[]): boolean {
  const words = texts.flatMap((text) => foldText(text ?? "").split(/[^\p{L}\p{N}]+/u));
  return foldText(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((wanted) => wanted !== "")
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
