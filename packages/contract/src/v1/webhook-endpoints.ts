import { z } from "zod";
import { replayResult } from "../admin-activity-api.ts";
import { id, moment, text } from "../admin-fields.ts";
import { EVENT_FILTERS, EVENT_NAMES } from "../webhook-payloads.ts";
import { momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";

/* Where `/v1` callers are told what happens, and what became of the telling. */

const events = z
  .array(z.enum(EVENT_FILTERS))
  .min(1)
  .max(EVENT_FILTERS.length)
  .describe("Events, or whole families of them (`template.*`).");
const headers = z.record(text(100), z.string().max(1_000));

/** An address that a project's events are posted to. Of its headers only the names are shown. */
export const endpoint = z
  .object({
    id,
    project_id: id,
    url: z.string(),
    state: z.enum(["enabled", "disabled"]),
    disabled_reason: z.string().nullable(),
    events: z.array(z.string()).nullable().describe("Null: the five of messages."),
    header_names: z.array(z.string()),
    failing_since: momentOrNull,
    failures: z.number().int(),
    created_at: momentOut,
  })
  .meta({ id: "WebhookEndpoint" });
export const endpointList = pageOf(endpoint).meta({ id: "WebhookEndpointPage" });
export const endpointQuery = z.strictObject({ project_id: id.optional() });

export const newEndpoint = z
  .strictObject({
    project_id: id.optional().describe("Absent: the token's project, else the account's first."),
    url: text(2_000),
    events: events.optional(),
    headers: headers.optional().describe("Sent with every call."),
  })
  .meta({ id: "NewWebhookEndpoint" });
export const endpointChange = z
  .strictObject({
    url: text(2_000).optional(),
    events: events.nullable().optional(),
    headers: headers.optional(),
    state: z.enum(["enabled", "disabled"]).optional(),
  })
  .meta({ id: "WebhookEndpointChange" });

/** `secret` is shown now and never again. */
export const createdEndpoint = z
  .object({ endpoint, secret: z.string() })
  .meta({ id: "CreatedWebhookEndpoint" });
export const rotatedSecret = z
  .object({
    secret: z.string(),
    previous_expires_at: momentOrNull.describe("Until then the old secret signs as well."),
  })
  .meta({ id: "RotatedSecret" });

/** How an endpoint answered a call with `{"type":"test"}`, which is signed and not kept. */
export const testResult = z
  .object({
    ok: z.boolean(),
    http_status: z.number().nullable(),
    error: z.string().nullable(),
    response: z.string().nullable(),
  })
  .meta({ id: "WebhookTest" });

const state = z.enum(["pending", "calling", "delivered", "exhausted", "parked"]);

/** An event on its way; `id` is the `webhook-id` that the receiver sees. */
export const delivery = z
  .object({
    id,
    endpoint_id: id,
    seq: z.string(),
    event: z.string(),
    message_id: id.nullable(),
    body: z.string(),
    state,
    due_at: momentOrNull,
    attempts: z.number().int(),
    created_at: momentOut,
    finished_at: momentOrNull,
  })
  .meta({ id: "WebhookDelivery" });
export const deliveryPage = pageOf(delivery).meta({ id: "WebhookDeliveryPage" });
export const deliveryQuery = pageQuery.extend({ state: state.optional() });

/** A call of an endpoint. */
export const deliveryAttempt = z
  .object({
    number: z.number().int(),
    started_at: momentOut,
    finished_at: momentOrNull,
    http_status: z.number().nullable(),
    error: z.string().nullable(),
    response: z.string().nullable(),
  })
  .meta({ id: "WebhookAttempt" });
export const attemptList = pageOf(deliveryAttempt).meta({ id: "WebhookAttemptList" });

/** Which deliveries of an endpoint to send once more. */
export const replayRange = z
  .strictObject({
    since: moment,
    until: moment.optional(),
    states: z
      .array(z.enum(["delivered", "exhausted"]))
      .min(1)
      .optional()
      .describe("Default: those that were given up."),
    events: z.array(z.enum(EVENT_NAMES)).min(1).max(EVENT_NAMES.length).optional(),
  })
  .meta({ id: "ReplayRange" });

/** `more`: the range holds more than one call replays; call again. */
export const replayed = z.object(replayResult.shape).meta({ id: "Replayed" });
