import { refuseField } from "../accounts/check-fields.ts";
import { type Operator, stamp } from "../accounts/operator.ts";
import type { Failure } from "../domain/send-outcome.ts";
import type { TemplateCategory, TemplateDefinition, TemplateStatus } from "../domain/template.ts";
import { templateSlots } from "../domain/template.ts";
import { AppError } from "../platform/app-error.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import { readTemplate } from "../providers/cloud-wire/templates.ts";
import type {
  Provider,
  ProviderCall,
  ProviderTemplate,
  TemplatesOutcome,
} from "../providers/provider.ts";
import type { NewAccountEvent } from "../storage/account-events.ts";
import { touchAccount } from "../storage/accounts.ts";
import { type ChannelRow, findChannel, findChannelCredentials } from "../storage/channels.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { lockProject, type ProjectRow } from "../storage/projects.ts";
import { noteTemplatesRead } from "../storage/template-reads.ts";
import {
  lockTemplates,
  type TemplateRow,
  upsertTemplate,
  verifyTemplates,
} from "../storage/templates.ts";
import { applyTemplateFacts, tellTemplates } from "./template-facts.ts";

/** What talking to providers takes besides the {@link Operator}. */
export interface TemplateSource extends Operator {
  http: UpstreamHttp;
  /** The driver of that name, or null. */
  findProvider(name: string): Provider | null;
}

/** What an import did, by the templates' names. */
export interface ImportReport {
  inserted: string[];
  updated: string[];
  /** No longer at the provider; disabled here. Files never do this: they need not be whole. */
  disabled: string[];
  /** Of kinds that cannot be sent. */
  skipped: { name: string; why: string }[];
}

/** A template to store. */
export interface ImportedTemplate {
  name: string;
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  definition: TemplateDefinition;
  providerTemplateId: string | null;
  rejectedReason: string | null;
  quality?: ProviderTemplate["quality"];
}

/** A template that was just submitted, and of which the provider has said nothing since, may not stand in its list yet. */
const FRESH_MS = 2 * 60_000;

/**
 * Reads all templates of the project's number from the provider and stores them. A template that was
 * known keeps its number (`id_template`); one that is gone is disabled; what changed is noted and told. Safe to repeat.
 *
 * Refuses with `conflict` without a number, with `upstream_…` when the provider does not give the list.
 */
export async function importTemplates(
  source: TemplateSource,
  project: ProjectRow,
): Promise<ImportReport> {
  const channel = await findProjectChannel(source, project);
  const askedAtMs = source.clock.now();
  const outcome = await askForTemplates(source, channel);
  if (outcome.kind === "refused") {
    throw explainRefusal("The provider did not give its templates", outcome.failure);
  }
  const report = await storeTemplates(source, project, {
    templates: outcome.templates,
    // The provider dates its events in whole seconds.
    whole: { askedAtMs, askedAt: new Date(Math.floor(askedAtMs / 1_000) * 1_000) },
  });
  return { ...report, skipped: outcome.skipped };
}

/** The channel of a project. Refuses with `conflict` one without. */
export async function findProjectChannel(
  source: Pick<TemplateSource, "pool">,
  project: Pick<ProjectRow, "accountId" | "channelId">,
): Promise<ChannelRow> {
  const { accountId, channelId: id } = project;
  const channel = id && (await findChannel(source.pool, { accountId, id }));
  if (!channel) {
    throw new AppError("conflict", "The project has no number: give it a channel first.");
  }
  return channel;
}

/** Stores templates of our own file format. Numbers stay; nothing is disabled. Safe to repeat. */
export async function importTemplatesFromFile(
  operator: Operator,
  project: ProjectRow,
  templates: readonly ImportedTemplate[],
): Promise<ImportReport> {
  const report = await storeTemplates(operator, project, { templates, whole: null });
  return { ...report, skipped: [] };
}

