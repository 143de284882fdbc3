import type { Operator } from "../accounts/operator.ts";
import { NAME_BLOCKED_MS } from "../domain/template-draft.ts";
import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { findProject, lockProject } from "../storage/projects.ts";
import {
  lockTemplate,
  lockTemplates,
  type TemplateRow,
  updateTemplate,
} from "../storage/templates.ts";
import { checkResting } from "./template-drafts.ts";
import { applyTemplateFacts, tellTemplates } from "./template-facts.ts";
import {
  explainRefusal,
  findProjectChannel,
  openChannel,
  type TemplateSource,
} from "./templates.ts";

/** What a deletion did. */
export interface Deletion {
  /** The `id_template` of each that is gone. */
  deleted: number[];
  /** When WhatsApp takes a new template of the name; null: at once. */
  nameFreeAt: Date | null;
}

/**
 * Deletes a template here and at the provider, or every language of its name. A draft only goes here. Messages that name it keep
 * their text; those that wait are failed and refunded.
 *
 * Refuses with `conflict` one language alone where the provider cannot spare the others, and what is being submitted; with
 * `upstream_…` when the provider does not delete.
 */
export async function deleteTemplate(
  source: TemplateSource,
  row: TemplateRow,
  { allLanguages }: { allLanguages: boolean },
): Promise<Deletion> {
  if (row.providerTemplateId === null && !allLanguages) return deleteDraft(source, row);
  const { accountId } = row;
  const project = await findProject(source.pool, { accountId, id: row.projectId });
  if (!project) throw new AppError("not_found", "There is no such project.");
  const of = { accountId, id: row.projectId };
  const named = await withTransaction(source.pool, async (sql) =>
    (await lockTemplates(sql, of)).filter(({ name, deletedAt }) => name === row.name && !deletedAt),
  );
  if (allLanguages) for (const one of named) checkResting(one, source.clock.now());
  const known = named.filter(({ providerTemplateId }) => providerTemplateId !== null);
  const { providerTemplateId } = row.providerTemplateId === null ? (known[0] ?? row) : row;
  if (providerTemplateId !== null) {
    const { provider, call } = await openChannel(source, await findProjectChannel(source, project));
    const whole = allLanguages || (!provider.deletesOneLanguage && known.length === 1);
    if (!whole && !provider.deletesOneLanguage) {
      throw new AppError(
        "conflict",
        "This provider deletes every language of a name or none: ask for all languages.",
      );
    }
    const wish = { name: row.name, providerTemplateId, allLanguages: whole };
    const outcome = await provider.deleteTemplate({ ...call, ...wish });
    if (outcome.kind === "refused") {
      throw explainRefusal("WhatsApp did not delete the template", outcome.failure);
    }
  }
  return withTransaction(source.pool, async (sql) => {
    await lockProject(sql, of);
    const rows = (await lockTemplates(sql, of)).filter(
      (one) => one.deletedAt === null && (allLanguages ? one.name === row.name : one.id === row.id),
    );
    return recordDeletion(sql, source, rows);
  });
}

function deleteDraft(source: TemplateSource, { accountId, id }: TemplateRow): Promise<Deletion> {
  return withTransaction(source.pool, async (sql) => {
    const row = await lockTemplate(sql, { accountId, id });
    if (!row || row.providerTemplateId !== null) {
      throw new AppError("conflict", "The template has just changed: look at it again.");
    }
    checkResting(row, source.clock.now());
    return recordDeletion(sql, source, [row]);
  });
}

async function recordDeletion(
  sql: Transaction,
  operator: Operator,
  rows: readonly TemplateRow[],
): Promise<Deletion> {
  const nowMs = operator.clock.now();
  const at = new Date(nowMs);
  const [first] = rows;
  if (!first) return { deleted: [], nameFreeAt: null };
  const events = [];
  let nameFreeAt: Date | null = null;
  for (const row of rows) {
    if (row.status === "draft") {
      // The row stays: it may have been another template's before, which messages name.
      await updateTemplate(sql, { ...row, draft: null, deletedAt: at, nameFreeAt: null }, at);
      continue;
    }
    // A name that was never approved is free at once (fact sheet §5.5).
    const blocked = row.status !== "rejected" && row.status !== "pending";
    const freeAt = blocked ? new Date(nowMs + NAME_BLOCKED_MS) : null;
    nameFreeAt = freeAt ?? nameFreeAt;
    const facts = { status: "disabled", reason: "It was deleted." } as const;
    const told = { facts, source: "person" as const, at };
    const applied = await applyTemplateFacts(sql, operator, { row, told, nowMs });
    events.push(...applied.events);
    const gone = { draft: null, guard: null, deletedAt: at, nameFreeAt: freeAt };
    await updateTemplate(sql, { ...applied.row, ...gone }, at);
  }
  const { accountId } = first;
  await touchAccount(sql, [accountId]);
  const told = await tellTemplates(sql, operator, { accountId, nowMs, events });
  await Promise.all(told.finish());
  return { deleted: rows.map((row) => row.number), nameFreeAt };
}
