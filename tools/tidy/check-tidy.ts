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

/** One offence as a line that an editor can jump to. */
export function formatOffence({ rule, path, line, found }: Offence): string {
  const reason = tidyRules.find(({ name }) => name === rule)?.reason ?? "";
  return `${path}${line === null ? "" : `:${line}`}  ${found}\n    ${rule}: ${reason}`;
}
