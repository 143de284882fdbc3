import type { LintSeverity } from "./lint-words.ts";
import { lintButtons } from "./template-lint-buttons.ts";
import { lintAuthentication, lintCategory } from "./template-lint-category.ts";
import type { LintInput, Note } from "./template-lint-input.ts";
import { lintTexts } from "./template-lint-texts.ts";
import { lintVariables } from "./template-lint-variables.ts";
import { LINT_RULES, type LintRule } from "./template-lint-words.ts";

/*
 * What WhatsApp would refuse, or mind, in a template: found before it is submitted, since every refusal costs a review of hours.
 * Pure: it looks at nothing but what it is given.
 */

/** One thing found. */
export interface LintFinding {
  rule: LintRule;
  severity: LintSeverity;
  /** Which field of the template, such as `buttons.0.text`. */
  path: string;
  /** What is wrong, Spanish and English. */
  what: { es: string; en: string };
  /** How to mend it. */
  fix: { es: string; en: string };
  /** Where the rule is written. */
  source: string;
}

/** Everything found, errors first, in the order of the template's fields otherwise. */
export function lintTemplate(input: LintInput): LintFinding[] {
  const findings: LintFinding[] = [];
  const note: Note = (rule, path, words = {}) => {
    const { severity, source, what, fix } = LINT_RULES[rule];
    findings.push({ rule, severity, path, what: fill(what, words), fix: fill(fix, words), source });
  };
  lintTexts(input, note);
  if (input.category === "authentication") {
    lintAuthentication(input, note);
  } else {
    lintVariables(input, note);
    lintButtons(input, note);
    lintCategory(input, note);
  }
  const order: readonly LintSeverity[] = ["error", "warning", "hint"];
  return findings.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

function fill(
  [es, en]: readonly [string, string],
  words: Record<string, string | number>,
): { es: string; en: string } {
  const put = (text: string) =>
    text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(words[name] ?? whole));
  return { es: put(es), en: put(en) };
}
