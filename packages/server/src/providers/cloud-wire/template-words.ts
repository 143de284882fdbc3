import type { TemplateCategory, TemplateQuality, TemplateStatus } from "../../domain/template.ts";
import { textOf } from "./untrusted-json.ts";

/**
 * Meta's states and events of a template, folded (fact sheet §3.8, §5.3). FLAGGED is a warning: the
 * template still sends. UNARCHIVED gives back what was archived, which only approved ones are.
 */
export const TEMPLATE_STATUSES: Readonly<Record<string, TemplateStatus>> = {
  APPROVED: "approved",
  REINSTATED: "approved",
  FLAGGED: "approved",
  UNARCHIVED: "approved",
  PENDING: "pending",
  IN_APPEAL: "pending",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
  LOCKED: "disabled",
  ARCHIVED: "disabled",
  PENDING_DELETION: "disabled",
  DELETED: "disabled",
  LIMIT_EXCEEDED: "disabled",
};

/** Our word for a state, of any case; null when Meta invented a new one. */
export function foldStatus(value: unknown): TemplateStatus | null {
  const word = textOf(value)?.toUpperCase() ?? "";
  return Object.hasOwn(TEMPLATE_STATUSES, word) ? (TEMPLATE_STATUSES[word] ?? null) : null;
}

/** Our word for a category, of any case; null when it is none of the three. */
export function foldCategory(value: unknown): TemplateCategory | null {
  const word = textOf(value)?.toLowerCase();
  return word === "marketing" || word === "utility" || word === "authentication" ? word : null;
}

/** Our word for a quality, of any case; null when it is none of Meta's four (fact sheet §3.8). */
export function foldQuality(value: unknown): TemplateQuality | null {
  const word = textOf(value)?.toLowerCase();
  return word === "green" || word === "yellow" || word === "red" || word === "unknown"
    ? word
    : null;
}
