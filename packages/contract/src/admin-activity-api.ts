import { z } from "zod";
import { priceCategory } from "./admin-api.ts";
import {
  id,
  moment,
  momentOrNull,
  money,
  pageQuery,
  TRANSFER_KINDS,
  text,
} from "./admin-fields.ts";
import { inboundFile, messageContent } from "./v1/message-content.ts";
import { EVENT_FILTERS, FILTER_ENTRIES_MAX, RATE_PER_SECOND_MAX } from "./webhook-payloads.ts";

/* The administration API, second part: money, messages, webhooks and the doctor. */

/** A top-up; the same reference again is the same top-up. */
export const newTopup = z.strictObject({
  reference: text(200),
  amount: money,
  note: z.string().max(500).optional(),
});
export const topupResult = z.object({
  /** True: this reference was booked before, and nothing has changed now. */
  repeated: z.boolean(),
  balance: z.string(),
  currency: z.string(),
});
export const balance = z.object({ balance: z.string(), currency: z.string() });

/** A movement of money. `signed` is what it did to the wallet: `-125.50` for a charge. */
export const transfer = z.object({
  causeId: id,
  kind: z.enum(TRANSFER_KINDS),
  signed: z.string(),
  debit: z.string(),
  credit: z.string(),
  balanceAfter: z.string(),
  reference: z.string().nullable(),
  at: z.string(),
});

const messageStatus = z.enum([
  "held",
  "accepted",
  "submitted",
  "sent",
  "delivered",
  "read",
  "failed",
  "cancelled",
  "received",
]);

/** A message. */
export const message = z.object({
  id,
  accountId: id,
  projectId: id,
  channelId: id,
  direction: z.enum(["out", "in"]),
  mobile: z.string(),
  category: priceCategory,
  kind: z.string(),
  template: z.number().nullable(),
  templateName: z.string().nullable(),
  variables: z.array(z.string()),
  body: z.string(),
  customField: z.string(),
  source: z.string(),
  price: z.string(),
  status: messageStatus,
  code: z.string().nullable(),
  reason: z.string().nullable(),
  refunded: z.boolean(),
  attempts: z.number(),
  deadlineAt: momentOrNull,
  providerMessageId: z.string().nullable(),
  acceptedAt: z.string(),
  submittedAt: momentOrNull,
  sentAt: momentOrNull,
  deliveredAt: momentOrNull,
  readAt: momentOrNull,
  failedAt: momentOrNull,
  /** WhatsApp's id of the person who wrote; null when not known. */
  userId: z.string().nullable(),
  content: messageContent.nullable(),
  /** A person's file; `error` says why it cannot be had. */
  file: inboundFile.omit({ sha256: true, url: true }).nullable(),
});
export const messageQuery = pageQuery.extend({
  projectId: id.optional(),
  mobile: z
    .string()
    .regex(/^[0-9]{6,15}$/u, "must be 6 to 15 digits")
    .optional(),
  status: messageStatus.optional(),
  direction: z.enum(["out", "in"]).optional(),
  since: moment.optional(),
  until: moment.optional(),
});

/** A call of an endpoint. */
export const deliveryCall = z.object({
  number: z.number(),
  startedAt: z.string(),
  finishedAt: momentOrNull,
  httpStatus: z.number().nullable(),
  error: z.string().nullable(),
  response: z.string().nullable(),
});

/** An event on its way to an endpoint; `id` is the `webhook-id` that the receiver sees. */
export const delivery = z.object({
  id,
  endpointId: id,
  seq: z.string(),
  kind: z.string(),
  messageId: id.nullable(),
  body: z.string(),
  state: z.enum(["pending", "calling", "delivered", "exhausted", "parked"]),
  dueAt: momentOrNull,
  attempts: z.number(),
  createdAt: z.string(),
  finishedAt: momentOrNull,
});
export const deliveryWithCalls = delivery.extend({ calls: z.array(deliveryCall) });
export const deliveryQuery = pageQuery.extend({
  state: z.enum(["pending", "calling", "delivered", "exhausted", "parked"]).optional(),
});

