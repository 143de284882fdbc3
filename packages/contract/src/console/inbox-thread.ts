import { z } from "zod";
import { id } from "../admin-fields.ts";
import { amount, momentOrNull, momentOut, pageQuery } from "../v1/fields.ts";
import { messageContent } from "../v1/message-content.ts";
import { seq } from "./inbox.ts";

/*
 * A thread as people look at it: messages, notes and what happened, all between one person and one official number, whatever
 * conversation they belong to. Items stand in the order of their `place`, and a page has everything between two places.
 */

/** Where an item stands. It never changes. */
const place = id.describe(
  "Items stand in the order of this. Of a person's message it is where it came in, since WhatsApp tells whole seconds.",
);

/** Why a message failed, in plain words, and whether sending it once more is safe. */
export const messageFailure = z
  .object({
    code: z.string(),
    reason: z.object({ es: z.string(), en: z.string() }),
    advice: z.object({ es: z.string(), en: z.string() }).describe("What to do now."),
    retry: z
      .enum(["safe", "never"])
      .describe(
        "safe: WhatsApp is known not to have taken it. never: it may have arrived, or would fail again.",
      ),
    retry_why: z.object({ es: z.string(), en: z.string() }),
  })
  .meta({ id: "MessageFailure" });

/** A file of a message, whoever sent it. */
export const threadFile = z
  .object({
    kind: z.enum(["image", "audio", "voice", "video", "document", "sticker"]),
    mime: z.string(),
    name: z.string().nullable(),
    bytes: z.number().nullable(),
    state: z.enum(["waiting", "stored", "failed"]),
    error: z.string().nullable(),
    url: z
      .string()
      .nullable()
      .describe("Where to fetch it with the session; takes Range. Null until it is stored."),
  })
  .meta({ id: "ThreadFile" });

/** A reaction: the last one of each side. */
export const threadReaction = z.object({
  from: z.enum(["person", "us"]),
  emoji: z.string(),
  user_id: id.nullable().describe("Who of us; null: the person, or a program."),
  at: momentOut,
});

/** What was said, in either direction. */
export const threadMessage = z
  .object({
    type: z.literal("message"),
    id,
    place,
    version: seq,
    at: momentOut,
    direction: z.enum(["out", "in"]),
    author: z.enum(["person", "agent", "integration", "automatic"]),
    author_id: id.nullable().describe("Who of us wrote it; null: nobody of us."),
    kind: z
      .string()
      .describe(
        "text, template, image, audio, voice, video, document, sticker, location, contacts, interactive, …",
      ),
    text: z.string().describe("As the person sees it now; a caption under a file."),
    status: z.enum([
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
    ]),
    unknown: z
      .boolean()
      .describe(
        "The call was cut: nobody knows yet whether WhatsApp took it. It is not sent again.",
      ),
    scheduled_at: momentOrNull,
    submitted_at: momentOrNull,
    sent_at: momentOrNull,
    delivered_at: momentOrNull,
    read_at: momentOrNull,
    failed_at: momentOrNull,
    failure: messageFailure.nullable(),
    file: threadFile.nullable(),
    template: z
      .object({
        id: z.number().int(),
        name: z.string(),
        category: z.string(),
        buttons: z.array(z.string()),
      })
      .nullable(),
    content: messageContent
      .nullable()
      .describe(
        "Place, cards, buttons, what was chosen, referral …; reactions, quotes, edits are told apart from it.",
      ),
    quote: z
      .object({
        id: id.nullable().describe("Null: it is not kept here."),
        direction: z.enum(["out", "in"]).nullable(),
        kind: z.string(),
        text: z.string(),
      })
      .nullable(),
    reactions: z.array(threadReaction),
    versions: z
      .array(z.object({ at: momentOut, text: z.string() }))
      .describe("How its words were before, oldest first."),
    edited_at: momentOrNull,
    deleted_at: momentOrNull,
    custom_field: z.string(),
    category: z.string(),
    price: amount.nullable().describe("Null for a person's message."),
    refunded: z.boolean(),
  })
  .meta({ id: "ThreadMessage" });

/** An internal note: the person never sees it. */
export const threadNote = z
  .object({
    type: z.literal("note"),
    id,
    place,
    version: seq,
    at: momentOut,
    conversation_id: id,
    author_id: id,
    text: z.string().describe("Empty when it was deleted. A mention stands in it as @name."),
    mentions: z.array(id),
    edited_at: momentOrNull,
    deleted_at: momentOrNull,
  })
  .meta({ id: "ThreadNote" });

/** What happened to the conversation. */
export const THREAD_EVENTS = [
  "opened",
  "reopened",
  "resolved",
  "snoozed",
  "assigned",
  "unassigned",
  "transferred",
  "labelled",
  "taken_over",
  "rated",
  "merged",
  "unmerged",
] as const;

/** Something that happened, as a line between the messages. */
export const threadEvent = z
  .object({
    type: z.literal("event"),
    id,
    place,
    version: seq,
    at: momentOut,
    conversation_id: id.nullable(),
    kind: z.enum(THREAD_EVENTS),
    by: z.enum(["person", "agent", "integration", "clock", "rule", "whatsapp"]),
    user_id: id.nullable().describe("Who of us did it; null: nobody of us."),
    assignee_id: id.nullable().describe("assigned, transferred: who has it now."),
    previous_assignee_id: id.nullable(),
    team_id: id.nullable(),
    note_id: id.nullable().describe("transferred: the note that was written with it."),
    until: momentOrNull.describe("snoozed: when it comes back; null: when the person writes."),
    label_ids: z.array(id).describe("labelled: all that it has now."),
    rating: z.number().int().nullable(),
  })
  .meta({ id: "ThreadEvent" });

/** Anything in a thread. */
export const threadItem = z.discriminatedUnion("type", [threadMessage, threadNote, threadEvent]);
/** See {@link threadItem}. */
export type ThreadItem = z.output<typeof threadItem>;
/** See {@link threadMessage}. */
export type ThreadMessage = z.output<typeof threadMessage>;
/** See {@link threadNote}. */
export type ThreadNote = z.output<typeof threadNote>;
/** See {@link threadEvent}. */
export type ThreadEvent = z.output<typeof threadEvent>;
/** See {@link messageFailure}. */
export type MessageFailure = z.output<typeof messageFailure>;

/** Which part of the thread. Pages go from the newest backwards; items of a page stand oldest first. */
export const inboxThreadQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  around: id
    .optional()
    .describe("A page that has this item in its middle; for jumping to what was found or quoted."),
});

/** A page of a thread; `next_cursor` leads to what is older. */
export const threadPage = z
  .object({
    seq,
    items: z.array(threadItem),
    next_cursor: z.string().nullable(),
    newer_cursor: z
      .string()
      .nullable()
      .describe("With around: leads to what is newer; null: nothing is."),
  })
  .meta({ id: "InboxThreadPage" });
