import type { OutgoingContent, OutgoingMedia } from "../../domain/outgoing.ts";
import { isUserId } from "../../domain/person-address.ts";
import { templateSlots, type VariableSlot } from "../../domain/template.ts";
import { formatContact, formatInteractive, formatPlace } from "./session-body.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;
type SessionContent = Exclude<OutgoingContent, { type: "template" | "reaction" }>;

/** One message, as the body of `POST …/messages` wants it. */
export interface SendBodyInput {
  /** Digits, country code first, without `+`; or WhatsApp's id of whoever hides the number. */
  to: string;
  /** Comes back with every status; 512 characters at most. */
  opaque: string;
  content: OutgoingContent;
}

/** The JSON body of a send (fact sheet §1.1, §1.4, §1.5). */
export function formatSendBody(input: SendBodyInput): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    // Without the plus Meta may put the sender's own country code in front (§1.1).
    ...(isUserId(input.to) ? { recipient: input.to } : { to: `+${input.to}` }),
    biz_opaque_callback_data: input.opaque,
    ...formatContent(input.content),
  };
}

function formatContent(content: OutgoingContent): Record<string, unknown> {
  if (content.type === "template") return { type: "template", template: formatTemplate(content) };
  if (content.type === "reaction") {
    const { messageId, emoji } = content;
    return { type: "reaction", reaction: { message_id: messageId, emoji } };
  }
  const context = content.replyTo === null ? {} : { context: { message_id: content.replyTo } };
  return { ...context, ...formatSession(content) };
}

function formatSession(content: SessionContent): Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { type: "text", text: { body: content.body, preview_url: false } };
    case "media": {
      const { media, caption } = content;
      const { kind } = media;
      // Neither a sound nor a sticker takes a caption (§1.4).
      const silent = caption === null || kind === "audio" || kind === "sticker";
      return { type: kind, [kind]: { ...formatMedia(media), ...(silent ? {} : { caption }) } };
    }
    case "interactive": {
      const header = content.media && mediaObject(content.media);
      return { type: "interactive", interactive: formatInteractive(content.interactive, header) };
    }
    case "location":
      return { type: "location", location: formatPlace(content.place) };
    case "contacts":
      return { type: "contacts", contacts: [formatContact(content.contact)] };
  }
}

function mediaObject(media: OutgoingMedia): Record<string, unknown> {
  return { type: media.kind, [media.kind]: formatMedia(media) };
}

function formatMedia(media: OutgoingMedia): Record<string, unknown> {
  const named = media.kind === "document" && media.filename !== null;
  const voice = media.voice && { voice: true };
  return named ? { ...media.source, filename: media.filename } : { ...media.source, ...voice };
}

function formatTemplate(content: TemplateContent): Record<string, unknown> {
  const components = [...headerComponent(content), ...bodyComponent(content), ...buttons(content)];
  return {
    name: content.name,
    language: { code: content.language, policy: "deterministic" },
    ...(components.length === 0 ? {} : { components }),
  };
}

function headerComponent(content: TemplateContent): unknown[] {
  const format = content.definition.header?.format;
  if (format === undefined) return [];
  if (format === "text") {
    const parameters = textParameters(content, "header");
    // A fixed text header must not be mentioned: Meta refuses the component.
    return parameters.length === 0 ? [] : [{ type: "header", parameters }];
  }
  if (format === "location") {
    const { place } = content;
    const parameter = place && { type: "location", location: formatPlace(place) };
    return parameter ? [{ type: "header", parameters: [parameter] }] : [];
  }
  // A media header needs its file in every send: the sample is never a default (§1.5).
  if (content.media === null) return [];
  // A picture may stand in a document header: the header says what it is sent as.
  return [{ type: "header", parameters: [mediaObject({ ...content.media, kind: format })] }];
}

function bodyComponent(content: TemplateContent): unknown[] {
  const parameters = textParameters(content, "body");
  return parameters.length === 0 ? [] : [{ type: "body", parameters }];
}

function textParameters(content: TemplateContent, part: "header" | "body"): unknown[] {
  return filledSlots(content).flatMap(({ slot, value }) => {
    if (slot.part !== part) return [];
    return slot.name === null
      ? [{ type: "text", text: value }]
      : [{ type: "text", parameter_name: slot.name, text: value }];
  });
}

function buttons(content: TemplateContent): unknown[] {
  if (content.category === "authentication") return codeButton(content);
  const filled = filledSlots(content).flatMap(({ slot, value }) => {
    if (slot.part !== "button") return [];
    const parameter =
      slot.subType === "url"
        ? { type: "text", text: value }
        : { type: "coupon_code", coupon_code: value };
    return [buttonComponent(slot.subType, slot.index, parameter)];
  });
  const payloads = (content.payloads ?? []).map(({ button, payload }) =>
    buttonComponent("quick_reply", button, { type: "payload", payload }),
  );
  return [...filled, ...payloads];
}

/** The code goes a second time into the button, whose kind is always URL once the template exists (§1.5). */
function codeButton(content: TemplateContent): unknown[] {
  const index = content.definition.buttons.findIndex(
    ({ kind }) => kind === "otp" || kind === "url" || kind === "copy_code",
  );
  const code = content.variables[0] ?? "";
  return index < 0 ? [] : [buttonComponent("url", index, { type: "text", text: code })];
}

function buttonComponent(subType: string, index: number, parameter: unknown): unknown {
  return { type: "button", sub_type: subType, index: String(index), parameters: [parameter] };
}

function filledSlots(content: TemplateContent): { slot: VariableSlot; value: string }[] {
  return templateSlots(content.definition, content.category).map((slot, index) => ({
    slot,
    value: content.variables[index] ?? "",
  }));
}
