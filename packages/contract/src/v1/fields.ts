import { z } from "zod";
import { id, PAGE_ROWS_MAX } from "../admin-fields.ts";
import { ERROR_CODES, type ErrorCode } from "../error-codes.ts";

/*
 * What the schemas of `/v1` are made of. Names are in snake case, as in the manual's API; amounts are decimal strings
 * in the account's currency with at most four decimals; moments are ISO 8601, ours always in UTC.
 */

/** A person's number: digits, country code first, without `+`. Whether it is valid is judged when sending. */
export const mobile = z
  .string()
  .min(1)
  .max(20)
  .describe("Digits, country code first, without +: 573001234567.");

/** A moment that we give. */
export const momentOut = z.string().describe("ISO 8601, UTC.");

/** A moment that we give, or none. */
export const momentOrNull = z.string().nullable();

/** An amount that we give. */
export const amount = z.string().describe("A decimal with a point, such as 125.50; never a float.");

/** `:id` in an address. */
export const idParams = z.strictObject({ id });

/** `limit` and `cursor` of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_ROWS_MAX)
    .default(50)
    .describe("Rows on the page."),
  cursor: z
    .string()
    .max(500)
    .optional()
    .describe("The next_cursor of the page before; absent: the first page."),
});

/** A list's answer; `next_cursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

const CODES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** An RFC 9457 problem: every answer that is not 2xx. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(CODES),
    detail: z.string().describe("What is wrong and what to do about it."),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("The fields at fault."),
  })
  .meta({ id: "Problem" });
