import { z } from "zod";
import { id, moment } from "../admin-fields.ts";
import { amount, momentOut, pageOf, pageQuery } from "./fields.ts";

/* What an account has: templates, files, money. */

/** A template; `id` is the `id_template` of the manual's API. */
export const template = z
  .object({
    id: z.number().int(),
    project_id: id,
    name: z.string(),
    language: z.string(),
    category: z.enum(["marketing", "utility", "authentication"]),
    status: z.enum(["approved", "pending", "rejected", "paused", "disabled"]),
    header: z.enum(["text", "image", "video", "document", "location"]).nullable(),
    header_text: z.string().nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(
      z.object({ kind: z.string(), text: z.string(), target: z.string().nullable() }),
    ),
    variables: z
      .array(z.object({ name: z.string(), part: z.enum(["header", "body", "button"]) }))
      .describe("What `variables` of a message fills, in order."),
    rejected_reason: z.string().nullable(),
    updated_at: momentOut,
  })
  .meta({ id: "Template" });
export const templatePage = pageOf(template).meta({ id: "TemplatePage" });
export const templateQuery = pageQuery.extend({
  project_id: id.optional(),
  status: z.enum(["approved", "pending", "rejected", "paused", "disabled"]).optional(),
});

/** An uploaded file, to be sent by its id. */
export const media = z
  .object({
    id,
    type: z.string().describe("By content: pdf, jpg, png, mp3, mp4, txt, docx, xlsx, pptx, zip."),
    mime: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    created_at: momentOut,
  })
  .meta({ id: "Media" });

/** What an account's wallet holds. */
export const wallet = z.object({ balance: amount, currency: z.string() }).meta({ id: "Wallet" });

/** A movement of money; `amount` is what it did to the wallet: `-125.50` for a charge. */
export const ledgerEntry = z
  .object({
    cause_id: id.describe("The message, or the top-up, behind it."),
    kind: z.enum(["topup", "adjustment", "charge", "refund", "refund-reversal"]),
    amount,
    balance_after: amount,
    reference: z.string().nullable(),
    at: momentOut,
  })
  .meta({ id: "LedgerEntry" });
export const ledgerPage = pageOf(ledgerEntry).meta({ id: "LedgerPage" });
export const ledgerQuery = pageQuery.extend({
  since: moment.optional(),
  until: moment.optional(),
});
/** The statement: at most a year in one file. */
export const statementQuery = z.strictObject({ since: moment, until: moment.optional() });
