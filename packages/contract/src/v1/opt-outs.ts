import { z } from "zod";
import { id } from "../admin-fields.ts";
import { mobile, momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";

/* Who is not sent marketing. */

/** People of one call. */
export const OPT_OUTS_MAX = 10_000;
/** Bytes of one imported list. */
export const OPT_OUT_LIST_BYTES_MAX = 4 * 1024 * 1024;

const source = z.enum(["listed", "word", "whatsapp"]);
const note = z.string().max(200);

/** A person who is not sent marketing by a project. */
export const optOut = z
  .object({
    mobile: z.string(),
    project_id: id,
    source: source.describe(
      "listed: by a call · word: the person wrote it · whatsapp: by WhatsApp's own settings.",
    ),
    note: z.string(),
    since: momentOut,
  })
  .meta({ id: "OptOut" });
export const optOutPage = pageOf(optOut).meta({ id: "OptOutPage" });
export const optOutQuery = pageQuery.extend({ project_id: id.optional() });

/** Whether a person is on the list. */
export const optOutCheck = z
  .object({
    mobile: z.string(),
    project_id: id,
    opted_out: z.boolean(),
    source: source.nullable(),
    note: z.string().nullable(),
    since: momentOrNull,
  })
  .meta({ id: "OptOutCheck" });
export const optOutParams = z.strictObject({ mobile });

/** People to be listed; those who are already are no error. */
export const newOptOuts = z
  .strictObject({
    project_id: id.optional().describe("Absent: the token's project, else the first."),
    mobiles: z.array(mobile).min(1).max(OPT_OUTS_MAX),
    note: note.default(""),
  })
  .meta({ id: "NewOptOuts" });

/** What became of a list. */
export const optOutResult = z
  .object({
    added: z.number().int(),
    already: z.number().int().describe("Were on the list, or came twice."),
    refused: z.number().int(),
    problems: z
      .array(z.object({ line: z.number().int(), mobile: z.string(), message: z.string() }))
      .describe("The first hundred that were refused; the others were listed all the same."),
  })
  .meta({ id: "OptOutResult" });

const words = z.array(z.string().min(1).max(50)).max(50).nullable();
const reply = z.string().min(1).max(1_000).nullable();

/** What a person writes to be listed, or taken off the list, and what is answered. */
export const optOutRules = z
  .object({
    project_id: id,
    out_words: z.array(z.string()).describe("The whole text must be one of them."),
    in_words: z.array(z.string()),
    out_reply: z.string().nullable(),
    in_reply: z.string().nullable(),
  })
  .meta({ id: "OptOutRules" });
/** The rules, whole: what is absent or null is as usual. */
export const newOptOutRules = z
  .strictObject({
    project_id: id.optional(),
    out_words: words.optional().describe("Null: the usual words; an empty list: none."),
    in_words: words.optional(),
    out_reply: reply.optional().describe("Sent as a free text, and paid for; null: nothing."),
    in_reply: reply.optional(),
  })
  .meta({ id: "NewOptOutRules" });
