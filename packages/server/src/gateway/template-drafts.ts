import { refuseField } from "../accounts/check-fields.ts";
import { type Operator, stamp } from "../accounts/operator.ts";
import { templateSlots } from "../domain/template.ts";
import type { TemplateDraft } from "../domain/template-draft.ts";
import { type LintFinding, lintTemplate } from "../domain/template-lint.ts";
import type { LintInput } from "../domain/template-lint-input.ts";
import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import { findChannel } from "../storage/channels.ts";
import { type Queryable, withTransaction } from "../storage/connect.ts";
import { findProject, lockProject, type ProjectRow } from "../storage/projects.ts";
import {
  findTemplate,
  listTemplates,
  lockTemplate,
  lockTemplates,
  type TemplateRow,
  updateTemplate,
  upsertTemplate,
} from "../storage/templates.ts";

/** A template that somebody writes here; nobody else sees it until it is submitted. */
export interface NewTemplate extends TemplateDraft {
  name: string;
  language: string;
}

/** What WhatsApp takes for an account at most (fact sheet §5.5). */
const TEMPLATES_MAX = 6_000;

/** A submission that has not ended by then died with its process. */
const LEASE_MS = 10 * 60_000;

/**
 * Writes a new template down. Refuses with `conflict` a name and language that the project has already, or that WhatsApp keeps from
 * new ones for thirty days after a deletion.
 */
export async function createDraft(
  operator: Operator,
  project: ProjectRow,
  given: NewTemplate,
): Promise<TemplateRow> {
  checkIdentity(given);
  return withTransaction(operator.pool, async (sql) => {
    await lockProject(sql, project);
    const known = await lockTemplates(sql, project);
    if (known.filter((row) => row.deletedAt === null).length >= TEMPLATES_MAX) {
      throw new AppError("conflict", `A project has at most ${TEMPLATES_MAX} templates.`);
    }
    const same = known.find(
      ({ name, language }) => name === given.name && language === given.language,
    );
    const { id, at } = stamp(operator);
    checkFree(same, at);
    const { name, language, ...draft } = given;
    await upsertTemplate(sql, {
      ...{
        accountId: project.accountId,
        projectId: project.id,
        id: same?.id ?? id,
        name,
        language,
        at,
      },
      ...{ status: "draft", providerTemplateId: null, rejectedReason: null },
      ...shapeOf(draft),
    });
    const row = await lockTemplate(sql, { accountId: project.accountId, id: same?.id ?? id });
    if (!row) throw new Error("a draft that was just written cannot be found");
    const fresh = forgetPast(row, draft);
    await updateTemplate(sql, fresh, at);
    await touchAccount(sql, [project.accountId]);
    return fresh;
  });
}

/**
 * Writes another content down. A template that WhatsApp knows goes on as it is until the edit is submitted. Refuses with `conflict`
 * one that is under review or disabled, and another category for an approved one.
 */
export async function editDraft(
  operator: Operator,
  key: { accountId: string; id: string },
  change: Partial<TemplateDraft>,
): Promise<TemplateRow> {
  return withTransaction(operator.pool, async (sql) => {
    const row = await lockTemplate(sql, key);
    if (!row || row.deletedAt !== null)
      throw new AppError("not_found", "There is no such template.");
    const draft: TemplateDraft = { ...contentOf(row), ...change };
    const at = new Date(operator.clock.now());
    checkResting(row, at.getTime());
    if (row.status === "draft") {
      const edited = { ...row, draft, ...shapeOf(draft) };
      await updateTemplate(sql, edited, at);
      await touchAccount(sql, [row.accountId]);
      return edited;
    }
    checkEditable(row, draft);
    const edited = { ...row, draft };
    await updateTemplate(sql, edited, at);
    return edited;
  });
}

/** What the next submission of a template says: what was written last, else what WhatsApp has. */
export function contentOf(row: TemplateRow): TemplateDraft {
  const { category, definition, examples, sampleMediaId } = row;
  return row.draft ?? { category, definition, examples, sampleMediaId };
}

/**
 * Refuses with `conflict` a template whose submission is under way: what is handed over keeps a moment later than its last change
 * until the outcome is written down.
 */
