import { z } from "zod";
import { id, moment } from "../admin-fields.ts";
import { amount, momentOrNull, momentOut } from "../v1/fields.ts";
import { mediaChoice, templateChoice, variables } from "../v1/messages.ts";
import { sessionFields } from "../v1/session-content.ts";
import { BULK_CONVERSATIONS_MAX, conversationRow, LABEL_COLORS } from "./inbox.ts";
import { PRESENCE_DOING } from "./inbox-live.ts";
import { threadMessage } from "./inbox-thread.ts";

/* What people do in the inbox. */

/** Characters of a note. */
export const NOTE_CHARS_MAX = 4_000;
/** Characters of a draft. */
export const DRAFT_CHARS_MAX = 4_096;
/** People that one note may mention. */
export const MENTIONS_MAX = 20;
/** Labels that one conversation may have. */
export const CONVERSATION_LABELS_MAX = 20;
/** Of an account. */
export const LABELS_MAX = 200;
/** Of an account. */
export const TEAMS_MAX = 100;
/** Of an account. */
export const CANNED_REPLIES_MAX = 1_000;
/** A composer that was heard nothing of for so long is free; renew it every 10 seconds while somebody writes. */
export const COMPOSER_LIVES_S = 30;
/** Somebody who was heard nothing of for so long is not here; say it every 15 seconds. */
export const PRESENCE_LIVES_S = 40;

const UNFIT = /[\p{Cc}\p{Cs}]/u;
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !UNFIT.test(value), "must be one line of text");
const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (value) => value.isWellFormed() && !value.includes("\0"),
      "holds NUL or half a character",
    );

const revision = z
  .number()
  .int()
  .optional()
  .describe("Refuse with conflict if the conversation has changed since.");

const mentions = z
  .array(id)
  .max(MENTIONS_MAX)
  .default([])
  .describe("People of the account, each once.");

/** Takes a conversation. Refused with `taken` when somebody else has it, unless `from` names them. */
export const takeBody = z.strictObject({
  from: id.optional().describe("Take it from this person, as far as they still have it."),
});
/** Gives a conversation to somebody, or to nobody. */
export const assignBody = z.strictObject({ user_id: id.nullable(), revision });
/** Hands a conversation over; the note is written in the same moment. */
export const transferBody = z
  .strictObject({
    user_id: id.optional(),
    team_id: id.nullable().optional().describe("Null: out of its team, into everybody's queue."),
    note: prose(NOTE_CHARS_MAX).default(""),
    mentions,
    revision,
  })
  .refine(
    (value) => (value.user_id === undefined) !== (value.team_id === undefined),
    "names a person or a team",
  );
export const snoozeBody = z.strictObject({
  until: moment.nullable().describe("When it comes back; null: when the person writes."),
  revision,
});
export const resolveBody = z.strictObject({ revision });
export const reopenBody = z.strictObject({ revision });
export const readBody = z.strictObject({
  message_id: id.optional().describe("Up to and with this message; absent: all of it."),
});
/** All labels from now on. */
export const labelsBody = z.strictObject({ label_ids: z.array(id).max(CONVERSATION_LABELS_MAX) });

const bulkFields = z.strictObject({
  conversation_ids: z.array(id).min(1).max(BULK_CONVERSATIONS_MAX),
  revisions: z
    .record(id, z.number().int())
    .default({})
    .describe(
      "Of each conversation the revision that was seen: see `revision` of the actions on one.",
    ),
  action: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("take") }),
    z.strictObject({ type: z.literal("assign"), user_id: id.nullable() }),
    z.strictObject({ type: z.literal("team"), team_id: id.nullable() }),
    z.strictObject({ type: z.literal("snooze"), until: moment.nullable() }),
    z.strictObject({ type: z.literal("resolve") }),
    z.strictObject({ type: z.literal("reopen") }),
    z.strictObject({ type: z.literal("read") }),
    z.strictObject({ type: z.literal("label"), label_id: id }),
    z.strictObject({ type: z.literal("unlabel"), label_id: id }),
  ]),
});