/** A message with everything that is known of its life, each list in order. */
export const messageTimeline = z.object({
  message,
  attempts: z.array(
    z.object({
      number: z.number(),
      startedAt: z.string(),
      finishedAt: momentOrNull,
      outcome: z.string().nullable(),
      code: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  events: z.array(
    z.object({ seq: z.string(), kind: z.string(), at: z.string(), data: z.unknown() }),
  ),
  transfers: z.array(transfer),
  deliveries: z.array(deliveryWithCalls),
});

/** An address that a project's events are posted to. */
export const endpoint = z.object({
  id,
  accountId: id,
  projectId: id,
  url: z.string(),
  state: z.enum(["enabled", "disabled"]),
  disabledReason: z.string().nullable(),
  /** Null: the five of messages. */
  events: z.array(z.string()).nullable(),
  /** Null: all. */
  numbers: z.array(z.string()).nullable(),
  /** Null: all. */
  templates: z.array(z.string()).nullable(),
  /** Null: no limit. */
  ratePerSecond: z.number().nullable(),
  failingSince: momentOrNull,
  failures: z.number(),
  createdAt: z.string(),
});
/** `secret` is shown now and never again. */
export const createdEndpoint = z.object({ endpoint, secret: z.string() });
const filters = {
  events: z.array(z.enum(EVENT_FILTERS)).min(1).max(EVENT_FILTERS.length).optional(),
  /** Official numbers, or ids of channels. */
  numbers: z.array(text(40)).min(1).max(FILTER_ENTRIES_MAX).optional(),
  /** Names, or `id_template` as text. */
  templates: z.array(text(512)).min(1).max(FILTER_ENTRIES_MAX).optional(),
  ratePerSecond: z.number().int().min(1).max(RATE_PER_SECOND_MAX).optional(),
};
const headers = z.record(text(100), z.string().max(1000)).optional();
export const newEndpoint = z.strictObject({ url: text(2000), ...filters, headers });
/** What is absent stays; null takes a filter or the limit away. */
export const endpointChange = z.strictObject({
  url: text(2000).optional(),
  events: filters.events.nullable(),
  numbers: filters.numbers.nullable(),
  templates: filters.templates.nullable(),
  ratePerSecond: filters.ratePerSecond.nullable(),
  headers,
});
export const endpointQuery = z.strictObject({ projectId: id.optional() });
export const rotatedSecret = z.object({ secret: z.string() });

/** Which deliveries of an endpoint to send once more. */
export const replayRange = z.strictObject({
  since: moment,
  until: moment.optional(),
  /** Default: those that were given up. */
  states: z
    .array(z.enum(["delivered", "exhausted"]))
    .min(1)
    .optional(),
});
/** `more`: the range holds more than one call replays; call again. */
export const replayResult = z.object({ replayed: z.number(), more: z.boolean() });

/** How an endpoint answered a call with `{"type":"test"}`, which is signed and not kept. */
export const testResult = z.object({
  ok: z.boolean(),
  httpStatus: z.number().nullable(),
  error: z.string().nullable(),
  response: z.string().nullable(),
});

/** Whether the books agree with each other; both lists are empty when they do. */
export const walletReport = z.object({
  ok: z.boolean(),
  /** Accounts whose balance is not the sum of its transfers. */
  wallets: z.array(z.object({ accountId: id, balance: z.string(), sum: z.string() })),
  /** Messages whose money does not agree with their fate. */
  messages: z.array(z.object({ accountId: id, messageId: id, why: z.string() })),
  /** Counted days, settlements of resellers and money handed on that do not agree with the ledger. */
  resale: z.array(z.object({ accountId: id, what: z.string(), why: z.string() })),
  /** Closed months that are not what they were, or not what the ledger has. */
  statements: z.array(z.object({ accountId: id, month: z.string(), why: z.string() })),
});

/** One thing that was looked at. `cure` says what to do unless it is ok. */
export const doctorCheck = z.object({
  name: z.string(),
  state: z.enum(["ok", "warn", "fail"]),
  detail: z.string(),
  cure: z.string().nullable(),
});
/** `state` is the worst of all. */
export const doctorReport = z.object({
  state: z.enum(["ok", "warn", "fail"]),
  checks: z.array(doctorCheck),
});
