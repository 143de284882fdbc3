import type { TemplateCategory, TemplateDefinition } from "./template.ts";

/** What somebody writes of a template before WhatsApp sees it; kept in `templates.draft` until it is submitted. */
export interface TemplateDraft {
  category: TemplateCategory;
  definition: TemplateDefinition;
  /** A sample value for each slot, in order; WhatsApp's reviewers read them. */
  examples: string[];
  /** An uploaded file that shows what a media header may hold; null: none. */
  sampleMediaId: string | null;
}

const DAY_MS = 86_400_000;

/** Edits of an approved template that Meta allows in a day, and in thirty days (fact sheet §5.5). */
export const EDITS_OF_APPROVED = [
  { max: 1, windowMs: DAY_MS, window: "24 hours" },
  { max: 10, windowMs: 30 * DAY_MS, window: "30 days" },
] as const;

/** How long WhatsApp keeps the name of a deleted approved template from new ones (§5.5, 2388023). */
export const NAME_BLOCKED_MS = 30 * DAY_MS;

/**
 * Why an approved template may not be edited now, by the times of its edits so far; null: it may. Rejected and paused ones may
 * always be.
 */
export function findEditRefusal(editedAtMs: readonly number[], nowMs: number): string | null {
  for (const { max, windowMs, window } of EDITS_OF_APPROVED) {
    const recent = editedAtMs.filter((atMs) => atMs > nowMs - windowMs).sort((a, b) => a - b);
    const freeAtMs = recent[recent.length - max];
    if (freeAtMs === undefined) continue;
    const free = new Date(freeAtMs + windowMs).toISOString();
    return `WhatsApp takes ${max} edit(s) of an approved template in ${window}: the next one from ${free}`;
  }
  return null;
}
