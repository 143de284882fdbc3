import { slotNames, templateSlots } from "./template.ts";
import type { LintInput, Note } from "./template-lint-input.ts";

const VARIABLE = /\{\{([^{}]*)\}\}/gu;

/** Variables of header and body: how they are written, numbered, spread, and whether each has its example. */
export function lintVariables(input: LintInput, note: Note): void {
  const { header, body } = input.definition;
  const title = header?.format === "text" ? (header.text ?? "") : "";
  const inTitle = lintText(title, "header.text", note);
  const inBody = lintText(body, "body", note);
  const names = [...inTitle, ...inBody];
  const numbered = names.filter((name) => /^\d+$/u.test(name)).length;
  const named = input.definition.parameterFormat === "named";
  if (numbered > 0 && (numbered < names.length || named)) note("variable-mixed", "body");
  if (inTitle.length > 1) note("header-variables", "header.text", { given: inTitle.length });
  lintPlaces(body, inBody.length, note);
  lintExamples(input, note);
}

/** The names of a text's variables, each once. */
function lintText(text: string, path: string, note: Note): string[] {
  const names = new Set<string>();
  for (const [whole, inner = ""] of text.matchAll(VARIABLE)) {
    const name = inner.trim();
    if (/^([1-9]\d{0,2}|[a-z][a-z0-9_]{0,99})$/u.test(name)) names.add(name);
    else note("variable-form", path, { given: whole.slice(0, 40) });
  }
  const rest = text.replace(VARIABLE, "");
  const [stray] = /\{\{|\}\}|\{\w+\}/u.exec(rest) ?? [];
  if (stray !== undefined) note("variable-form", path, { given: stray.slice(0, 40) });
  const numbers = new Set([...names].filter((name) => /^\d+$/u.test(name)).map(Number));
  for (let number = 1; number <= numbers.size; number += 1) {
    if (numbers.has(number)) continue;
    note("variable-gap", path, { given: number });
    break;
  }
  return [...names];
}

function lintPlaces(body: string, count: number, note: Note): void {
  if (count === 0) return;
  if (/^\s*\{\{|\}\}\s*$/u.test(body)) note("variable-edge", "body");
  if (/\}\}\s*\{\{/u.test(body)) note("variable-adjacent", "body");
  const words = body.replace(VARIABLE, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (words < 2 * count + 1) note("variable-ratio", "body", { given: count, words });
}

function lintExamples(input: LintInput, note: Note): void {
  const { definition, category, examples } = input;
  const slots = templateSlots(definition, category);
  const names = slotNames(definition, category);
  if (examples.length > slots.length) {
    note("example-count", "examples", { given: examples.length, wanted: slots.length });
  }
  for (const index of slots.keys()) {
    const path = `examples.${index}`;
    const given = names[index] ?? String(index + 1);
    const example = examples[index] ?? "";
    if (example.trim() === "") note("example-missing", path, { given });
    else if (/\{\{|[\r\n\t]/u.test(example)) note("example-form", path, { given });
  }
}
