import type { FileTree } from "../tree/file-tree.ts";
import { deadFileRule } from "./dead-files.ts";
import { documentRules } from "./document-rules.ts";
import { lineRules } from "./line-rules.ts";
import { logRule } from "./log-rule.ts";
import { referenceRules } from "./reference-rules.ts";
import { sizeRules } from "./size-rules.ts";
import type { Offence, TidyRule } from "./tidy-rule.ts";

/** All rules of the house that no other tool holds. */
export const tidyRules: TidyRule[] = [
  ...sizeRules,
  ...lineRules,
  logRule,
  deadFileRule,
  ...documentRules,
  ...referenceRules,
];

/** Every offence against `rules` in the tree, rule by rule. */
export function checkTidy(tree: FileTree, rules: TidyRule[] = tidyRules): Offence[] {
  return rules.flatMap((rule) =>
    rule.check(tree).map((finding) => ({ rule: rule.name, ...finding })),
  );
}

/** The offences as text: under each rule that is broken its reason, and the places that an editor can jump to. */
export function formatOffences(offences: Offence[]): string[] {
  return tidyRules.flatMap(({ name, reason }) => {
    const places = offences.filter(({ rule }) => rule === name).map(formatPlace);
    return places.length === 0 ? [] : [`${name}: ${reason}`, ...places];
  });
}

function formatPlace({ path, line, found }: Offence): string {
  return `  ${path}${line === null ? "" : `:${line}`}  ${found}`;
}