/** One action on many conversations; each is done or refused by itself. */
export const bulkBody = bulkFields.refine(
  ({ conversation_ids: ids, revisions }) =>
    Object.keys(revisions).every((one) => ids.includes(one)),
  { path: ["revisions"], message: "names a conversation that is not among conversation_ids" },
);
/** One answer for each conversation, in the order of the request. */
export const bulkAnswer = z.object({
  done: z.number().int(),
  answers: z.array(
    z.object({
      conversation_id: id,
      ok: z.boolean(),
      conversation: conversationRow.nullable(),
      code: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
});

/** A note for colleagues; the person never sees it. */
export const noteBody = z.strictObject({
  key: id.optional().describe("Made by the page: the same key within an hour is the same note."),
  text: prose(NOTE_CHARS_MAX).refine((value) => value.trim() !== "", "must not be blank"),
  mentions,
});
export const noteChange = noteBody.omit({ key: true });

export const teamBody = z.strictObject({ name: line(80), member_ids: z.array(id).max(500) });
export const teamChange = teamBody.partial();
export const labelBody = z.strictObject({ name: line(50), color: z.enum(LABEL_COLORS) });
export const labelChange = labelBody.partial();
export const cannedBody = z.strictObject({
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u, "must be 1 to 40 letters, digits, - or _"),
  text: prose(4_096).refine((value) => value.trim() !== "", "must not be blank"),
  project_id: id.nullable().default(null),
  personal: z.boolean().default(false).describe("Only mine. Everybody's need inbox.configure."),
});
export const cannedChange = z.strictObject({
  shortcut: cannedBody.shape.shortcut.optional(),
  text: cannedBody.shape.text.optional(),
  project_id: id.nullable().optional(),
});

/** What I have begun to write. */
export const draft = z.object({
  text: z.string(),
  kind: z.enum(["reply", "note"]),
  reply_to: id.nullable(),
  updated_at: momentOut,
});
export const draftBody = z.strictObject({
  text: prose(DRAFT_CHARS_MAX).describe("Empty: the draft goes."),
  kind: z.enum(["reply", "note"]).default("reply"),
  reply_to: id.nullable().default(null),
});
export const draftAnswer = z.object({ draft: draft.nullable() });

/** Where one tab is; a tab is in one conversation at most. */
export const presenceBody = z.strictObject({
  client: id,
  conversation_id: id.nullable().describe("Null: in none."),
  doing: z.enum(PRESENCE_DOING).default("looking"),
  gone: z.boolean().default(false).describe("The tab is closed: it is forgotten at once."),
});

/** Takes the composer, or renews it. Refused with `composing` when somebody else has it. */
export const composerBody = z.strictObject({ take_over: z.boolean().default(false) });
export const composerAnswer = z.object({
  user_id: id,
  since: momentOut,
  expires_at: momentOut,
  taken_from: id.nullable(),
});

/**
 * A message out of the composer, with the header `Idempotency-Key`: the same key is the same message. It takes the composer
 * and, of a conversation that is nobody's, the conversation; a resolved one is opened again.
 */
export const composeBody = z.strictObject({
  text: prose(4_096).optional(),
  media: mediaChoice
    .optional()
    .describe("An uploaded file by its id; a voice note is an uploaded ogg."),
  template: templateChoice.optional(),
  variables: variables.optional(),
  location: sessionFields.location,
  contact: sessionFields.contact,
  reaction: sessionFields.reaction,
  interactive: sessionFields.interactive,
  reply_to: sessionFields.reply_to,
});
/** What was accepted, as it stands in the thread. */
export const composeAnswer = z.object({
  message: threadMessage,
  conversation: conversationRow,
  replayed: z.boolean().describe("This key had been used: it is that message."),
});

/** An uploaded file. */
export const uploadAnswer = z.object({
  id,
  type: z.string(),
  kind: z.enum(["image", "audio", "voice", "video", "document", "sticker"]),
  mime: z.string(),
  bytes: z.number().int(),
});

/** A template that may be sent in this conversation now. */
export const pickerTemplate = z.object({
  id: z.number().int().describe("Its id_template."),
  name: z.string(),
  language: z.string(),
  category: z.enum(["marketing", "utility", "authentication"]),
  header: z
    .object({
      format: z.enum(["text", "image", "video", "document", "location"]),
      text: z.string().nullable(),
    })
    .nullable(),
  body: z.string(),
  footer: z.string().nullable(),
  buttons: z.array(z.object({ kind: z.string(), text: z.string() })),
  variables: z.array(
    z.object({
      name: z.string(),
      part: z.enum(["header", "body", "button"]),
      example: z.string(),
      suggested: z.string().describe("Out of the contact; empty: nothing fits."),
    }),
  ),
  price: amount.nullable().describe("What one to this person costs now; null: there is no price."),
  refusal: z
    .object({ code: z.string(), detail: z.string() })
    .nullable()
    .describe(
      "Why it would be refused now: opted out, limit, balance, guard; null: nothing is known against it.",
    ),
});
export const pickerAnswer = z.object({
  currency: z.string(),
  balance: amount.nullable().describe("Null for whoever may not see the wallet."),
  window_expires_at: momentOrNull,
  items: z.array(pickerTemplate),
});
