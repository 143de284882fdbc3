/** More variables than any template can have; a list longer than this cannot be read. */
const VARIABLES_MAX = 256;

/** WhatsApp's own bound on a message is far below; this only keeps a hostile list small. */
const VALUE_CHARS_MAX = 32_768;

/** What a caller's `template_variables` comes to. `unreadable` answers 8. */
export type TemplateVariables =
  | { kind: "values"; values: string[] }
  | { kind: "unreadable"; why: string };

/**
 * Reads `[Carlos] [$100] [miércoles]`, or a list of values as JSON and repeated form fields bring it.
 * A variable is what stands between a `[` and its matching `]`; brackets inside it nest; between two
 * variables only white space or commas may stand. Line breaks, tabs and runs of spaces inside a value
 * become one space, because WhatsApp refuses them. Absent or blank means no values. A blank value stays,
 * as `""`: the caller answers 6 for it. Takes time in proportion to the text, whatever its brackets.
 */
export function parseTemplateVariables(input: string | string[] | undefined): TemplateVariables {
  if (input === undefined) return { kind: "values", values: [] };
  const parts = typeof input === "string" ? splitBrackets(input) : input;
  if (typeof parts === "string") return { kind: "unreadable", why: parts };
  if (parts.length > VARIABLES_MAX) {
    return { kind: "unreadable", why: `there are more than ${VARIABLES_MAX} variables` };
  }
  if (parts.some((part) => part.length > VALUE_CHARS_MAX)) {
    return { kind: "unreadable", why: `a variable is longer than ${VALUE_CHARS_MAX} characters` };
  }
  return { kind: "values", values: parts.map(foldSpaces) };
}

/** The variables of a text, or a sentence that says why it cannot be read. */
function splitBrackets(text: string): string[] | string {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "[") {
      if (depth === 0) start = at + 1;
      depth += 1;
    } else if (char === "]") {
      if (depth === 0) return `a "]" at character ${at + 1} closes nothing`;
      depth -= 1;
      if (depth === 0) parts.push(text.slice(start, at));
      if (parts.length > VARIABLES_MAX) return parts;
    } else if (depth === 0 && !isBetween(char)) {
      return `character ${at + 1} stands outside the brackets`;
    }
  }
  return depth === 0 ? parts : `the "[" before character ${start + 1} is never closed`;
}

function isBetween(char: string | undefined): boolean {
  return char === "," || (char !== undefined && char.trim() === "");
}

function foldSpaces(value: string): string {
  return value.replace(/[ \t\r\n\v\f\u0085\u2028\u2029]+/gu, " ").trim();
}
