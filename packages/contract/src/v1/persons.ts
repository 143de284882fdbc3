import { z } from "zod";
import { id } from "../admin-fields.ts";
import { contact, contactMobile, userId } from "./contacts.ts";
import { conversation } from "./conversations.ts";
import { momentOrNull, momentOut } from "./fields.ts";
import { message } from "./messages.ts";

/* One person's data: given out whole, and erased. Works for people who are no contact, too: whoever was only written to. */

/** Who: by number, by WhatsApp's id, or by contact; exactly one. */
const who = {
  mobile: contactMobile.optional(),
  user_id: userId.optional(),
  contact_id: id.optional(),
};

/** Exactly one way to say who is meant. */
export const personQuery = z.strictObject(who);

/** Exactly one way to say who is meant. */
export const personChoice = z.strictObject(who).meta({ id: "PersonChoice" });

/** An erasure and how far it has come. */
export const erasure = z
  .object({
    id,
    state: z.enum(["running", "done"]),
    requested_at: momentOut,
    finished_at: momentOrNull,
    erased: z
      .record(z.string(), z.number())
      .describe("How many rows of what: messages, files, deliveries, posts."),
  })
  .meta({ id: "Erasure" });

/** A file of a message. */
const file = z.object({
  message_id: id,
  name: z.string(),
  mime: z.string(),
  bytes: z.number().nullable(),
  url: z.string().nullable().describe("Valid for 30 days; null: the file is not kept here."),
});

/** Everything that an account has about one person. */
export const personDocument = z
  .object({
    exported_at: momentOut,
    addresses: z.array(z.string()),
    contacts: z.array(contact).describe("With those that were merged."),
    conversations: z.array(conversation),
    messages: z.array(message),
    files: z.array(file),
    events: z.array(
      z.object({
        seq: z.string(),
        kind: z.string(),
        at: momentOut,
        message_id: id.nullable(),
        data: z.unknown(),
      }),
    ),
  })
  .meta({ id: "PersonDocument" });
