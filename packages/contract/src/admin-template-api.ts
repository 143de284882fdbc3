import { z } from "zod";
import * as fields from "./admin-fields.ts";
import * as templates from "./v1/templates.ts";

/* The administration API's part about templates' lives. Templates are named by their id_template and shown as in `/v1`. */

export const { templateParams, templateChange, submission, submitted, previewWish, preview } =
  templates;
export const { template, lintAnswer, categoryDecision, deletion } = templates;

/** What a template says, as in `/v1`; the project stands in the address. */
export const newTemplate = templates.newTemplate.omit({ project_id: true });

export const deletionWish = z.strictObject({ allLanguages: z.boolean().default(false) });

/** A header's sample file; what it is, its content says. */
export const sample = z.strictObject({ base64: z.string().min(1) });

/** Lists of this API name their cursor otherwise than `/v1`. */
export const changes = fields.pageOf(templates.change);
