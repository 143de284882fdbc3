import type { MessageContent as CarriedContent } from "@recado/contract/v1/message-content";
import type { InboundMedia } from "../../domain/inbound.ts";
import { readCard } from "./read-card.ts";
import { readInteractive } from "./read-choice.ts";
import { numberOf, shortTextOf } from "./short-text.ts";
import { type JsonRecord, listOf, recordOf, textOf } from "./untrusted-json.ts";

/** What a person said, of any type. */
export interface MessageContent {
  /** What a reader would see; "" if nothing. */
  text: string;
  media?: InboundMedia;
  /** The message that it is about, where the type itself names it; otherwise the context counts. */
  target?: string | null;
  /** What it carries besides. */
  content?: CarriedContent;
}

/** Reads the object that bears the type's name; null when there is nothing to read. */
type MessageReader = (value: unknown) => MessageContent | null;

/** Most cards of one message (fact sheet §1.4 says 257), and most products of one order. */
const PARTS_MAX = 300;

/** Types of persons' messages and how each is read (fact sheet §3.4). */
export const MESSAGE_READERS: Readonly<Record<string, MessageReader>> = {
  text: (value) => fromRecord(value, (text) => ({ text: textOf(text.body) ?? "" })),
  image: (value) => readMedia("image", value),
  video: (value) => readMedia("video", value),
  audio: (value) => readMedia("audio", value),
  document: (value) => readMedia("document", value),
  sticker: (value) => readMedia("sticker", value),
  location: (value) => fromRecord(value, readLocation),
  contacts: readContacts,
  reaction: (value) => fromRecord(value, readReaction),
  interactive: (value) => fromRecord(value, readInteractive),
  button: (value) => fromRecord(value, readButton),
  order: (value) => fromRecord(value, readOrder),
  // A poll, say: the person wrote, so it counts, although it cannot be shown.
  unsupported: (value) => ({ text: "", content: { problem: readUnsupported(value) } }),
};

/** A place, told as text too. A place without coordinates is its words alone. */
export function readLocation(place: JsonRecord): MessageContent {
  const [latitude, longitude] = [numberOf(place.latitude), numberOf(place.longitude)];
  const name = shortTextOf(place.name);
  const address = shortTextOf(place.address);
  const where = [textOf(place.latitude), textOf(place.longitude)].filter(Boolean).join(", ");
  const text = [name, address, where].filter(Boolean).join("\n");
  if (latitude === null || longitude === null) return { text };
  const location = { latitude, longitude, name, address, url: shortTextOf(place.url) };
  return { text, content: { location } };
}

/** Cards, told as text too. */
export function readContacts(value: unknown): MessageContent {
  const contacts = listOf(value)
    .slice(0, PARTS_MAX)
    .map(readCard)
    .filter((card) => card !== null);
  const lines = contacts.map(({ name, phones }) =>
    [name, ...phones.map(({ phone }) => phone)].filter(Boolean).join(" "),
  );
  const text = lines.filter(Boolean).join("\n");
  return contacts.length === 0 ? { text } : { text, content: { contacts } };
}

function fromRecord(
  value: unknown,
  read: (record: JsonRecord) => MessageContent | null,
): MessageContent | null {
  const record = recordOf(value);
  return record === null ? null : read(record);
}

/** A file that WhatsApp could not take (over 100 MB, §2.2 131052) comes without its id. */
function readMedia(kind: InboundMedia["kind"], value: unknown): MessageContent | null {
  const media = recordOf(value);
  if (media === null) return { text: "" };
  const caption = textOf(media.caption);
  const [voice, animated] = [media.voice === true, media.animated === true];
  const flags = voice || animated ? { content: { media: { voice, animated } } } : {};
  const providerMediaId = textOf(media.id);
  if (providerMediaId === null) return { text: caption ?? "", ...flags };
  const mime = textOf(media.mime_type) ?? "application/octet-stream";
  const name = textOf(media.filename);
  const file = { kind, providerMediaId, mime, name, caption, sha256: textOf(media.sha256) };
  return { text: caption ?? "", media: file, ...flags };
}

/** A reaction taken back has no emoji. */
function readReaction(reaction: JsonRecord): MessageContent {
  const emoji = shortTextOf(reaction.emoji) ?? "";
  const target = textOf(reaction.message_id);
  if (target === null) return { text: emoji, target };
  const about = { message_id: null, whatsapp_id: target };
  return {
    text: emoji,
    target,
    content: { reaction: { ...about, emoji, removed: emoji === "" } },
  };
}

/** A tap on a template's button: worth a word only where the sender gave it another payload than its label. */
function readButton(button: JsonRecord): MessageContent {
  const title = textOf(button.text);
  const id = shortTextOf(button.payload);
  const text = title ?? id ?? "";
  if (id === null || id === title) return { text };
  const choice = { from: "template_button" as const, id, title, description: null, form: null };
  return { text, content: { choice } };
}

function readOrder(order: JsonRecord): MessageContent {
  const items = listOf(order.product_items)
    .slice(0, PARTS_MAX)
    .map((item) => {
      const product = recordOf(item);
      return {
        product_id: shortTextOf(product?.product_retailer_id) ?? "?",
        quantity: numberOf(product?.quantity) ?? 1,
        price: shortTextOf(product?.item_price),
        currency: shortTextOf(product?.currency),
      };
    });
  const note = textOf(order.text);
  const lines = items.map(({ quantity, product_id }) => `${quantity} × ${product_id}`);
  const text = [note, ...lines].filter(Boolean).join("\n");
  return { text, content: { order: { catalog_id: shortTextOf(order.catalog_id), note, items } } };
}

function readUnsupported(value: unknown) {
  return { code: null, reason: null, type: shortTextOf(recordOf(value)?.type) };
}
