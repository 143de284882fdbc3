import type { OutgoingContent, OutgoingMedia } from "../../domain/outgoing.ts";
import type { ChannelAccess } from "../provider.ts";
import { formatContact, formatInteractive, formatPlace } from "./session-form.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;
type SessionContent = Exclude<OutgoingContent, { type: "template" | "reaction" }>;
type MediaContent = Extract<OutgoingContent, { type: "media" }>;

/** One message, as the forms want it. */
export interface SendFormInput {
  channel: Pick<ChannelAccess, "officialNumber" | "numberId">;
  /** Digits, country code first, without `+`. */
  to: string;
  content: OutgoingContent;
}

/** The form of a send (fact sheet §1.1, §2.1); null when the template has no id of Gupshup's. */
export function formatSendForm(input: SendFormInput): Record<string, string> | null {
  const { channel, content } = input;
  const head = {
    channel: "whatsapp",
    source: channel.officialNumber,
    destination: input.to,
    // The dot is part of the key.
    "src.name": channel.numberId,
  };
  if (content.type === "template") {
    const parts = formatTemplate(content);
    return parts && { ...head, ...parts };
  }
  if (content.type === "reaction") {
    const { messageId: msgId, emoji } = content;
    return { ...head, message: JSON.stringify({ type: "reaction", msgId, emoji }) };
  }
  const said = formatSession(content);
  const context = content.replyTo === null ? {} : { context: { msgId: content.replyTo } };
  return {
    ...head,
    message: JSON.stringify({ ...said, ...context }),
    ...(content.type === "text" ? { disablePreview: "true" } : {}),
  };
}

function formatSession(content: SessionContent): Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { type: "text", text: content.body };
    case "media":
      return formatMedia(content);
    case "interactive":
      return formatInteractive(content.interactive, content.media);
    case "location":
      return { type: "location", ...formatPlace(content.place) };
    case "contacts":
      return { type: "contact", contact: formatContact(content.contact) };
  }
}

/** Documents are called `file` here, and a picture has two addresses (§1.2). */
function formatMedia({ media, caption }: MediaContent): Record<string, unknown> {
  const { kind, source } = media;
  // Neither a sound nor a sticker takes a caption, and a null one is refused.
  const silent = caption === null || kind === "audio" || kind === "sticker";
  const shown = silent ? {} : { caption };
  const type = kind === "document" ? "file" : kind;
  const named = kind === "document" && media.filename !== null ? { filename: media.filename } : {};
  if ("id" in source) return { type, id: source.id, ...named, ...shown };
  if (kind !== "image") return { type, url: source.link, ...named, ...shown };
  return { type, originalUrl: source.link, previewUrl: source.link, ...shown };
}

/** The id stands for name and language (§2.1). */
function formatTemplate(content: TemplateContent): Record<string, string> | null {
  if (content.providerTemplateId === null) return null;
  const template = { id: content.providerTemplateId, params: formatParams(content) };
  const message = formatHeader(content);
  return {
    template: JSON.stringify(template),
    ...(message === null ? {} : { message: JSON.stringify(message) }),
    ...formatPayloads(content),
  };
}

/** What quick replies bring back (§2.1). */
function formatPayloads({ payloads = [] }: TemplateContent): Record<string, string> {
  if (payloads.length === 0) return {};
  const texts = payloads.map(({ button, payload }) => ({ index: button, text: payload }));
  return { postbackTexts: JSON.stringify(texts) };
}

/** Header, body, buttons: the order of our variables (§2.2). A code goes a second time into its button. */
function formatParams({ category, definition, variables }: TemplateContent): string[] {
  const hasCodeButton =
    category === "authentication" &&
    definition.buttons.some(({ kind }) => kind === "otp" || kind === "url" || kind === "copy_code");
  return hasCodeButton ? [...variables, ...variables] : [...variables];
}

/** A media header's file, in Meta's words: here a document is a `document` (§2.3). */
function formatHeader({
  definition,
  media,
  place,
}: TemplateContent): Record<string, unknown> | null {
  const format = definition.header?.format;
  if (format === "location") {
    return place ? { type: "location", location: formatPlace(place, String) } : null;
  }
  if (format === undefined || format === "text" || media === null) return null;
  return { type: format, [format]: formatHeaderMedia(media, format) };
}

function formatHeaderMedia(media: OutgoingMedia, format: string): Record<string, unknown> {
  const named = format === "document" && media.filename !== null;
  return named ? { ...media.source, filename: media.filename } : { ...media.source };
}
