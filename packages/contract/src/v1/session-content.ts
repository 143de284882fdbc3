import { z } from "zod";
import { id } from "../admin-fields.ts";

/*
 * What `/v1` sends inside the 24-hour window besides text and files. The limits are WhatsApp's (Cloud API, "Interactive
 * reply buttons", "Interactive list", "Interactive call-to-action URL button", "Location request"): what passes here is
 * not refused there for its size. Characters are counted as people do, an emoji of one code point being one.
 */

/** A text of 1 to `max` characters that is not blank. */
function line(max: number) {
  return text(max).refine((value) => value.trim() !== "", "must not be blank");
}

/** A text of at most `max` characters. */
function text(max: number) {
  return z
    .string()
    .superRefine((value, context) => {
      const { length } = [...value];
      if (length <= max) return;
      context.addIssue({ code: "custom", message: `may have ${max} characters and has ${length}` });
    })
    .refine(isStorable, "holds the character NUL or half a character")
    .meta({ maxLength: max });
}

/** What comes back with a reply. WhatsApp takes none that begins or ends with a blank (OpenAPI v23, `ActionObject`). */
function replyId(max: number) {
  return line(max).refine((value) => value.trim() === value, "must not begin or end with a blank");
}

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

const header = line(60).optional().describe("Above the text; or a file in `media`, not both.");
const body = line(1_024);
const footer = line(60).optional();

const replyButton = z.strictObject({
  id: replyId(256).describe("Comes back with the person's reply."),
  title: line(20),
});

const replyButtons = z.strictObject({
  type: z.literal("buttons"),
  ...{ header, body, footer },
  buttons: z
    .array(replyButton)
    .min(1)
    .max(3)
    .superRefine(refuseTwins("id", (button) => button.id))
    .superRefine(refuseTwins("title", (button) => button.title)),
});

const listRow = z.strictObject({
  id: replyId(200).describe("Comes back with the person's reply."),
  title: line(24),
  description: line(72).optional(),
});

const listSection = z.strictObject({
  title: line(24).optional().describe("Needed when there is more than one section."),
  rows: z.array(listRow).min(1).max(10),
});

const list = z.strictObject({
  type: z.literal("list"),
  ...{ header, body, footer },
  button: line(20).describe("Opens the list."),
  sections: z.array(listSection).min(1).max(10).superRefine(checkSections),
});

const link = z.strictObject({
  type: z.literal("link"),
  ...{ header, body, footer },
  button: line(20),
  url: z
    .string()
    .max(2_000)
    .refine(isWebAddress, "must be an http or https address without user and password"),
});

const locationRequest = z.strictObject({ type: z.literal("location_request"), body });

/** What {@link Interactive} is made of. */
export const anyInteractive = z.discriminatedUnion("type", [
  replyButtons,
  list,
  link,
  locationRequest,
]);
/** Buttons, a list, a link or the question where somebody is. */
export type Interactive = z.output<typeof anyInteractive>;

const anyPlace = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: line(256).optional(),
  address: line(512).optional().describe("Shown only beside a name."),
});
/** A place on the map. */
export type Place = z.output<typeof anyPlace>;

const word = line(40).optional();

const cardPhone = z.strictObject({
  phone: line(40),
  type: word.describe("HOME, WORK, CELL or a word of yours."),
  mobile: z
    .string()
    .regex(/^[1-9][0-9]{5,14}$/u, "must be 6 to 15 digits")
    .optional()
    .describe("The same number as WhatsApp has it; without it the card invites instead."),
});
const cardEmail = z.strictObject({ email: line(254), type: word });

const anyCard = z.strictObject({
  name: line(256).describe("As it is shown."),
  first_name: line(256).optional(),
  last_name: line(256).optional(),
  phones: z.array(cardPhone).max(20).optional(),
  emails: z.array(cardEmail).max(20).optional(),
  organization: line(256).optional(),
  title: line(256).optional(),
});
/** A contact card. */
export type NewContactCard = z.output<typeof anyCard>;

const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)$/v;

const anyReaction = z.strictObject({
  message_id: id,
  emoji: z
    .string()
    .max(40)
    .refine((value) => value === "" || EMOJI.test(value), "must be one emoji, or empty")
    .describe("Empty takes the reaction back."),
});
/** A reaction to a message that you or the person sent. */
export type Reaction = z.output<typeof anyReaction>;

const anyPayload = z.strictObject({
  button: z.number().int().min(0).max(9).describe("Its place among all buttons, from 0."),
  payload: line(256),
});
/** What a quick-reply button of a template brings back instead of its label. */
export type ButtonPayload = z.output<typeof anyPayload>;

/** One {@link ButtonPayload} for each button that has one. */
export const anyPayloads = z
  .array(anyPayload)
  .max(10)
  .superRefine(refuseTwins("button", ({ button }) => String(button)));

/** Fields of a message besides those of texts, files and templates. */
export const sessionFields = {
  interactive: anyInteractive
    .meta({ id: "Interactive" })
    .optional()
    .describe("Buttons, a list, a link or a request for a location; inside the 24-hour window."),
  location: anyPlace
    .meta({ id: "Place" })
    .optional()
    .describe("A place; with a template, what its location header shows (name and address too)."),
  contact: anyCard.meta({ id: "NewContactCard" }).optional().describe("A contact card."),
  reaction: anyReaction
    .meta({ id: "Reaction" })
    .optional()
    .describe("An emoji on an earlier message."),
  reply_to: id
    .optional()
    .describe("The message, yours or the person's, that this one quotes; not with a template."),
  button_payloads: anyPayloads
    .optional()
    .describe("With a template: what its quick-reply buttons bring back."),
};

type Refine<Value> = (value: Value, context: z.RefinementCtx<Value>) => void;

/** Refuses that two items have the same `key`, and names the second. */
function refuseTwins<Item>(key: string, keyOf: (item: Item) => string): Refine<Item[]> {
  return (items, context) => {
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      if (seen.has(keyOf(item))) {
        context.addIssue({ code: "custom", path: [index, key], message: "is there twice" });
      }
      seen.add(keyOf(item));
    }
  };
}

function checkSections(
  sections: z.output<typeof listSection>[],
  context: z.RefinementCtx<z.output<typeof listSection>[]>,
): void {
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count > 10) {
    const message = `may have 10 rows in all sections together and has ${count}`;
    context.addIssue({ code: "custom", message });
  }
  const seen = new Set<string>();
  for (const [index, { title, rows }] of sections.entries()) {
    if (sections.length > 1 && title === undefined) {
      const message = "is needed when there is more than one section";
      context.addIssue({ code: "custom", path: [index, "title"], message });
    }
    for (const [at, row] of rows.entries()) {
      if (seen.has(row.id)) {
        const message = "is there twice";
        context.addIssue({ code: "custom", path: [index, "rows", at, "id"], message });
      }
      seen.add(row.id);
    }
  }
}

function isWebAddress(value: string): boolean {
  const url = /^https?:\/\//iu.test(value) && isStorable(value) ? URL.parse(value) : null;
  return url !== null && url.username === "" && url.password === "";
}
