/** The value of each variable, by its name or number. */
export type Values = ReadonlyMap<string, string>;

const variable = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The variables of a template's text, each once: positional ones in numeric order, named ones as they come. */
export function listVariables(text: string): string[] {
  const names = [...new Set([...text.matchAll(variable)].map((match) => match[1] ?? ""))];
  return names.every((name) => /^[0-9]+$/.test(name))
    ? names.toSorted((one, other) => Number(one) - Number(other))
    : names;
}

/** The text with its variables filled; one without a value stays as it is. */
export function fillTemplateText(text: string, values: Values): string {
  return text.replace(variable, (whole, name: string) => values.get(name) ?? whole);
}
