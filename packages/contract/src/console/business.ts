import { z } from "zod";
import { id } from "../admin-fields.ts";
import { amount, momentOrNull, momentOut } from "../v1/fields.ts";

/* What the account works with, as its own people see it: official numbers with their health, and what messages cost. */

/** An official number of the account. */
export const number = z
  .object({
    id,
    official_number: z.string(),
    provider: z.string(),
    active: z.boolean(),
    rate_per_second: z.number().int(),
    resting: z
      .object({ until: momentOut, reason: z.string().nullable() })
      .nullable()
      .describe("WhatsApp asked for a pause; messages wait meanwhile."),
    silent: z
      .object({ since: momentOut, expected: z.number().int() })
      .nullable()
      .describe("It usually receives in these hours, and does not now."),
    received_last_hour: momentOrNull.describe("The newest hour in which somebody wrote."),
    notices: z
      .array(z.object({ id, what: z.string(), at: momentOut }))
      .describe("What WhatsApp told about it, newest first, at most five."),
  })
  .meta({ id: "ConsoleNumber" });
export const numberList = z.object({ items: z.array(number) }).meta({ id: "ConsoleNumberList" });

/** What a message costs the account now. */
export const ownPrice = z
  .object({
    country: z.string(),
    category: z.enum(["marketing", "utility", "authentication", "service"]),
    amount: amount.nullable().describe("Null: it has no price, and such messages are refused."),
  })
  .meta({ id: "OwnPrice" });
export const ownPrices = z
  .object({ currency: z.string(), items: z.array(ownPrice) })
  .meta({ id: "OwnPriceList" });
