/** Whom a note names: `@` and a name as it stands in the catalogue; of two names that begin alike the longer one. */
export function findMentions(
  text: string,
  people: readonly { id: string; name: string }[],
): string[] {
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const found = new Set<string>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const named = byLength.find(({ name }) => name !== "" && text.startsWith(name, at + 1));
    // Two people may have one name: both are meant.
    for (const { id, name } of byLength) if (name === named?.name) found.add(id);
  }
  return [...found];
}
