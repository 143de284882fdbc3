import { stamp } from "../accounts/operator.ts";
import { findMediaType, fitsHeader } from "../domain/media-kind.ts";
import { findEditRefusal, NAME_BLOCKED_MS, type TemplateDraft } from "../domain/template-draft.ts";
import type { LintFinding } from "../domain/template-lint.ts";
import { AppError } from "../platform/app-error.ts";
import type {
  CreateTemplateOutcome,
  EditTemplateOutcome,
  Provider,
  ProviderCall,
} from "../providers/provider.ts";
import { touchAccount } from "../storage/accounts.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { findUploadedMedia } from "../storage/media.ts";
import { findProject } from "../storage/projects.ts";
import { findEditTimes, insertTemplateChanges } from "../storage/template-changes.ts";
import { askForTemplatesSoon } from "../storage/template-reads.ts";
import { lockTemplate, type TemplateRow, updateTemplate } from "../storage/templates.ts";
import { checkEditable, checkResting, contentOf, lintRow, reread } from "./template-drafts.ts";
import { applyTemplateFacts, formatLine, tellTemplates } from "./template-facts.ts";
import {
  explainRefusal,
  findProjectChannel,
  openChannel,
  type TemplateSource,
} from "./templates.ts";

/** What submitting takes besides a {@link TemplateSource}: where sample files are. */
export interface SubmissionDeps extends TemplateSource {
  media: { store: BlobStore };
}

/** How a submission ended. */
export interface Submission {
  row: TemplateRow;
  /** Warnings that were passed over, and hints. */
  findings: LintFinding[];
}

/**
 * Hands a template to WhatsApp for review: a draft, or what was written of one that it knows. The call is written down before it is
 * made, so two at once make one.
 *
 * Refuses with `template_invalid` what the linter finds wrong (warnings pass with `force`), with `conflict` when there is nothing to
 * submit or WhatsApp's rules about edits forbid it, with `upstream_…` when WhatsApp does not take it.
 */
export async function submitTemplate(
  deps: SubmissionDeps,
  key: { accountId: string; id: string },
  { force }: { force: boolean },
): Promise<Submission> {
  const begun = await beginSubmission(deps, key, force);
  const { row, findings } = begun;
  let outcome: CreateTemplateOutcome | EditTemplateOutcome;
  try {
    outcome = await callProvider(deps, row);
  } catch (error) {
    await endInVain(deps, begun);
    throw error;
  }
  if (outcome.kind === "refused") {
    await endInVain(deps, begun);
    throw explainRefusal("WhatsApp did not take the template", outcome.failure);
  }
  await withTransaction(deps.pool, (sql) => recordSubmission(sql, deps, { row, outcome }));
  return { row: await reread(deps.pool, key), findings };
}

/** A submission that is under way: the template as it was before, and the moment by which it is known. */
interface BegunSubmission extends Submission {
  begunAt: Date;
}

function beginSubmission(
  deps: SubmissionDeps,
  key: { accountId: string; id: string },
  force: boolean,
): Promise<BegunSubmission> {
  return withTransaction(deps.pool, async (sql) => {
    const row = await lockTemplate(sql, key);
    if (!row || row.deletedAt !== null)
      throw new AppError("not_found", "There is no such template.");
    const nowMs = deps.clock.now();
    if (row.draft === null) {
      throw new AppError("conflict", "There is nothing to submit: change the template first.");
    }
    checkResting(row, nowMs);
    if (row.status !== "draft") await checkEdit(sql, row, nowMs);
    const findings = await lintRow(sql, row);
    const stopping = findings.filter(
      ({ severity }) => severity === "error" || (severity === "warning" && !force),
    );
    if (stopping.length > 0) throw refuseFindings(stopping);
    // Later than the last change: so it is known to be under way.
    const begunAt = new Date(Math.max(nowMs, row.updatedAt.getTime() + 1));
    await updateTemplate(sql, { ...row, submittedAt: begunAt }, row.updatedAt);
    return { row, findings, begunAt };
  });
}

async function checkEdit(sql: Transaction, row: TemplateRow, nowMs: number): Promise<void> {
  checkEditable(row, contentOf(row));
  if (row.status !== "approved") return;
  const times = await findEditTimes(sql, row, new Date(nowMs - NAME_BLOCKED_MS));
  const refusal = findEditRefusal(times.map(Number), nowMs);
  if (refusal !== null) throw new AppError("conflict", `${refusal}.`);
}

/** Everything that stops a submission, as fields at fault. */
export function refuseFindings(findings: readonly LintFinding[]): AppError {
  const errors = findings.map(({ path, what, fix, severity }) => ({
    path,
    message: `${severity === "warning" ? "(warning) " : ""}${what.en} ${fix.en} · ${what.es} ${fix.es}`,
  }));
  const [first] = findings;
  const only = findings.every(({ severity }) => severity === "warning");
  const force = only ? " These are warnings: submit with force to pass over them." : "";
  return new AppError("template_invalid", {
    message: `${first?.path}: ${first?.what.en} ${first?.fix.en}${force}`,
    errors,
  });
}

