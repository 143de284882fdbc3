import { DYNAMIC_VARIABLES, EXAMPLE_VARIABLES } from "./example-variables.ts";
import type { ExampleJson } from "./operation-example.ts";

// A template's own {{1}} is none of ours: a name begins with a letter.
const NAME = /\{\{(\$?[a-z]\w*)\}\}/giu;
const ONLY_NAME = /^\{\{(\$?[a-z]\w*)\}\}$/iu;

/** The names between double braces in `value`, however deep. */
export function findVariables(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? "").matchAll(NAME)].map(([, name = ""]) => name);
}

/** The example with every variable replaced by its example value; one that is not in the table throws. */
export function fillExample(value: ExampleJson): ExampleJson {
  if (typeof value === "string") return fillText(value);
  if (Array.isArray(value)) return value.map(fillExample);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillExample(item)]));
}

function fillText(text: string): string | number {
  const [, only] = ONLY_NAME.exec(text) ?? [];
  if (only !== undefined) return exampleOf(only);
  return text.replace(NAME, (_whole, name: string) => `${exampleOf(name)}`);
}

function exampleOf(name: string): string | number {
  const example = DYNAMIC_VARIABLES[name] ?? EXAMPLE_VARIABLES[name]?.example;
  if (example === undefined) throw new Error(`{{${name}}} is not in example-variables.ts.`);
  return example;
}
