import { refuseField } from "../accounts/check-fields.ts";
import { type Operator, stamp } from "../accounts/operator.ts";
import type { Failure } from "../domain/send-outcome.ts";
import type { TemplateCategory, TemplateDefinition, TemplateStatus } from "../domain/template.ts";
import { templateSlots } from "../domain/template.ts";
import { AppError } from "../platform/app-error.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import { readTemplate } from "../providers/cloud-wire/templates.ts";
import type { Provider, TemplatesOutcome } from "../providers/provider.ts";
import { touchAccount } from "../storage/accounts.ts";
import { type ChannelRow, findChannel, findChannelCredentials } from "../storage/channels.ts";
import { withTransaction } from "../storage/connect.ts";
import { lockProject, type ProjectRow } from "../storage/projects.ts";
import { disableMissingTemplates, upsertTemplate } from "../storage/templates.ts";

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
}

/**
 * Reads all templates of the project's number from the provider and stores them. A template that was
 * known keeps its number (`id_template`); one that is gone is disabled. Safe to repeat.
 *
 * Refuses with `conflict` without a number, with `upstream_…` when the provider does not give the list.
 */
export async function importTemplates(
  source: TemplateSource,
  project: ProjectRow,
): Promise<ImportReport> {
  const channel =
    project.channelId &&
    (await findChannel(source.pool, { accountId: project.accountId, id: project.channelId }));
  if (!channel) {
    throw new AppError("conflict", "The project has no number: give it a channel first.");
  }
  const outcome = await askForTemplates(source, channel);
  if (outcome.kind === "refused") throw explainRefusal(outcome.failure);
  const report = await storeTemplates(source, project, {
    templates: outcome.templates,
    whole: true,
  });
  return { ...report, skipped: outcome.skipped };
}

/** Stores templates of our own file format. Numbers stay; nothing is disabled. Safe to repeat. */
export async function importTemplatesFromFile(
  operator: Operator,
  project: ProjectRow,
  templates: readonly ImportedTemplate[],
): Promise<ImportReport> {
  const report = await storeTemplates(operator, project, { templates, whole: false });
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
  const report = await storeTemplates(operator, project, { templates, whole: false });
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
  const provider = source.findProvider(channel.provider);
  const sealed = await findChannelCredentials(source.pool, channel);
  if (!provider || !sealed) throw new AppError("not_found", "There is no such channel.");
  const { accessToken } = source.secretBox.open(sealed, `channel:${channel.id}`) as {
    accessToken: string;
  };
  const { baseUrl, apiVersion, officialNumber, numberId, businessId } = channel;
  return provider.listTemplates({
    http: source.http,
    channel: { baseUrl, apiVersion, officialNumber, numberId, businessId, accessToken },
  });
}

function explainRefusal(failure: Failure): AppError {
  const reachable = failure.providerCode !== null || failure.retry.kind === "never";
  return new AppError(
    reachable ? "upstream_refused" : "upstream_unreachable",
    `The provider did not give its templates: ${failure.code} ${failure.reason}`,
  );
}

interface Import {
  templates: readonly ImportedTemplate[];
  /** Whether what is not among them no longer exists. */
  whole: boolean;
}

async function storeTemplates(
  operator: Operator,
  project: ProjectRow,
  { templates, whole }: Import,
): Promise<Omit<ImportReport, "skipped">> {
  templates.forEach(checkTemplate);
  return withTransaction(operator.pool, async (sql) => {
    await lockProject(sql, project);
    const report: Omit<ImportReport, "skipped"> = { inserted: [], updated: [], disabled: [] };
    for (const template of templates) {
      const { id, at } = stamp(operator);
      const done = await upsertTemplate(sql, {
        ...template,
        accountId: project.accountId,
        projectId: project.id,
        id,
        at,
        variables: templateSlots(template.definition, template.category).length,
        header: template.definition.header?.format ?? null,
      });
      report[done].push(template.name);
    }
    if (whole) {
      report.disabled = await disableMissingTemplates(sql, project, {
        providerTemplateIds: templates.flatMap((template) => template.providerTemplateId ?? []),
        at: new Date(operator.clock.now()),
        reason: "It is no longer at the provider.",
      });
    }
    await touchAccount(sql, [project.accountId]);
    return report;
  });
}

/** Name and language end up in provider calls; the name is Meta's form. */
function checkTemplate(template: ImportedTemplate, index: number): void {
  if (!/^[a-z0-9_]{1,512}$/u.test(template.name)) {
    refuseField(`templates.${index}.name`, "must be lower-case letters, digits and _");
  }
  if (!/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/u.test(template.language)) {
    refuseField(`templates.${index}.language`, "must be a language such as es or es_CO");
  }
}