/** {@link importTemplatesFromFile} for the `data` of Meta's list of templates, saved as a file. */
export async function importMetaTemplates(
  operator: Operator,
  project: ProjectRow,
  items: readonly unknown[],
): Promise<ImportReport> {
  const read = items.map(readTemplate);
  const templates = read.flatMap((item) => (item.kind === "template" ? [item.template] : []));
  const report = await storeTemplates(operator, project, { templates, whole: null });
  const skipped = read.flatMap((item) =>
    item.kind === "skipped" ? [{ name: item.name, why: item.why }] : [],
  );
  return { ...report, skipped };
}

/** Whether the provider answers for this number with the token that we have; null when it does. */
export async function probeChannel(
  source: TemplateSource,
  channel: ChannelRow,
): Promise<Failure | null> {
  const outcome = await askForTemplates(source, channel);
  return outcome.kind === "refused" ? outcome.failure : null;
}

/** What the provider answers for this number. */
export async function askForTemplates(
  source: TemplateSource,
  channel: ChannelRow,
): Promise<TemplatesOutcome> {
  const { provider, call } = await openChannel(source, channel);
  return provider.listTemplates(call);
}

/** The channel's driver, and what every call to it carries: its token in the clear. */
export async function openChannel(
  source: TemplateSource,
  channel: ChannelRow,
): Promise<{ provider: Provider; call: ProviderCall }> {
  const provider = source.findProvider(channel.provider);
  const sealed = await findChannelCredentials(source.pool, channel);
  if (!provider || !sealed) throw new AppError("not_found", "There is no such channel.");
  const { accessToken } = source.secretBox.open(sealed, `channel:${channel.id}`) as {
    accessToken: string;
  };
  const { baseUrl, apiVersion, officialNumber, numberId, businessId } = channel;
  const access = { baseUrl, apiVersion, officialNumber, numberId, businessId, accessToken };
  return { provider, call: { http: source.http, channel: access } };
}

/** A provider's refusal of what somebody asked for, as an error: `upstream_refused` or `upstream_unreachable`. */
export function explainRefusal(what: string, failure: Failure): AppError {
  const reachable = failure.providerCode !== null || failure.retry.kind === "never";
  return new AppError(
    reachable ? "upstream_refused" : "upstream_unreachable",
    `${what}: ${failure.code} ${failure.reason}`,
  );
}

interface Import {
  templates: readonly ImportedTemplate[];
  /** With it, what is not among them no longer exists; when they were asked for, by the provider's clock and by ours. */
  whole: { askedAt: Date; askedAtMs: number } | null;
}

type Report = Omit<ImportReport, "skipped">;

async function storeTemplates(
  operator: Operator,
  project: ProjectRow,
  { templates, whole }: Import,
): Promise<Report> {
  templates.forEach(checkTemplate);
  return withTransaction(operator.pool, async (sql) => {
    await lockProject(sql, project);
    const known = await lockTemplates(sql, project);
    const report: Report = { inserted: [], updated: [], disabled: [] };
    const storing: Storing = { sql, operator, project, report, events: [], whole };
    const byName = new Map(known.map((row) => [`${row.language} ${row.name}`, row]));
    for (const template of templates) {
      await storeTemplate(storing, template, byName.get(`${template.language} ${template.name}`));
    }
    if (whole) await disableMissing(storing, { known, templates, ...whole });
    const { accountId } = project;
    await touchAccount(sql, [accountId]);
    const nowMs = operator.clock.now();
    const told = await tellTemplates(sql, operator, { accountId, nowMs, events: storing.events });
    await Promise.all(told.finish());
    return report;
  });
}

interface Storing {
  sql: Transaction;
  operator: Operator;
  project: ProjectRow;
  report: Report;
  events: NewAccountEvent[];
  whole: Import["whole"];
}

