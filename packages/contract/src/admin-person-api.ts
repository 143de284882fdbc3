import { z } from "zod";
import { id, momentOrNull } from "./admin-fields.ts";
import { contactMobile, userId } from "./v1/contacts.ts";

/* The administration API, third part: one person's data. */

/** Who is meant; exactly one of the three. */
export const personChoice = z.strictObject({
  mobile: contactMobile.optional(),
  userId: userId.optional(),
  contactId: id.optional(),
});

/** The document that `/v1` calls `PersonDocument`, which describes it in full. */
export const personDocument = z.looseObject({
  addresses: z.array(z.string()),
  contacts: z.array(z.unknown()),
  conversations: z.array(z.unknown()),
  messages: z.array(z.unknown()),
  files: z.array(z.unknown()),
  events: z.array(z.unknown()),
});

/** An erasure and how far it has come; `erased`: how many rows of what. */
export const erasure = z.object({
  id,
  accountId: id,
  state: z.enum(["running", "done"]),
  requestedAt: z.string(),
  finishedAt: momentOrNull,
  erased: z.record(z.string(), z.number()),
});
