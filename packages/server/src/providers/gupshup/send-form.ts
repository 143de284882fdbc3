import type { OutgoingContent, OutgoingMedia } from "../../domain/outgoing.ts";
import type { ChannelAccess } from "../provider.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;
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
  const said =
    content.type === "text" ? { type: "text", text: content.body } : formatMedia(content);
  const context = content.replyTo === null ? {} : { context: { msgId: content.replyTo } };
  return {
    ...head,
    message: JSON.stringify({ ...said, ...context }),
    ...(content.type === "text" ? { disablePreview: "true" } : {}),
  };
}

/** Documents are called `file` here, and a picture has two addresses (§1.2). */
function formatMedia({ media, caption }: MediaContent): Record<string, unknown> {
  const { kind, source } = media;
  // Audio takes no caption, and a null one is refused.
  const shown = caption === null || kind === "audio" ? {} : { caption };
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
  };
}

/** Header, body, buttons: the order of our variables (§2.2). A code goes a second time into its button. */
function formatParams({ category, definition, variables }: TemplateContent): string[] {
  const hasCodeButton =
    category === "authentication" &&
    definition.buttons.some(({ kind }) => kind === "otp" || kind === "url" || kind === "copy_code");
  return hasCodeButton ? [...variables, ...variables] : [...variables];
}

/** A media header's file, in Meta's words: here a document is a `document` (§2.3). */
function formatHeader({ definition, media }: TemplateContent): Record<string, unknown> | null {
  const format = definition.header?.format;
  if (format === undefined || format === "text" || media === null) return null;
  return { type: format, [format]: formatHeaderMedia(media, format) };
}

function formatHeaderMedia(media: OutgoingMedia, format: string): Record<string, unknown> {
  const named = format === "document" && media.filename !== null;
  return named ? { ...media.source, filename: media.filename } : { ...media.source };
}
