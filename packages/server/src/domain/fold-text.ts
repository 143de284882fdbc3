/** Text as it is compared: lower case, without accents, blanks run together. */
export function foldText(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** What a contact is found by: both of its names, folded. */
export function formatContactSearch(names: readonly (string | null)[]): string {
  return [...new Set(names.flatMap((name) => (name === null ? [] : [foldText(name)])))]
    .filter((name) => name !== "")
    .join(" | ");
}

const PROFILE_NAME_MAX = 200;

/** A name that a stranger chose, fit to be kept: no control characters, at most 200 of the others; null if nothing is left. */
export function cleanProfileName(name: string | null): string | null {
  const clean = (name ?? "").replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, "").trim();
  return clean === "" ? null : [...clean].slice(0, PROFILE_NAME_MAX).join("");
}