export function checkResting({ submittedAt, draft, updatedAt }: TemplateRow, nowMs: number): void {
  if (submittedAt === null || draft === null || submittedAt <= updatedAt) return;
  if (submittedAt.getTime() <= nowMs - LEASE_MS) return;
  throw new AppError("conflict", "The template is being submitted: look at it in a moment.");
}

/** Refuses with `conflict` what WhatsApp lets nobody edit (fact sheet §5.5). */
export function checkEditable(row: TemplateRow, draft: TemplateDraft): void {
  if (row.status === "pending") {
    throw new AppError("conflict", "WhatsApp is reviewing this template: wait for its decision.");
  }
  if (row.status === "disabled") {
    throw new AppError("conflict", "WhatsApp has disabled this template: write a new one.");
  }
  if (row.status === "approved" && draft.category !== row.category) {
    refuseField("category", `an approved template stays ${row.category}; write a new one`);
  }
}

/** What the linter finds in a template as it would be submitted now. */
export async function lintRow(sql: Queryable, row: TemplateRow): Promise<LintFinding[]> {
  const { definition, category, examples, sampleMediaId } = contentOf(row);
  const given = { name: row.name, language: row.language, definition, category, examples };
  const { accountId, projectId } = row;
  return lintDraft(sql, { accountId, projectId }, { ...given, hasSample: sampleMediaId !== null });
}

/** The linter with what it has to know of a project: its provider and its other templates. */
export async function lintDraft(
  sql: Queryable,
  project: { accountId: string; projectId: string | null },
  given: Omit<LintInput, "provider" | "siblings">,
): Promise<LintFinding[]> {
  const { accountId, projectId: id } = project;
  const rows = await listTemplates(sql, { accountId, id }, { before: null, limit: TEMPLATES_MAX });
  const siblings = rows.map(({ name, definition: { body, footer } }) => ({ name, body, footer }));
  return lintTemplate({ ...given, siblings, provider: await findProviderName(sql, project) });
}

async function findProviderName(
  sql: Queryable,
  { accountId, projectId }: { accountId: string; projectId: string | null },
): Promise<string | null> {
  if (projectId === null) return null;
  const id = (await findProject(sql, { accountId, id: projectId }))?.channelId;
  return (id && (await findChannel(sql, { accountId, id }))?.provider) || null;
}

/** The template again, after a change; it is certain to be there. */
export async function reread(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<TemplateRow> {
  const row = await findTemplate(sql, key);
  if (!row) throw new AppError("not_found", "There is no such template.");
  return row;
}

function checkIdentity({ name, language }: NewTemplate): void {
  if (!/^[a-z0-9_]{1,512}$/u.test(name)) {
    refuseField("name", "must be lower-case letters, digits and _, up to 512");
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/u.test(language)) {
    refuseField("language", "must be a language such as es or es_CO");
  }
}

function checkFree(same: TemplateRow | undefined, at: Date): void {
  if (same === undefined) return;
  if (same.deletedAt === null) {
    const what = `${same.name} in ${same.language}`;
    throw new AppError("conflict", `The project has ${what} already: id_template ${same.number}.`);
  }
  if (same.nameFreeAt !== null && same.nameFreeAt > at) {
    const until = same.nameFreeAt.toISOString();
    throw new AppError(
      "conflict",
      `WhatsApp takes no new template of a deleted name for 30 days: ${same.name} is free from ${until}.`,
    );
  }
}

/** The columns that follow from a content. */
function shapeOf({ category, definition }: TemplateDraft) {
  return {
    category,
    definition,
    variables: templateSlots(definition, category).length,
    header: definition.header?.format ?? null,
  };
}

/** A row of a deleted template begins anew: it keeps its number and nothing else. */
function forgetPast(row: TemplateRow, draft: TemplateDraft): TemplateRow {
  return {
    ...row,
    ...{ draft, providerTemplateId: null, rejectedReason: null, examples: [], sampleMediaId: null },
    ...{ quality: null, guard: null, statusAt: null, categoryAt: null, qualityAt: null },
    ...{ submittedAt: null, verifiedAt: null, deletedAt: null, nameFreeAt: null },
  };
}
