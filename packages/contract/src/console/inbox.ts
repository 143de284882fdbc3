import { z } from "zod";
import { id } from "../admin-fields.ts";
import { address, contact } from "../v1/contacts.ts";
import { amount, momentOrNull, momentOut, pageQuery } from "../v1/fields.ts";

/*
 * The inbox as it is loaded. Every load says `seq`, the number of the account's log up to which it is true: listening with
 * `after` = `seq` brings everything since. A row's `version` is the number up to which that row is true, whether it was
 * loaded or came live: of two rows with one id the one with the greater version replaces the other.
 */

/** Conversations that one bulk action may name. */
export const BULK_CONVERSATIONS_MAX = 200;
/** Rows on a page of the list. */
export const LIST_ROWS_MAX = 100;

/** Up to which number of the account's log this is true. */
export const seq = z.number().int().describe("Number of the account's log up to which it is true.");

const state = z.enum(["open", "snoozed", "resolved"]);

/** The end of a thread, as the list shows it. */
export const lastMessage = z.object({
  id,
  direction: z.enum(["out", "in"]),
  kind: z
    .string()
    .describe("text, template, image, audio, voice, video, document, sticker, location, …"),
  preview: z.string().describe("Its words, at most 200 characters; empty for a bare file."),
  status: z.string(),
  at: momentOut,
});

/** A conversation as the list shows it. */
export const conversationRow = z
  .object({
    id,
    version: seq,
    revision: z
      .number()
      .int()
      .describe("Grows with every change of the conversation itself; a change may name it."),
    contact: z.object({
      id,
      name: z
        .string()
        .nullable()
        .describe("As the account calls the person, else as it calls itself."),
      mobile: z
        .string()
        .nullable()
        .describe("The number to write to; null: hidden, see answers_hidden of the channel."),
      address: z
        .string()
        .nullable()
        .describe("What is shown when there is neither name nor number."),
      labels: z.array(z.string()),
    }),
    project_id: id,
    channel_id: id,
    state,
    assignee_id: id.nullable().describe("Who has it; null: nobody."),
    team_id: id.nullable().describe("The team whose queue it stands in; null: everybody's."),
    label_ids: z.array(id),
    unread: z.number().int(),
    opened_at: momentOut,
    last_inbound_at: momentOut.describe("When the person wrote last: lists are in this order."),
    waiting_since: momentOrNull.describe(
      "Since when the person waits for an answer; null: it has one.",
    ),
    window_expires_at: momentOut.describe("Until then free text may be sent."),
    snoozed_until: momentOrNull,
    resolved_at: momentOrNull,
    first_answered_at: momentOrNull,
    last_message: lastMessage.nullable(),
    rating: z
      .number()
      .int()
      .nullable()
      .describe("What the person gave for it, 1 to 5; null: nothing."),
  })
  .meta({ id: "ConversationRow" });
/** See {@link conversationRow}. */
export type ConversationRow = z.output<typeof conversationRow>;

/** Which list, and in which order. */
export const INBOX_VIEWS = [
  /** Mine and open; whoever wrote last first. */
  "mine",
  /** Open and nobody's; who waits longest first. */
  "queue",
  /** All that are open; whoever wrote last first. */
  "open",
  "snoozed",
  "resolved",
  /** Those in which I am mentioned and have not looked since; the newest mention first. */
  "mentions",
] as const;
/** One of {@link INBOX_VIEWS}. */
export type InboxView = (typeof INBOX_VIEWS)[number];

/** Which conversations to list; what is absent does not matter. */
export const inboxQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(LIST_ROWS_MAX).default(50),
  view: z.enum(INBOX_VIEWS).default("open"),
  assignee_id: id.optional(),
  team_id: id.optional(),
  label_id: id.optional(),
  channel_id: id.optional(),
  project_id: id.optional(),
  unread: z.enum(["true"]).optional().describe("Only those with something unread."),
});

/** A page of the list. */
export const inboxPage = z
  .object({ seq, items: z.array(conversationRow), next_cursor: z.string().nullable() })
  .meta({ id: "InboxPage" });

/** One conversation. */
export const oneConversation = z.object({ seq, conversation: conversationRow });

/** Conversations that are not resolved, counted for the column on the left. */
export const inboxCounts = z
  .object({
    queue: z.number().int(),
    oldest_waiting_since: momentOrNull.describe("Of the queue."),
    open: z.number().int(),
    snoozed: z.number().int(),
    assignees: z.record(z.string(), z.number().int()).describe("Open, by who has them."),
    unread: z
      .record(z.string(), z.number().int())
      .describe("Open with something unread, by who has them."),
    teams: z.record(z.string(), z.number().int()).describe("Open, by team."),
    channels: z.record(z.string(), z.number().int()).describe("Open, by channel."),
    labels: z.record(z.string(), z.number().int()).describe("Open, by label."),
  })
  .meta({ id: "InboxCounts" });
