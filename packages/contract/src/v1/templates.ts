import { z } from "zod";
import { id, text } from "../admin-fields.ts";
import { amount, momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";
import { variables } from "./messages.ts";

/* Templates and their lives: written, linted, submitted, decided about, changed, deleted. */

const category = z.enum(["marketing", "utility", "authentication"]);
const status = z.enum(["draft", "approved", "pending", "rejected", "paused", "disabled"]);
const quality = z.enum(["green", "yellow", "red", "unknown"]);
const format = z.enum(["text", "image", "video", "document", "location"]);
/** Headers that a place fills are made at WhatsApp, and imported. */
const newFormat = z.enum(["text", "image", "video", "document"]);

/** `:id` of a template: its `id_template`. */
export const templateParams = z.strictObject({
  id: z.coerce.number().int().min(1).max(2_147_483_647).describe("Its id_template."),
});

const shownButton = z.object({ kind: z.string(), text: z.string(), target: z.string().nullable() });

/** What a category cost before and costs now, where it became dearer. */
const guardPrice = z.object({ country: z.string(), before: amount, now: amount });

/** A decision that is owed: WhatsApp moved the template to a dearer category. */
export const categoryGuard = z
  .object({
    state: z
      .enum(["waiting", "rejected"])
      .describe("waiting: sent up to the project's limit; rejected: stopped."),
    before: category,
    now: category,
    currency: z.string(),
    prices: z.array(guardPrice),
    at: momentOut,
  })
  .meta({ id: "CategoryGuard" });

/** What was written and not submitted yet. */
const edit = z.object({
  category,
  header: z.object({ format, text: z.string().nullable() }).nullable(),
  body: z.string(),
  footer: z.string().nullable(),
  buttons: z.array(shownButton),
  examples: z.array(z.string()),
  sample_media_id: id.nullable(),
});

/** A template; `id` is the `id_template` of the manual's API. */
export const template = z
  .object({
    id: z.number().int(),
    project_id: id,
    name: z.string(),
    language: z.string(),
    category,
    status: status.describe("draft: WhatsApp does not know it yet."),
    header: format.nullable(),
    header_text: z.string().nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(shownButton),
    variables: z
      .array(z.object({ name: z.string(), part: z.enum(["header", "body", "button"]) }))
      .describe("What `variables` of a message fills, in order."),
    rejected_reason: z.string().nullable(),
    quality: quality.nullable(),
    guard: categoryGuard.nullable().describe("Null: no decision is owed."),
    edit: edit.nullable().describe("Written and not submitted; null: nothing."),
    submitted_at: momentOrNull,
    last_verified_at: momentOrNull.describe("When WhatsApp was last asked for it and gave it."),
    updated_at: momentOut,
  })
  .meta({ id: "Template" });
export const templatePage = pageOf(template).meta({ id: "TemplatePage" });
export const templateQuery = pageQuery.extend({
  project_id: id.optional(),
  status: status.optional(),
  name: text(512).optional().describe("Has this in its name."),
});

const header = z.strictObject({
  format: newFormat,
  text: z.string().max(1_000).nullable().optional(),
});
const button = z.strictObject({
  kind: z.enum(["quick_reply", "url", "phone_number", "copy_code", "otp"]),
  text: z.string().max(200),
  target: z
    .string()
    .max(4_000)
    .nullable()
    .optional()
    .describe("URL, with {{1}} at its end for a suffix; or telephone number."),
});

/** What a template says. Bounds are wider than WhatsApp's, so that the linter can say more. */
const content = {
  category,
  header: header.nullable().optional(),
  body: z.string().max(8_192),
  footer: z.string().max(1_000).nullable().optional(),
  buttons: z.array(button).max(30).optional(),
  parameter_format: z
    .enum(["positional", "named"])
    .optional()
    .describe("Absent: as the variables are written."),
  examples: z
    .array(z.string().max(1_024))
    .max(256)
    .optional()
    .describe("A sample value for each variable, in order."),
  sample_media_id: id.nullable().optional().describe("An uploaded file that shows the header."),
};

export const newTemplate = z
  .strictObject({
    project_id: id.optional().describe("Absent: the token's project, else the account's first."),
    name: text(512),
    language: text(10),
    ...content,
  })
  .meta({ id: "NewTemplate" });

/** Absent stays. */
export const templateChange = z.strictObject(content).partial().meta({ id: "TemplateChange" });

const words = z.object({ es: z.string(), en: z.string() });

/** One thing that WhatsApp would refuse or mind. */
export const lintFinding = z
  .object({
    rule: z.string(),
    severity: z.enum(["error", "warning", "hint"]),
    path: z.string(),
    what: words,
    fix: words,
    source: z.string(),
  })
  .meta({ id: "TemplateFinding" });
export const lintAnswer = z
  .object({ ok: z.boolean().describe("No errors."), findings: z.array(lintFinding) })
  .meta({ id: "TemplateLint" });

export const submission = z
  .strictObject({ force: z.boolean().default(false).describe("Pass over warnings.") })
  .meta({ id: "TemplateSubmission" });
export const submitted = z
  .object({ template, findings: z.array(lintFinding).describe("What was passed over.") })
  .meta({ id: "SubmittedTemplate" });

export const deletionQuery = z.strictObject({
  all_languages: z.enum(["true", "false"]).optional().describe("Every language of the name."),
});
export const deletion = z
  .object({
    deleted: z.array(z.number().int()),
    name_free_at: momentOrNull.describe(
      "WhatsApp takes no new template of a deleted name for 30 days; null: it does at once.",
    ),
  })
  .meta({ id: "TemplateDeletion" });

export const previewWish = z
  .strictObject({
    variables: variables.optional().describe("Absent: the examples."),
    version: z
      .enum(["live", "edit"])
      .optional()
      .describe("As WhatsApp has it, or as it was written last. Absent: the latter, if any."),
  })
  .meta({ id: "TemplatePreviewWish" });
export const preview = z
  .object({
    header: z.object({ format, text: z.string().nullable() }).nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(shownButton),
    missing: z.array(z.string()).describe("Variables without a value or an example."),
    sample_media_id: id.nullable(),
    currency: z.string(),
    prices: z.array(z.object({ country: z.string(), category, amount: amount.nullable() })),
  })
  .meta({ id: "TemplatePreview" });

export const categoryDecision = z
  .strictObject({
    decision: z.enum(["accept", "reject"]),
    category: category
      .optional()
      .describe("The new category as it was looked at; another one by now is refused."),
  })
  .meta({ id: "CategoryDecision" });

export const syncWish = z
  .strictObject({ project_id: id.optional() })
  .meta({ id: "TemplateSyncWish" });
export const syncReport = z
  .object({
    inserted: z.array(z.string()),
    updated: z.array(z.string()),
    disabled: z.array(z.string()),
    skipped: z.array(z.object({ name: z.string(), why: z.string() })),
  })
  .meta({ id: "TemplateSyncReport" });

/** One line of a template's history. */
export const change = z
  .object({
    id,
    kind: z.enum(["status", "category", "quality", "content", "guard", "edit"]),
    from: z.string().nullable(),
    to: z.string().nullable(),
    reason: z.string().nullable(),
    source: z.enum(["event", "sync", "submit", "person"]),
    applied: z.boolean().describe("False: it came late, and something newer was known."),
    at: momentOut,
    noted_at: momentOut,
  })
  .meta({ id: "TemplateHistoryLine" });
export const changePage = pageOf(change).meta({ id: "TemplateHistory" });
