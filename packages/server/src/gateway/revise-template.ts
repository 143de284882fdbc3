import {
  type TemplateCategory,
  type TemplateDefinition,
  type TemplateQuality,
  type TemplateStatus,
  templateSlots,
} from "../domain/template.ts";
import type { TemplateChangeKind, TemplateChangeSource } from "../storage/template-changes.ts";
import type { TemplateRow } from "../storage/templates.ts";

/** What somebody says of a template; what is absent or null is not said. */
export interface TemplateFacts {
  status?: TemplateStatus | null;
  category?: TemplateCategory | null;
  quality?: TemplateQuality | null;
  definition?: TemplateDefinition | null;
  providerTemplateId?: string | null;
  reason?: string | null;
}

/** Facts, who says them and since when they are true, by the provider's clock where it told them. */
export interface ToldFacts {
  facts: TemplateFacts;
  source: TemplateChangeSource;
  at: Date;
}

/** One thing that changed, or would have, had something newer not been known. */
export interface Revision {
  kind: Exclude<TemplateChangeKind, "guard" | "edit">;
  from: string | null;
  to: string | null;
  reason: string | null;
  applied: boolean;
}

/** How far our clock and the provider's may be apart, and its events are dated in whole seconds (fact sheet §3.8). */
const CLOCKS_APART_MAX_MS = 5_000;

/**
 * What a template becomes by what is told of it. State, category and quality each keep the provider's time of their last change:
 * what is older and comes late is noted and changes nothing, and neither does an event from before the template was last read whole.
 * A list read whole is true as of the moment at which it was asked for.
 */
export function reviseTemplate(
  row: TemplateRow,
  told: ToldFacts,
): { next: TemplateRow; revisions: Revision[] } {
  const { facts, source, at } = told;
  const revisions: Revision[] = [];
  const next = { ...row };
  const isEvent = source === "event";
  const isOurs = source === "submit" || source === "person";
  const isNew = (knownAt: Date | null) =>
    isOurs ||
    ((knownAt === null || at >= knownAt) &&
      !(
        isEvent &&
        row.verifiedAt &&
        at.getTime() < row.verifiedAt.getTime() - CLOCKS_APART_MAX_MS
      ));
  const note = (kind: Revision["kind"], change: Omit<Revision, "kind" | "reason">) =>
    revisions.push({ kind, reason: facts.reason ?? null, ...change });

  if (facts.providerTemplateId) next.providerTemplateId = facts.providerTemplateId;
  if (facts.category) {
    const applied = isNew(row.categoryAt);
    if (applied) {
      next.category = facts.category;
      if (isEvent) next.categoryAt = at;
    }
    if (facts.category !== row.category) {
      note("category", { from: row.category, to: facts.category, applied });
    }
  }
  if (facts.status) {
    const applied = isNew(row.statusAt);
    if (applied) {
      next.status = facts.status;
      next.rejectedReason =
        facts.status === "approved" ? null : (facts.reason ?? sameReason(row, facts.status));
      if (isEvent) next.statusAt = at;
    }
    if (facts.status !== row.status)
      note("status", { from: row.status, to: facts.status, applied });
  }
  if (facts.quality) {
    const applied = isNew(row.qualityAt);
    if (applied) {
      next.quality = facts.quality;
      if (isEvent) next.qualityAt = at;
    }
    // That nobody has judged it yet is no news of a template of which nothing was known.
    if (facts.quality !== (row.quality ?? "unknown")) {
      note("quality", { from: row.quality, to: facts.quality, applied });
    }
  }
  if (facts.definition && !isSame(facts.definition, row.definition)) {
    next.definition = facts.definition;
    note("content", { from: null, to: null, applied: true });
  }
  // Submitted, and nobody could write that down: the provider has what was written here.
  if (facts.definition && next.draft && isSame(facts.definition, next.draft.definition)) {
    next.examples = next.draft.examples;
    next.sampleMediaId = next.draft.sampleMediaId;
    next.draft = null;
  }
  next.variables = templateSlots(next.definition, next.category).length;
  next.header = next.definition.header?.format ?? null;
  return { next, revisions };
}

/** A state that stays keeps its reason; another one without a reason has none. */
function sameReason(row: TemplateRow, status: TemplateStatus): string | null {
  return row.status === status ? row.rejectedReason : null;
}

/** By what they say: the order of keys is the database's. */
function isSame(left: TemplateDefinition, right: TemplateDefinition): boolean {
  const plain = ({ header, body, footer, buttons, parameterFormat }: TemplateDefinition) =>
    JSON.stringify([
      header && [header.format, header.text],
      body,
      footer,
      buttons.map(({ kind, text, target }) => [kind, text, target]),
      parameterFormat,
    ]);
  return plain(left) === plain(right);
}