async function storeTemplate(
  storing: Storing,
  template: ImportedTemplate,
  known: TemplateRow | undefined,
): Promise<void> {
  const { sql, operator, project, report, events, whole } = storing;
  if (known === undefined) {
    const { id, at } = stamp(operator);
    const content = {
      ...template,
      ...{ accountId: project.accountId, projectId: project.id, id, at },
      variables: templateSlots(template.definition, template.category).length,
      header: template.definition.header?.format ?? null,
    };
    report[await upsertTemplate(sql, content)].push(template.name);
    if (whole) await verifyTemplates(sql, project.accountId, { ids: [id], at: whole.askedAt });
    return;
  }
  // Deleted here and not yet gone there.
  if (known.deletedAt !== null && template.status === "disabled") return;
  if (whole && isOvertaken(known, template, whole.askedAtMs)) return;
  const nowMs = operator.clock.now();
  const { status, category, quality, definition, providerTemplateId, rejectedReason } = template;
  const applied = await applyTemplateFacts(sql, operator, {
    row: { ...known, deletedAt: null },
    told: {
      facts: {
        status,
        category,
        quality: quality ?? null,
        definition,
        providerTemplateId,
        reason: rejectedReason,
      },
      source: whole ? "sync" : "person",
      at: whole?.askedAt ?? new Date(nowMs),
    },
    nowMs,
  });
  report.updated.push(template.name);
  events.push(...applied.events);
}

/**
 * Whether a list of then says nothing of a template: something was done with it here since, or WhatsApp still lists what was just
 * deleted. The next list does.
 */
function isOvertaken(
  known: TemplateRow,
  { providerTemplateId }: ImportedTemplate,
  askedAtMs: number,
): boolean {
  const { deletedAt, submittedAt, updatedAt } = known;
  if (deletedAt !== null) {
    // A new template of the name has another id.
    const restMs = providerTemplateId === known.providerTemplateId ? FRESH_MS : 0;
    return askedAtMs <= deletedAt.getTime() + restMs;
  }
  // The name may have been another template's until this one was written.
  if (known.status === "draft" && askedAtMs <= updatedAt.getTime()) return true;
  return submittedAt !== null && askedAtMs <= submittedAt.getTime();
}

async function disableMissing(
  { sql, operator, report, events, project }: Storing,
  given: { known: readonly TemplateRow[]; templates: readonly ImportedTemplate[]; askedAt: Date },
): Promise<void> {
  const { known, templates, askedAt } = given;
  const listed = new Set(templates.map((template) => template.providerTemplateId));
  const nowMs = operator.clock.now();
  const freshSinceMs = askedAt.getTime() - FRESH_MS;
  const isFresh = ({ submittedAt, statusAt, verifiedAt }: TemplateRow) =>
    submittedAt !== null && submittedAt.getTime() > freshSinceMs && !statusAt && !verifiedAt;
  const gone = known.filter(
    (row) =>
      row.providerTemplateId !== null &&
      !listed.has(row.providerTemplateId) &&
      row.status !== "disabled" &&
      row.deletedAt === null &&
      !isFresh(row),
  );
  for (const row of gone) {
    const facts = { status: "disabled", reason: "It is no longer at the provider." } as const;
    const told = { facts, source: "sync" as const, at: askedAt };
    const applied = await applyTemplateFacts(sql, operator, { row, told, nowMs });
    if (applied.row.status === "disabled") report.disabled.push(row.name);
    events.push(...applied.events);
  }
  const there = known.filter(({ providerTemplateId: id }) => id !== null && listed.has(id));
  const { accountId } = project;
  await verifyTemplates(sql, accountId, { ids: there.map(({ id }) => id), at: askedAt });
  const pending = templates.some((template) => template.status === "pending");
  await noteTemplatesRead(sql, project, { at: new Date(nowMs), pending, error: null });
}

/** Name and language end up in provider calls; the name is Meta's form. */
export function checkTemplate(
  template: Pick<ImportedTemplate, "name" | "language">,
  index: number,
): void {
  if (!/^[a-z0-9_]{1,512}$/u.test(template.name)) {
    refuseField(`templates.${index}.name`, "must be lower-case letters, digits and _");
  }
  if (!/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/u.test(template.language)) {
    refuseField(`templates.${index}.language`, "must be a language such as es or es_CO");
  }
}
