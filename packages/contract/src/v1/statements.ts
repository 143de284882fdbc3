import { z } from "zod";
import { month, statementDocument } from "../admin-operator-api.ts";
import { amount, momentOut } from "./fields.ts";

/** A month of the account's money. */
export const statement = statementDocument.meta({ id: "Statement" });

/** `:month` in an address, on the account's clocks. */
export const statementParams = z.strictObject({
  month: month.describe("On the account's clocks: 2026-11."),
});

/** Months that are closed, newest first. */
export const statementList = z
  .object({
    items: z.array(
      z.object({
        month: z.string(),
        opening_balance: amount,
        closing_balance: amount,
        digest: z.string().describe("SHA-256 of the document's JSON, hex; also its ETag."),
        closed_at: momentOut,
      }),
    ),
    next_cursor: z.null(),
  })
  .meta({ id: "StatementList" });
