import type * as templates from "@recado/contract/v1/templates";
import type { z } from "zod";
import type { Template, TemplateChange } from "../accounts/browse.ts";
import { showGuard } from "../domain/category-guard.ts";
import { slotNames, type TemplateDefinition, templateSlots } from "../domain/template.ts";
import type { TemplateDraft } from "../domain/template-draft.ts";
import type { LintFinding } from "../domain/template-lint.ts";

/* Templates as `/v1` and the administration API read and show them. */

type NewTemplate = z.output<typeof templates.newTemplate>;
type Change = z.output<typeof templates.templateChange>;

/** A template as it is shown. */
export function formatTemplate(row: Template): z.input<typeof templates.template> {
  const { name, language, category, status, header, definition, draft } = row;
  const names = slotNames(definition, category);
  return {
    ...{ name, language, category, status, header },
    id: row.number,
    project_id: row.projectId,
    header_text: definition.header?.text ?? null,
    body: definition.body,
    footer: definition.footer,
    buttons: formatButtons(definition),
    variables: templateSlots(definition, category).map(({ part }, index) => ({
      name: names[index] ?? "",
      part,
    })),
    rejected_reason: row.rejectedReason,
    quality: row.quality,
    guard: row.guard && showGuard(row.guard),
    edit: draft && formatEdit(draft),
    submitted_at: row.submittedAt?.toISOString() ?? null,
    last_verified_at: row.verifiedAt?.toISOString() ?? null,
    updated_at: row.updatedAt.toISOString(),
  };
}

function formatEdit({ category, definition, examples, sampleMediaId }: TemplateDraft) {
  const { header, body, footer } = definition;
  return {
    ...{ category, header, body, footer, examples },
    buttons: formatButtons(definition),
    sample_media_id: sampleMediaId,
  };
}

function formatButtons({ buttons }: TemplateDefinition) {
  return buttons.map(({ kind, text, target }) => ({ kind, text, target }));
}

/** The content of a new template. */
export function readContent(body: NewTemplate): TemplateDraft {
  const definition: TemplateDefinition = {
    header: readHeader(body.header),
    body: body.body,
    footer: body.footer ?? null,
    buttons: readButtons(body.buttons ?? []),
    parameterFormat: body.parameter_format ?? findParameterFormat(body),
  };
  return {
    definition,
    category: body.category,
    examples: body.examples ?? [],
    sampleMediaId: body.sample_media_id ?? null,
  };
}

/** What somebody changes of a content; what is absent stays. */
export function readChange(before: TemplateDraft, change: Change): TemplateDraft {
  const { definition } = before;
  const body = change.body ?? definition.body;
  const header = change.header === undefined ? definition.header : readHeader(change.header);
  const footer = change.footer === undefined ? definition.footer : change.footer;
  const touched = change.body !== undefined || change.header !== undefined;
  return {
    definition: {
      ...{ header, body, footer },
      buttons: change.buttons ? readButtons(change.buttons) : definition.buttons,
      parameterFormat:
        change.parameter_format ??
        (touched ? findParameterFormat({ header, body }) : definition.parameterFormat),
    },
    category: change.category ?? before.category,
    examples: change.examples ?? before.examples,
    sampleMediaId:
      change.sample_media_id === undefined ? before.sampleMediaId : change.sample_media_id,
  };
}

function readHeader(header: NewTemplate["header"]): TemplateDefinition["header"] {
  if (!header) return null;
  return { format: header.format, text: header.format === "text" ? (header.text ?? "") : null };
}

function readButtons(buttons: NonNullable<NewTemplate["buttons"]>): TemplateDefinition["buttons"] {
  return buttons.map(({ kind, text, target }) => ({ kind, text, target: target ?? null }));
}

/** A variable that does not begin with a digit has a name. */
function findParameterFormat(of: {
  header?: { text?: string | null | undefined } | null | undefined;
  body: string;
}) {
  const named = /\{\{\s*[a-z_]/iu.test(`${of.header?.text ?? ""}${of.body}`);
  return named ? "named" : "positional";
}

/** What the linter found. */
export function formatLint(findings: readonly LintFinding[]): z.input<typeof templates.lintAnswer> {
  return { ok: findings.every(({ severity }) => severity !== "error"), findings: [...findings] };
}

/** A line of a template's history. */
export function formatChange(row: TemplateChange): z.input<typeof templates.change> {
  const { id, kind, from, to, reason, source, applied } = row;
  const at = row.at.toISOString();
  return { id, kind, from, to, reason, source, applied, at, noted_at: row.notedAt.toISOString() };
}
