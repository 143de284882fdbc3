import { z } from "zod";
import { id, moment } from "../admin-fields.ts";
import { address } from "./contacts.ts";
import { momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";

/* Conversations of `/v1`: a contact on an official number. */

const state = z.enum(["open", "snoozed", "resolved"]);

/** A conversation, with its person and the end of its thread. */
export const conversation = z
  .object({
    id,
    contact_id: id,
    channel_id: id,
    project_id: id.describe("The project of the message that opened it."),
    contact: z.object({
      name: z.string().nullable(),
      profile_name: z.string().nullable(),
      mobile: z.string().nullable(),
      addresses: z.array(address),
      labels: z.array(z.string()),
    }),
    state,
    opened_at: momentOut,
    snoozed_until: momentOrNull,
    resolved_at: momentOrNull,
    last_inbound_at: momentOut.describe("When the person wrote last, by WhatsApp's time."),
    window_expires_at: momentOut.describe("Until then free text may be sent."),
    unread: z.number().int(),
    assignee_id: id.nullable(),
    last_message: z
      .object({
        id,
        direction: z.enum(["out", "in"]),
        kind: z.string(),
        preview: z.string(),
        status: z.string(),
        at: momentOut,
      })
      .nullable(),
    version: z.string().describe("Grows with every change."),
    updated_at: momentOut,
  })
  .meta({ id: "Conversation" });
export const conversationPage = pageOf(conversation).meta({ id: "ConversationPage" });

/** Which conversations to list; what is absent does not matter. */
export const conversationQuery = pageQuery.extend({
  state: state.optional(),
  project_id: id.optional(),
  contact_id: id.optional(),
  channel_id: id.optional(),
  unread: z
    .enum(["true", "false"])
    .optional()
    .describe("true: only those with something unread; false: only those without."),
});

/** What to do with it. */
export const conversationChange = z
  .strictObject({
    state,
    snoozed_until: moment
      .optional()
      .describe("With snoozed: when it opens by itself; absent: when the person writes."),
    version: z
      .string()
      .regex(/^[0-9]{1,18}$/u, "must be a version")
      .optional()
      .describe("Refuse with conflict if it has changed since."),
  })
  .meta({ id: "ConversationChange" });

/** How far it was read. */
export const conversationRead = z
  .strictObject({
    message_id: id.optional().describe("Up to and with this message; absent: all of it."),
  })
  .meta({ id: "ConversationRead" });

/** Which part of the thread, and from which end. */
export const threadQuery = pageQuery.extend({
  order: z
    .enum(["newest", "oldest"])
    .default("newest")
    .describe("Which end the first page begins at."),
  after: id.optional().describe("Only messages after this one."),
  before: id.optional().describe("Only messages before this one."),
});
