import type { TemplateCategory, TemplateDefinition } from "./template.ts";
import type { LintRule } from "./template-lint-words.ts";

/** A template before it is submitted. */
export interface LintInput {
  name: string;
  language: string;
  category: TemplateCategory;
  definition: TemplateDefinition;
  /** A sample value for each slot, in order. */
  examples: readonly string[];
  /** Whether a sample file for the header is there. */
  hasSample: boolean;
  /** Who will be asked; some rules are one provider's. */
  provider?: string | null;
  /** The project's other templates. */
  siblings?: readonly { name: string; body: string; footer: string | null }[];
}

/** Notes a finding: which rule, where, and what fills the rule's words. */
export type Note = (rule: LintRule, path: string, words?: Record<string, string | number>) => void;
