import { z } from "zod";
import { id } from "../admin-fields.ts";
import { momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";

/* Contacts of `/v1`: people, and what they are reached by. */

/** Numbers of one contact. */
export const CONTACT_MOBILES_MAX = 10;

const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u;

/** A text that people typed: no control characters, no half characters. */
const words = (max: number) =>
  z.string().min(1).max(max).regex(PRINTABLE, "must have no control characters");

/** A number that a contact may have, wherever it is. */
export const contactMobile = z
  .string()
  .regex(/^[1-9][0-9]{5,14}$/u, "must be 6 to 15 digits, country code first, without +");

/** WhatsApp's business-scoped id of somebody who may hide the number. */
export const userId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/u, "must be printable ASCII without blanks");

const name = words(200).nullable();
const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}$/u, "must be a language such as es or es_CO")
  .nullable();
const fieldKey = words(64).refine((key) => key !== "__proto__", "is not a key");
const fieldValue = z.union([
  z.string().max(1_000).regex(PRINTABLE, "must have no control characters"),
  z.number(),
  z.boolean(),
]);
const labels = z.array(words(50)).max(20);
const mobiles = z.array(contactMobile).max(CONTACT_MOBILES_MAX);

/** What a contact is reached by. */
export const address = z.object({
  kind: z.enum(["phone", "whatsapp-user-id"]),
  value: z.string(),
  confirmed: z.boolean().describe("WhatsApp itself names the person so."),
});

/** A person as the account knows it. */
export const contact = z
  .object({
    id,
    mobile: z
      .string()
      .nullable()
      .describe(
        "The number to write to: the one that WhatsApp uses, else the oldest; null: hidden.",
      ),
    addresses: z.array(address),
    name: z.string().nullable().describe("As the account calls the person."),
    profile_name: z.string().nullable().describe("As the person calls itself on WhatsApp."),
    language: z.string().nullable(),
    custom_fields: z.record(z.string(), fieldValue),
    labels: z.array(z.string()),
    merged_into: id.nullable().describe("The contact that it is part of now."),
    erased_at: momentOrNull,
    created_at: momentOut,
    updated_at: momentOut,
  })
  .meta({ id: "Contact" });
export const contactPage = pageOf(contact).meta({ id: "ContactPage" });

/** A contact to make; whoever writes to a number of the account becomes one by itself. */
export const newContact = z
  .strictObject({
    mobiles: mobiles.min(1),
    name: name.optional(),
    language: language.optional(),
    custom_fields: z.record(fieldKey, fieldValue).optional(),
    labels: labels.optional(),
  })
  .meta({ id: "NewContact" });

/** What to change; what is absent stays, and null empties. */
export const contactChange = z
  .strictObject({
    mobiles: mobiles.optional().describe("All of its numbers from now on."),
    name: name.optional(),
    language: language.optional(),
    custom_fields: z
      .record(fieldKey, fieldValue.nullable())
      .optional()
      .describe("By key: null takes one away, those not named stay."),
    labels: labels.optional().describe("All of them from now on."),
  })
  .meta({ id: "ContactChange" });

/** Which contacts to list; what is absent does not matter. */
export const contactQuery = pageQuery.extend({
  search: words(100)
    .optional()
    .describe("A part of a name, whatever its case and accents, or at least 3 digits of a number."),
  mobile: contactMobile.optional().describe("The one contact that has this number."),
  user_id: userId.optional().describe("The one contact that has this id of WhatsApp's."),
  label: words(50).optional(),
});

/** Which contact becomes part of the one in the address. */
export const contactMerge = z.strictObject({ contact_id: id }).meta({ id: "ContactMerge" });
