import { z } from "zod";
import { id, PAGE_ROWS_MAX } from "../admin-fields.ts";
import { EVENT_FILTERS, WEBHOOK_EVENTS } from "../webhook-payloads.ts";
import { momentOut } from "./fields.ts";

/* What happens, for `/v1` callers who ask instead of being told. */

/** Longest wait for something to happen, in seconds. */
export const EVENT_WAIT_S_MAX = 30;

/** Something that happened. `body` is what the webhook of it carries. */
export const event = z
  .object({
    id: id.describe("The same however often it is given: do not do twice what it asks for."),
    seq: z.string().describe("Its number in the account; grows, with gaps."),
    type: z.string(),
    at: momentOut,
    project_id: id.nullable(),
    message_id: id.nullable(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Event" });

/** The next events, oldest first; `cursor` goes into `after` of the next call, also when there are none. */
export const eventPage = z
  .object({
    items: z.array(event),
    cursor: z.string().describe("Keep it together with what you did about the events."),
    has_more: z.boolean().describe("More is there already: do not wait."),
  })
  .meta({ id: "EventPage" });

export const eventQuery = z.strictObject({
  after: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "The cursor of the answer before. Absent: from the oldest event that is kept; latest: only what is to come.",
    ),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(100),
  types: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe(
      `Separated by commas: ${EVENT_FILTERS.join(", ")}. Absent: ${WEBHOOK_EVENTS.join(", ")}.`,
    ),
  project_id: id.optional().describe("Absent: the token's project, else all."),
  wait_s: z.coerce
    .number()
    .int()
    .min(0)
    .max(EVENT_WAIT_S_MAX)
    .default(0)
    .describe("When there is nothing, wait so many seconds for it."),
});
