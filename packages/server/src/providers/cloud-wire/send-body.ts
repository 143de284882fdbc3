import type { OutgoingContent, OutgoingMedia } from "../../domain/outgoing.ts";
import { templateSlots, type VariableSlot } from "../../domain/template.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;

/** One message, as the body of `POST …/messages` wants it. */
export interface SendBodyInput {
  /** Digits, country code first, without `+`. */
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
    to: `+${input.to}`,
    biz_opaque_callback_data: input.opaque,
    ...formatContent(input.content),
  };
}

function formatContent(content: OutgoingContent): Record<string, unknown> {
  if (content.type === "template") return { type: "template", template: formatTemplate(content) };
  const context = content.replyTo === null ? {} : { context: { message_id: content.replyTo } };
  if (content.type === "text") {
    return { ...context, type: "text", text: { body: content.body, preview_url: false } };
  }
  const { kind } = content.media;
  // Audio takes no caption (§1.4).
  const caption = content.caption === null || kind === "audio" ? {} : { caption: content.caption };
  return { ...context, type: kind, [kind]: { ...formatMedia(content.media), ...caption } };
}

function formatMedia(media: OutgoingMedia): Record<string, unknown> {
  const named = media.kind === "document" && media.filename !== null;
  return named ? { ...media.source, filename: media.filename } : { ...media.source };
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
  // A media header needs its file in every send: the sample is never a default (§1.5).
  if (content.media === null) return [];
  // A picture may stand in a document header: the header says what it is sent as.
  const media = formatMedia({ ...content.media, kind: format });
  return [{ type: "header", parameters: [{ type: format, [format]: media }] }];
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
  return filledSlots(content).flatMap(({ slot, value }) => {
    if (slot.part !== "button") return [];
    const parameter =
      slot.subType === "url"
        ? { type: "text", text: value }
        : { type: "coupon_code", coupon_code: value };
    return [buttonComponent(slot.subType, slot.index, parameter)];
  });
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
