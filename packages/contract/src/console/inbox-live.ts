import { z } from "zod";
import { id } from "../admin-fields.ts";
import { momentOut } from "../v1/fields.ts";
import { conversationRow, seq } from "./inbox.ts";
import { threadItem } from "./inbox-thread.ts";

/*
 * What comes through `GET /console/api/live?after=<seq>` (or `Last-Event-ID`), server-sent events:
 *
 * - `change` (its id is `seq`): something happened; the fresh state of what it concerns. One happening may bring several
 *   changes with the same `seq`; only the last of them carries the id, so that a resumed stream repeats rather than misses.
 * - `presence` (no id): who looks, types, composes, and who is here.
 * - `counts` (no id): `InboxCounts`, the numbers of the left column, at most once a second and only when they changed.
 * - `beat` (no id): every 10 seconds, the newest `seq`; all changes up to it have been sent.
 * - `reset` (no id): too much was missed, data were erased, contacts merged, or a team or label was deleted: load everything again.
 */

/** Seconds between two beats; a client that heard nothing for three of them connects again. */
export const BEAT_EVERY_S = 10;

/** What is fresh after something happened. */
export const liveChange = z
  .object({
    seq,
    at: momentOut,
    kind: z
      .string()
      .describe(
        "accepted, sent, delivered, read, failed, reply, conversation.assigned, note.added, …; catalogue.changed: load the state again.",
      ),
    conversation_id: id.nullable(),
    message_id: id.nullable().describe("The item of the thread that is new or changed."),
    conversation: conversationRow
      .nullable()
      .describe("Replaces the row when its version is greater."),
    message: threadItem
      .nullable()
      .describe("Replaces the item of the thread when its version is greater, or is added."),
    by: id.nullable().describe("Who of us did it."),
    mentions: z.array(id).describe("Who is mentioned in it."),
  })
  .meta({ id: "LiveChange" });
/** See {@link liveChange}. */
export type LiveChange = z.output<typeof liveChange>;

/** What somebody does in a conversation at this moment. */
export const PRESENCE_DOING = ["looking", "typing", "noting"] as const;

/** Who is in a conversation now. */
export const conversationPresence = z.object({
  conversation_id: id,
  people: z.array(z.object({ user_id: id, doing: z.enum(PRESENCE_DOING) })),
  composer: z
    .object({ user_id: id, since: momentOut })
    .nullable()
    .describe("Who writes to the person; others may look, or take over."),
});

/** Who is where. */
export const livePresence = z
  .object({
    complete: z
      .boolean()
      .describe("True: nobody is where it does not say. False: only what is named has changed."),
    here: z.array(id).nullable().describe("Everybody who has the console open; null: as before."),
    conversations: z.array(conversationPresence).describe("One with nobody: everybody left."),
  })
  .meta({ id: "LivePresence" });
/** See {@link livePresence}. */
export type LivePresence = z.output<typeof livePresence>;

/** The stream lives. */
export const liveBeat = z.object({ seq, at: momentOut });
/** See {@link liveBeat}. */
export type LiveBeat = z.output<typeof liveBeat>;

/** Load everything again. */
export const liveReset = z.object({
  seq,
  why: z.enum(["too_old", "ahead", "erased", "merged", "catalogue"]),
});
/** See {@link liveReset}. */
export type LiveReset = z.output<typeof liveReset>;

/** Where to go on, and who listens. */
export const liveQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("Absent: only what is to come."),
  client: id.describe("Made by the page when it opens: one for each tab."),
  person: id
    .optional()
    .describe("Whose page it is: refused when somebody else has signed in meanwhile."),
});