/** See {@link inboxCounts}. */
export type InboxCounts = z.output<typeof inboxCounts>;

/** Somebody of the account. */
export const inboxPerson = z.object({
  id,
  name: z.string(),
  role: z.string(),
  active: z.boolean(),
});

export const team = z
  .object({ id, name: z.string(), member_ids: z.array(id) })
  .meta({ id: "Team" });

/** Colours of labels; the console says what each looks like, light and dark. */
export const LABEL_COLORS = [
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "violet",
  "pink",
] as const;

export const label = z
  .object({ id, name: z.string(), color: z.enum(LABEL_COLORS) })
  .meta({ id: "Label" });

/** A text that is at hand by its shortcut. */
export const cannedReply = z
  .object({
    id,
    shortcut: z.string(),
    text: z
      .string()
      .describe(
        "{contact.name}, {contact.mobile}, {contact.<field>} and {agent.name} are filled in.",
      ),
    project_id: id.nullable().describe("Only there; null: in all."),
    owner_id: id.nullable().describe("Only this person's; null: everybody's."),
  })
  .meta({ id: "CannedReply" });

/** Which conversations a saved view shows; what is absent does not matter. */
export const viewFilter = z.strictObject({
  view: z.enum(INBOX_VIEWS).describe("`mine` and `mentions` are those of whoever looks."),
  assignee_id: id.optional(),
  team_id: id.optional(),
  label_id: id.optional(),
  channel_id: id.optional(),
  project_id: id.optional(),
  unread: z.enum(["true"]).optional(),
});
/** See {@link viewFilter}. */
export type ViewFilter = z.output<typeof viewFilter>;

/** A filter of the list under a name. */
export const savedView = z
  .object({
    id,
    name: z.string(),
    owner_id: id.nullable().describe("Only this person's; null: everybody's."),
    filter: viewFilter,
  })
  .meta({ id: "SavedView" });
/** See {@link savedView}. */
export type SavedView = z.output<typeof savedView>;

/** Everything that the lists refer to, and what is mine. Loaded first, and again after `catalogue.changed`. */
export const inboxState = z
  .object({
    seq,
    me: id,
    currency: z.string(),
    people: z.array(inboxPerson),
    teams: z.array(team),
    labels: z.array(label),
    channels: z.array(
      z.object({
        id,
        official_number: z.string(),
        active: z.boolean(),
        answers_hidden: z
          .boolean()
          .describe("Whether a person who hides the number can be written to by it."),
      }),
    ),
    projects: z.array(
      z.object({ id, name: z.string(), active: z.boolean(), channel_id: id.nullable() }),
    ),
    canned_replies: z.array(cannedReply),
    views: z.array(savedView).describe("Everybody's first, then mine, each in their order."),
    counts: inboxCounts,
    mentions: z.number().int().describe("Conversations with a mention of me that I have not seen."),
    draft_ids: z.array(id).describe("Conversations in which I have a draft."),
  })
  .meta({ id: "InboxState" });
/** See {@link inboxState}. */
export type InboxState = z.output<typeof inboxState>;

const mergedPart = z.object({
  merged_id: id.describe("To be undone by POST /v1/contacts/:id/unmerge."),
  name: z.string().nullable(),
  merged_at: momentOut,
  undone_at: momentOrNull,
});

/** The column on the right. */
export const contactPanel = z
  .object({
    contact: contact.extend({ addresses: z.array(address) }),
    opted_out: z.boolean().describe("Wants no marketing from the conversation's project."),
    received: z
      .array(
        z.object({
          message_id: id,
          at: momentOut,
          custom_field: z.string(),
          template: z.string().nullable(),
          source: z.string(),
        }),
      )
      .describe(
        "What the integrator sent to the person with custom_field, newest first, at most 20.",
      ),
    conversations: z
      .array(
        z.object({
          id,
          channel_id: id,
          project_id: id,
          state,
          assignee_id: id.nullable(),
          opened_at: momentOut,
          resolved_at: momentOrNull,
          last_inbound_at: momentOut,
          rating: z.number().int().nullable(),
        }),
      )
      .describe("All of the person's, newest first, at most 50."),
    merges: z.array(mergedPart),
    spent: amount.describe(
      "What messages to the person cost in the last 30 days, refunds taken off.",
    ),
  })
  .meta({ id: "ContactPanel" });
/** See {@link contactPanel}. */
export type ContactPanel = z.output<typeof contactPanel>;