async function callProvider(
  deps: SubmissionDeps,
  row: TemplateRow,
): Promise<CreateTemplateOutcome | EditTemplateOutcome> {
  const { accountId, name, language, providerTemplateId } = row;
  const project = await findProject(deps.pool, { accountId, id: row.projectId });
  if (!project) throw new AppError("not_found", "There is no such project.");
  const { provider, call } = await openChannel(deps, await findProjectChannel(deps, project));
  const draft = contentOf(row);
  const sample = await uploadSample(deps, { provider, call, accountId, draft });
  const { category, definition, examples } = draft;
  const template = { name, language, category, definition, examples, ...sample };
  return providerTemplateId === null
    ? provider.createTemplate({ ...call, template })
    : provider.editTemplate({ ...call, template, providerTemplateId });
}

/** Uploads what shows the header, if it needs that. Refuses with `media_…` a file that cannot stand there. */
async function uploadSample(
  deps: SubmissionDeps,
  of: { provider: Provider; call: ProviderCall; accountId: string; draft: TemplateDraft },
): Promise<{ headerHandle: string | null; headerUrl: string | null }> {
  const { header } = of.draft.definition;
  const id = of.draft.sampleMediaId;
  const none = { headerHandle: null, headerUrl: null };
  if (header === null || header.format === "text" || header.format === "location") return none;
  if (id === null) return none;
  const { accountId } = of;
  const file = await findUploadedMedia(deps.pool, { accountId, id });
  if (!file) throw new AppError("not_found", "There is no such file: upload the sample again.");
  const type = findMediaType(file.mime);
  if (!type || !fitsHeader(type, header.format)) {
    const message = `sample_media_id: a ${header.format} header cannot hold ${file.mime}.`;
    const errors = [{ path: "sample_media_id", message: "is of another kind than the header" }];
    throw new AppError("media_mismatch", { message, errors });
  }
  const outcome = await of.provider.uploadSample({
    ...of.call,
    open: () => deps.media.store.open(file.storageKey),
    ...{ bytes: file.bytes, mime: file.mime, name: `sample.${type}` },
  });
  if (outcome.kind === "refused") {
    throw explainRefusal("WhatsApp did not take the sample file", outcome.failure);
  }
  return { headerHandle: outcome.handle, headerUrl: outcome.url };
}

/**
 * It was refused, or nobody knows: it may be submitted again, and what the provider really has is looked at soon. One that took so
 * long that another was begun leaves alone what that one has written down.
 */
async function endInVain(
  deps: SubmissionDeps,
  { row: before, begunAt }: BegunSubmission,
): Promise<void> {
  await withTransaction(deps.pool, async (sql) => {
    const row = await lockTemplate(sql, before);
    if (!row) return;
    const now = new Date(deps.clock.now());
    if (row.submittedAt?.getTime() === begunAt.getTime() && row.updatedAt < begunAt) {
      const { submittedAt } = before;
      await updateTemplate(sql, { ...row, submittedAt }, row.updatedAt);
    }
    await askForTemplatesSoon(sql, row.accountId, { projectIds: [row.projectId], now });
  });
}

/** The provider has it. What an event has told already, and may be newer, stands. */
async function recordSubmission(
  sql: Transaction,
  deps: SubmissionDeps,
  given: {
    row: TemplateRow;
    outcome: Exclude<CreateTemplateOutcome | EditTemplateOutcome, { kind: "refused" }>;
  },
): Promise<void> {
  const { outcome, row: before } = given;
  const row = await lockTemplate(sql, before);
  if (!row) return;
  const { at } = stamp(deps);
  const nowMs = at.getTime();
  const { category, definition, examples, sampleMediaId } = contentOf(before);
  const created = outcome.kind === "created";
  const submitted: TemplateRow = {
    ...row,
    // Written anew while the call was under way: that waits for a submission of its own.
    draft: JSON.stringify(row.draft) === JSON.stringify(before.draft) ? null : row.draft,
    ...{ examples: [...examples], sampleMediaId, category, submittedAt: at },
    ...(created ? { providerTemplateId: outcome.providerTemplateId } : null),
  };
  const told = row.status === before.status;
  const applied = await applyTemplateFacts(sql, deps, {
    row: submitted,
    told: {
      facts: {
        definition,
        category: outcome.category,
        status: told ? (created ? outcome.status : "pending") : null,
      },
      source: "submit",
      at,
    },
    nowMs,
  });
  await updateTemplate(sql, applied.row, at);
  const edit = { kind: "edit" as const, from: before.status, to: null, reason: null };
  const line = formatLine(deps, row, { ...edit, applied: true, source: "person", at, nowMs });
  await insertTemplateChanges(sql, [line]);
  const { accountId, projectId } = row;
  await askForTemplatesSoon(sql, accountId, { projectIds: [projectId], now: at });
  await touchAccount(sql, [accountId]);
  const { events } = applied;
  const tellings = await tellTemplates(sql, deps, { accountId, nowMs, events });
  await Promise.all(tellings.finish());
}
