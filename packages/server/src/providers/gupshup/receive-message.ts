import type { InboundItem, InboundMedia } from "../../domain/inbound.ts";
import { type MessageContent, readContacts, readLocation } from "../cloud-wire/message-readers.ts";
import { readSurroundings } from "../cloud-wire/read-surroundings.ts";
import { digitsOf } from "../cloud-wire/receive-phone.ts";
import { readTime } from "../cloud-wire/receive-time.ts";
import { unsupported } from "../cloud-wire/receive-unsupported.ts";
import { shortTextOf } from "../cloud-wire/short-text.ts";
import { type JsonRecord, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { AppEvent } from "./app-event.ts";

/** What a person said, by WhatsApp's own word for the kind. */
type SaidContent = MessageContent & { type: string };
type InnerReader = (inner: JsonRecord) => SaidContent | null;

/** Gupshup's kinds of persons' messages and how each is read (fact sheet §4.9). */
export const INNER_READERS: Readonly<Record<string, InnerReader>> = {
  // The tap on a template's button comes under either name; the inner `type` tells.
  text: (inner) =>
    inner.type === "button"
      ? readTemplateButton(inner)
      : { type: "text", text: textOf(inner.text) ?? "" },
  quick_reply: readTemplateButton,
  button_reply: (inner) => readChoice("button", inner),
  list_reply: (inner) => readChoice("list", inner),
  image: (inner) => readMedia("image", inner),
  video: (inner) => readMedia("video", inner),
  audio: (inner) => readMedia("audio", inner),
  file: (inner) => readMedia("document", inner),
  sticker: (inner) => readMedia("sticker", inner),
  location: (inner) => ({ type: "location", ...readLocation(inner) }),
  contact: (inner) => ({ type: "contacts", ...readContacts(inner.contacts) }),
  reaction: readReaction,
};

/** Reads a `message`: what a person wrote to the number. */
export function readMessage({ app, payload, timestamp }: AppEvent): InboundItem {
  const kind = textOf(payload.type) ?? "";
  const read = Object.hasOwn(INNER_READERS, kind) ? INNER_READERS[kind] : undefined;
  if (read === undefined) return unsupported(`message type ${kind}`);
  const providerMessageId = textOf(payload.id);
  const at = readTime(timestamp);
  if (providerMessageId === null || at === null) return unsupported("message without id or time");
  const inner = recordOf(payload.payload);
  const content = inner === null ? null : read(inner);
  if (content === null) return unsupported(`message of type ${kind} without its content`);
  const sender = recordOf(payload.sender);
  const context = recordOf(payload.context);
  const referral = payload.referral ?? inner?.referral;
  const found = { ...content.content, ...readSurroundings({ context: payload.context, referral }) };
  return {
    kind: "message",
    numberId: app,
    providerMessageId,
    from: digitsOf(payload.source) ?? digitsOf(sender?.phone),
    userId: shortTextOf(payload.userid) ?? shortTextOf(sender?.userid),
    profileName: textOf(sender?.name),
    at,
    type: content.type,
    text: content.text,
    media: content.media ?? null,
    // The id under which we sent it comes first; WhatsApp's own is for what we did not send.
    replyTo: content.target ?? textOf(context?.gsId) ?? textOf(context?.id),
    ...(Object.keys(found).length > 0 ? { content: found } : {}),
  };
}

/** A file's address serves as its id: it is all that is needed to fetch it. */
function readMedia(kind: InboundMedia["kind"], inner: JsonRecord): SaidContent {
  const caption = textOf(inner.caption);
  const url = textOf(inner.url);
  const text = caption ?? "";
  if (url === null) return { type: kind, text };
  const mime =
    textOf(inner.contentType) ?? textOf(inner["content-type"]) ?? "application/octet-stream";
  const name = textOf(inner.name);
  return {
    type: kind,
    text,
    media: { kind, providerMediaId: url, mime, name, caption, sha256: null },
  };
}

/** A tap on a template's button: worth a word only where the sender gave it another text than its label. */
function readTemplateButton(inner: JsonRecord): SaidContent {
  const title = textOf(inner.text) ?? textOf(inner.title);
  const id = shortTextOf(inner.postbackText);
  const said = { type: "button", text: title ?? id ?? "" };
  if (id === null || id === title) return said;
  const choice = { from: "template_button" as const, id, title, description: null, form: null };
  return { ...said, content: { choice } };
}

/** `postbackText` is what the sender gave the option; `id` is the sent message's own `msgid`. */
function readChoice(from: "button" | "list", inner: JsonRecord): SaidContent {
  const title = shortTextOf(inner.title);
  const id = shortTextOf(inner.postbackText) ?? shortTextOf(inner.id);
  const description = shortTextOf(inner.description);
  const choice = { from, id, title, description, form: null };
  return { type: "interactive", text: title ?? "", content: { choice } };
}

function readReaction(inner: JsonRecord): SaidContent {
  const emoji = shortTextOf(inner.emoji) ?? "";
  const target = textOf(inner.gsId) ?? textOf(inner.id);
  const said = { type: "reaction", text: emoji, target };
  if (target === null) return said;
  const about = { message_id: null, whatsapp_id: target };
  return { ...said, content: { reaction: { ...about, emoji, removed: emoji === "" } } };
}
