/** `error`: WhatsApp refuses it. `warning`: it may well be refused or moved. `hint`: good to know. */
export type LintSeverity = "error" | "warning" | "hint";

/** A rule's gravity, source and words. */
export interface RuleWords {
  severity: LintSeverity;
  /** Where the rule is written: Meta's pages, by the sections of their documentation. */
  source: string;
  /** Spanish, English. */
  what: readonly [string, string];
  fix: readonly [string, string];
}
