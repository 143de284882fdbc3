import { z } from "zod";
import { id } from "../admin-fields.ts";
import { momentOut } from "./fields.ts";
import { anyInteractive, anyPayloads } from "./session-content.ts";

/*
 * What a message carries besides its text, file and variables, whoever wrote it: one member for each thing, absent where
 * there is none, and of one shape in both directions. `/v1` shows it as `content`, and webhooks carry it for the kinds
 * that text cannot say.
 */

const maybe = z.string().nullable();

/** A place. */
export const locationContent = z
  .object({
    latitude: z.number(),
    longitude: z.number(),
    name: maybe,
    address: maybe,
    url: maybe,
  })
  .meta({ id: "LocationContent" });

/** A card out of a person's address book. */
export const contactCard = z
  .object({
    name: z.string(),
    first_name: maybe,
    last_name: maybe,
    phones: z.array(z.object({ phone: z.string(), type: maybe, mobile: maybe })),
    emails: z.array(z.object({ email: z.string(), type: maybe })),
    organization: maybe,
    title: maybe,
    birthday: maybe,
  })
  .meta({ id: "ContactCard" });

/** Another message that this one is about: our id where it is one of ours, and the provider's. */
const target = { message_id: id.nullable(), whatsapp_id: z.string() };

/** What a person pressed, picked or filled in. */
export const choiceContent = z
  .object({
    from: z.enum(["template_button", "button", "list", "flow", "other"]),
    id: maybe.describe("What the sender gave the button or row; null where it gave nothing."),
    title: maybe,
    description: maybe,
    form: z.unknown().describe("What was filled in, for `flow`; null otherwise."),
  })
  .meta({ id: "ChoiceContent" });

/** An order out of a catalogue. */
export const orderContent = z
  .object({
    catalog_id: maybe,
    note: maybe,
    items: z.array(
      z.object({
        product_id: z.string(),
        quantity: z.number(),
        price: maybe.describe("Of one, as WhatsApp says it."),
        currency: maybe,
      }),
    ),
  })
  .meta({ id: "OrderContent" });

/** The advertisement or post that led the person here. */
export const referralContent = z
  .object({
    source_type: maybe,
    source_id: maybe,
    source_url: maybe,
    headline: maybe,
    body: maybe,
    media_type: maybe,
    media_url: maybe,
    click_id: maybe.describe("`ctwa_clid`."),
  })
  .meta({ id: "ReferralContent" });

/** What WhatsApp tells about a person. */
export const systemContent = z
  .object({
    type: z.enum(["number_changed", "user_id_changed", "identity_changed", "other"]),
    name: z.string().describe("WhatsApp's own word for it."),
    mobile_before: maybe,
    mobile: maybe,
    user_id_before: maybe,
    user_id: maybe,
  })
  .meta({ id: "SystemContent" });

/** Everything that a message may carry. */
export const messageContent = z
  .object({
    location: locationContent,
    contacts: z.array(contactCard),
    reaction: z.object({
      ...target,
      emoji: z.string().describe('"" when it was taken back.'),
      removed: z.boolean(),
    }),
    interactive: anyInteractive
      .meta({ id: "InteractiveContent" })
      .describe("Buttons, a list, a link or a question, as you sent them."),
    button_payloads: anyPayloads.describe("What the template's quick-reply buttons bring back."),
    choice: choiceContent,
    order: orderContent,
    product: z
      .object({ catalog_id: maybe, product_id: maybe })
      .describe("The product that the person asks about."),
    media: z
      .object({ voice: z.boolean(), animated: z.boolean() })
      .describe("A voice note; a sticker that moves."),
    referral: referralContent,
    quote: z.object(target).describe("The message that it answers."),
    forwarded: z.enum(["once", "often"]),
    system: systemContent,
    edit: z.object({ ...target, before: maybe }).describe("Words that replace those of a message."),
    deletion: z.object(target).describe("A message that the person took back."),
    problem: z
      .object({ code: maybe, reason: maybe, type: maybe })
      .describe("What WhatsApp could not hand over, and why."),
    versions: z
      .array(z.object({ at: momentOut, text: z.string() }))
      .describe("How its words were, oldest first; the last is the text of today."),
    deleted_at: momentOut.describe("When the person took it back."),
  })
  .partial()
  .meta({ id: "MessageContent" });

/** {@link messageContent}, read. */
export type MessageContent = z.infer<typeof messageContent>;

/** The file of a person's message: fetched from WhatsApp soon after it came. */
export const inboundFile = z
  .object({
    kind: z.string(),
    mime: z.string(),
    name: maybe,
    bytes: z.number().nullable(),
    sha256: maybe.describe("Hex; null until it is here."),
    state: z.enum(["waiting", "stored", "failed"]),
    error: maybe.describe("Why it cannot be had."),
    url: maybe.describe("Where to fetch it; the link lives 30 days."),
  })
  .meta({ id: "InboundFile" });
