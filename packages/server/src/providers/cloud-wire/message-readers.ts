import type { InboundMedia } from "../../domain/inbound.ts";
import { type JsonRecord, listOf, recordOf, textOf } from "./untrusted-json.ts";

/** What a person said, of any type. */
export interface MessageContent {
  /** What a reader would see; "" if nothing. */
  text: string;
  media?: InboundMedia;
  /** The message that it is about, where the type itself names it; otherwise the context counts. */
  target?: string | null;
}

/** Reads the object that bears the type's name; null when there is nothing to read. */
type MessageReader = (value: unknown) => MessageContent | null;

/** Types of persons' messages and how each is read (fact sheet §3.4). */
export const MESSAGE_READERS: Readonly<Record<string, MessageReader>> = {
  text: (value) => fromRecord(value, (text) => ({ text: textOf(text.body) ?? "" })),
  image: (value) => readMedia("image", value),
  video: (value) => readMedia("video", value),
  audio: (value) => readMedia("audio", value),
  document: (value) => readMedia("document", value),
  sticker: (value) => readMedia("sticker", value),
  location: (value) => fromRecord(value, readLocation),
  contacts: (value) => ({ text: listOf(value).map(formatContact).filter(Boolean).join("\n") }),
  // A reaction taken back has no emoji.
  reaction: (value) =>
    fromRecord(value, (reaction) => ({
      text: textOf(reaction.emoji) ?? "",
      target: textOf(reaction.message_id),
    })),
  interactive: (value) => fromRecord(value, readInteractive),
  button: (value) =>
    fromRecord(value, (button) => ({ text: textOf(button.text) ?? textOf(button.payload) ?? "" })),
  order: (value) => fromRecord(value, readOrder),
  edit: (value) => fromRecord(value, readEdit),
  // A poll, say: the person wrote, so it counts, although it cannot be shown.
  unsupported: () => ({ text: "" }),
};

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
  const providerMediaId = textOf(media.id);
  if (providerMediaId === null) return { text: caption ?? "" };
  const mime = textOf(media.mime_type) ?? "application/octet-stream";
  const name = textOf(media.filename);
  const file = { kind, providerMediaId, mime, name, caption, sha256: textOf(media.sha256) };
  return { text: caption ?? "", media: file };
}

function readLocation(place: JsonRecord): MessageContent {
  const where = [textOf(place.latitude), textOf(place.longitude)].filter(Boolean).join(", ");
  return { text: [textOf(place.name), textOf(place.address), where].filter(Boolean).join("\n") };
}

function formatContact(value: unknown): string {
  const contact = recordOf(value);
  const phones = listOf(contact?.phones).map((phone) => textOf(recordOf(phone)?.phone));
  return [textOf(recordOf(contact?.name)?.formatted_name), ...phones].filter(Boolean).join(" ");
}

function readInteractive(interactive: JsonRecord): MessageContent | null {
  const type = textOf(interactive.type) ?? "";
  const reply = Object.hasOwn(interactive, type) ? recordOf(interactive[type]) : null;
  if (reply === null) return null;
  return { text: textOf(reply.title) ?? textOf(reply.body) ?? textOf(reply.response) ?? "" };
}

function readOrder(order: JsonRecord): MessageContent {
  const lines = listOf(order.product_items).map((item) => {
    const product = recordOf(item);
    return `${textOf(product?.quantity) ?? "1"} × ${textOf(product?.product_retailer_id) ?? "?"}`;
  });
  return { text: [textOf(order.text), ...lines].filter(Boolean).join("\n") };
}

/** The new words of a message that was changed; the number's own app only (coexistence). */
function readEdit(edit: JsonRecord): MessageContent {
  const message = recordOf(edit.message);
  const type = textOf(message?.type) ?? "";
  const inner = message !== null && Object.hasOwn(message, type) ? recordOf(message[type]) : null;
  return {
    text: textOf(inner?.body) ?? textOf(inner?.caption) ?? "",
    target: textOf(edit.original_message_id),
  };
}
