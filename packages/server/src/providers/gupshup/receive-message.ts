import type { InboundItem, InboundMedia } from "../../domain/inbound.ts";
import { MESSAGE_READERS, type MessageContent } from "../cloud-wire/message-readers.ts";
import { readTime } from "../cloud-wire/receive-time.ts";
import { unsupported } from "../cloud-wire/receive-unsupported.ts";
import { type JsonRecord, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { AppEvent } from "./app-event.ts";

/** What a person said, by WhatsApp's own word for the kind. */
type SaidContent = MessageContent & { type: string };
type InnerReader = (inner: JsonRecord) => SaidContent | null;

/** Gupshup's kinds of persons' messages and how each is read (fact sheet §4.9). */
export const INNER_READERS: Readonly<Record<string, InnerReader>> = {
  // The tap on a template's button comes under either name; the inner `type` tells.
  text: (inner) => ({
    type: inner.type === "button" ? "button" : "text",
    text: textOf(inner.text) ?? "",
  }),
  quick_reply: (inner) => ({
    type: "button",
    text: textOf(inner.text) ?? textOf(inner.title) ?? textOf(inner.postbackText) ?? "",
  }),
  button_reply: (inner) => ({ type: "interactive", text: textOf(inner.title) ?? "" }),
  list_reply: (inner) => ({ type: "interactive", text: textOf(inner.title) ?? "" }),
  image: (inner) => readMedia("image", inner),
  video: (inner) => readMedia("video", inner),
  audio: (inner) => readMedia("audio", inner),
  file: (inner) => readMedia("document", inner),
  sticker: (inner) => readMedia("sticker", inner),
  location: (inner) => asMeta("location", inner),
  contact: (inner) => asMeta("contacts", inner.contacts),
  reaction: (inner) => ({
    type: "reaction",
    text: textOf(inner.emoji) ?? "",
    target: textOf(inner.gsId) ?? textOf(inner.id),
  }),
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
  return {
    kind: "message",
    numberId: app,
    providerMessageId,
    from: digitsOf(payload.source) ?? digitsOf(sender?.phone),
    userId: null,
    profileName: textOf(sender?.name),
    at,
    type: content.type,
    text: content.text,
    media: content.media ?? null,
    // The id under which we sent it comes first; WhatsApp's own is for what we did not send.
    replyTo: content.target ?? textOf(context?.gsId) ?? textOf(context?.id),
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

function asMeta(type: "location" | "contacts", value: unknown): SaidContent | null {
  const content = MESSAGE_READERS[type]?.(value) ?? null;
  return content && { type, ...content };
}

function digitsOf(value: unknown): string | null {
  const digits = textOf(value)?.replace(/[^\d]/gu, "") ?? "";
  return digits.length >= 5 && digits.length <= 20 ? digits : null;
}
