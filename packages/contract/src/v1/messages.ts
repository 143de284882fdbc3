import { z } from "zod";
import { priceCategory } from "../admin-api.ts";
import { id, moment } from "../admin-fields.ts";
import { amount, mobile, momentOrNull, momentOut, pageOf, pageQuery, problem } from "./fields.ts";
import { inboundFile, messageContent } from "./message-content.ts";
import { sessionFields } from "./session-content.ts";

/* Messages of `/v1`: what a caller sends and reads. */

/** Messages of one batch. */
export const BATCH_MESSAGES_MAX = 1_000;
/** Messages of an account that wait for money at once. */
export const HELD_MAX = 10_000;
/** Characters of a campaign's name. */
export const CAMPAIGN_CHARS_MAX = 100;
/** Characters of an `Idempotency-Key`, all printable ASCII. */
export const IDEMPOTENCY_KEY_CHARS_MAX = 255;
/** How long a key is remembered. */
export const IDEMPOTENCY_KEY_HOURS = 72;
/** How far ahead a message may be scheduled, and how long it may stay valid: WhatsApp's news must still find it. */
export const SCHEDULE_AHEAD_MAX_S = 7 * 86_400;

/** By its `id_template`, or by name and language. */
export const templateChoice = z
  .union([
    z.strictObject({ id: z.number().int().min(1).max(2_147_483_647) }),
    z.strictObject({ name: z.string().min(1).max(512), language: z.string().min(1).max(10) }),
  ])
  .meta({ id: "TemplateChoice" });

const variableValue = z.string().max(32_768);

/** In the order of the template's slots, or by their names (`1`, `2`, … where they have none). */
export const variables = z
  .union([
    z.array(variableValue).max(256),
    z
      .record(z.string().max(100), variableValue)
      .refine((value) => Object.keys(value).length <= 256),
  ])
  .meta({ id: "Variables" });

const mediaName = z
  .string()
  .max(240)
  .optional()
  .describe("What the recipient sees, 10 to 60 characters; otherwise a name is made.");

/** A file: at an address, in base64 (small ones), or uploaded before with `POST /v1/media`. */
export const mediaChoice = z
  .union([
    z.strictObject({
      url: z
        .string()
        .regex(/^https?:\/\//iu, "must be http or https")
        .max(2_048),
      name: mediaName,
    }),
    z.strictObject({ base64: z.string().min(1), name: mediaName }),
    z.strictObject({ id, name: mediaName }),
  ])
  .meta({ id: "MediaChoice" });

/** A campaign's name: any text of a line. */
export const campaignName = z
  .string()
  .trim()
  .min(1)
  .max(CAMPAIGN_CHARS_MAX)
  .regex(/^\P{Cc}*$/u, "must be one line of text");

const newMessageFields = {
  mobile,
  project_id: id
    .optional()
    .describe(
      "The project to send from; absent: the template's, else the token's, else the first.",
    ),
  template: templateChoice.optional(),
  variables: variables.optional(),
  text: z
    .string()
    .optional()
    .describe("Free text, inside the 24-hour window; with media, its caption."),
  media: mediaChoice
    .optional()
    .describe("A file by itself, with text, or for the header of a template or of `interactive`."),
  ...sessionFields,
  custom_field: z
    .string()
    .default("")
    .describe("Yours, at most 1,000 characters; comes back with the person's reply."),
  campaign: campaignName
    .optional()
    .describe("Counted together under this name, in its project; it may have limits of its own."),
  wait_for_balance: z
    .boolean()
    .optional()
    .describe(
      "When the balance does not pay for it: keep it, unpaid, and send it in its turn after a top-up; by its deadline it fails with 5.",
    ),
  send_at: moment.optional().describe("Not before then; at most 7 days ahead."),
  valid_for_s: z
    .number()
    .int()
    .min(30)
    .max(SCHEDULE_AHEAD_MAX_S)
    .optional()
    .describe(
      "Seconds from send_at (or now) until it has reached sent, or is failed and refunded.",
    ),
};

/** A message to send: a template, a text, a file (with text), or one of the kinds of `session-content.ts`. */
export const newMessage = z.strictObject(newMessageFields).meta({ id: "NewMessage" });

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/u, "must be 1 to 255 printable ASCII characters without blanks");

/** A message of a batch; each may have a key of its own. */
export const batchItem = z
  .strictObject({ ...newMessageFields, idempotency_key: idempotencyKey.optional() })
  .meta({ id: "BatchItem" });

/** Messages that are accepted each by itself, in this order. */
export const newBatch = z
  .strictObject({ messages: z.array(batchItem).min(1).max(BATCH_MESSAGES_MAX) })
  .meta({ id: "NewBatch" });

/**
 * Where a message stands. `held` waits for money and `scheduled` for its hour; `accepted` is on its way, and nothing is known of its
 * leaving: it waits for its turn, a call is under way or its outcome unknown, or an operator decides about it after a restore.
 */
