import { z } from "zod";
import { id, moment, TRANSFER_KINDS } from "../admin-fields.ts";
import { amount, momentOut, pageOf, pageQuery } from "./fields.ts";

/* What an account has: files and money. Templates: `templates.ts`. */

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
    kind: z.enum(TRANSFER_KINDS),
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