export const MESSAGE_STATUSES = [
  "held",
  "scheduled",
  "accepted",
  "submitted",
  "sent",
  "delivered",
  "read",
  "failed",
  "cancelled",
  "received",
] as const;
const messageStatus = z.enum(MESSAGE_STATUSES);

/** A message. */
export const message = z
  .object({
    id,
    project_id: id,
    direction: z.enum(["out", "in"]),
    mobile: z.string(),
    status: messageStatus,
    category: priceCategory,
    kind: z.string(),
    template: z.object({ id: z.number(), name: z.string() }).nullable(),
    variables: z.array(z.string()),
    text: z.string().describe("As the person sees it."),
    reply_to: id.nullable().describe("The message that it quotes."),
    custom_field: z.string(),
    source: z.string().describe("The interface it came by: ws, v1."),
    price: amount,
    refunded: z.boolean(),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    whatsapp_id: z.string().nullable(),
    accepted_at: momentOut,
    scheduled_at: momentOrNull,
    deadline_at: momentOrNull,
    submitted_at: momentOrNull,
    sent_at: momentOrNull,
    delivered_at: momentOrNull,
    read_at: momentOrNull,
    failed_at: momentOrNull,
    user_id: z
      .string()
      .nullable()
      .describe(
        "WhatsApp's id of the person, where it is known; with a hidden number `mobile` is empty.",
      ),
    content: messageContent
      .nullable()
      .describe("What it carries besides text, file and variables."),
    file: inboundFile.nullable().describe("The file of a person's message."),
  })
  .meta({ id: "Message" });
export const messagePage = pageOf(message).meta({ id: "MessagePage" });

/** One answer for each message of a batch, in the order of the request. */
export const batchAnswer = z
  .object({
    accepted: z.number().int(),
    refused: z.number().int(),
    answers: z.array(
      z.union([
        z.object({ status: z.literal(202), message, replayed: z.boolean() }),
        z.object({ status: z.number().int(), problem }),
      ]),
    ),
  })
  .meta({ id: "BatchAnswer" });

/** A file as it was found; what could not be told is null. */
const dryRunMedia = z.object({
  reachable: z.boolean().describe("False only for an address that did not give it."),
  type: z.string().nullable().describe("By its content: pdf, jpg, …"),
  bytes: z.number().int().nullable(),
});

const dryRunWindow = z.object({
  open: z.boolean(),
  last_message_at: momentOrNull.describe("When the person last wrote, in the last 24 hours."),
  closes_at: momentOrNull,
});

/** What would happen; nothing is stored, charged or remembered. */
export const dryRun = z
  .object({
    acceptable: z.boolean(),
    problem: problem.nullable().describe("Why it would be refused."),
    project_id: id.nullable(),
    category: priceCategory.nullable(),
    text: z.string().nullable().describe("As the person would see it."),
    media: dryRunMedia.nullable().describe("The file, as far as it could be looked at."),
    window: dryRunWindow
      .nullable()
      .describe("Whether the person may be sent more than templates; null: not known whom."),
    price: amount.nullable(),
    currency: z.string(),
    balance: amount,
    balance_after: amount.nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: "DryRun" });

/** Which messages to list; what is absent does not matter. */
export const messageQuery = pageQuery.extend({
  status: messageStatus.optional(),
  direction: z.enum(["out", "in"]).optional(),
  mobile: z
    .string()
    .regex(/^[0-9]{6,15}$/u, "must be 6 to 15 digits")
    .optional(),
  custom_field: z.string().min(1).max(1_000).optional(),
  template: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  project_id: id.optional(),
  since: moment.optional().describe("Accepted then or later."),
  until: moment.optional().describe("Accepted before."),
});

const at = momentOut;
const code = z.string().nullable();

/** One step of a message's life. */
export const timelineStep = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("event"),
      at,
      name: z.string(),
      code,
      reason: code,
      seq: z.string().describe("Number of the event in its account."),
    }),
    z.object({ type: z.literal("money"), at, kind: z.string(), amount, reference: code }),
    z.object({
      type: z.literal("attempt"),
      at,
      number: z.number().int(),
      finished_at: momentOrNull,
      outcome: z.string().nullable(),
      code,
      reason: code,
    }),
    z.object({
      type: z.literal("webhook"),
      at,
      endpoint_id: id,
      delivery_id: id,
      event: z.string(),
      attempt: z.number().int(),
      finished_at: momentOrNull,
      http_status: z.number().nullable(),
      error: z.string().nullable(),
    }),
  ])
  .meta({ id: "TimelineStep" });

/** The flight recorder: a message and every step of it, in order of time. */
export const timeline = z
  .object({ message, steps: z.array(timelineStep) })
  .meta({ id: "Timeline" });
