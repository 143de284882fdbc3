import type { Template } from "../../store/templates.ts";
import { asRecord } from "../meta/content.ts";
import { listVariables } from "../meta/template-text.ts";

type Body = Record<string, unknown>;

/** What Gupshup makes of a session message for WhatsApp (fact sheet 1.2), in Meta's words. */
export function toMetaMessage(message: Body): Body {
  const type = String(message.type);
  const write = Object.hasOwn(writers, type) ? writers[type] : undefined;
  const msgId = asRecord(message.context)?.msgId;
  return {
    messaging_product: "whatsapp",
    ...(msgId === undefined ? {} : { context: { message_id: msgId } }),
    ...(write === undefined ? { type } : write(message)),
  };
}

const writers: Record<string, (message: Body) => Body> = {
  text: ({ text }) => ({ type: "text", text: { body: text } }),
  image: (message) => toMedia("image", message),
  video: (message) => toMedia("video", message),
  audio: (message) => toMedia("audio", message),
  sticker: (message) => toMedia("sticker", message),
  file: (message) => toMedia("document", message),
  location: ({ longitude, latitude, name, address }) => ({
    type: "location",
    location: { longitude, latitude, name, address },
  }),
  contact: ({ contact }) => ({ type: "contacts", contacts: [toContact(asRecord(contact))] }),
  reaction: ({ msgId, emoji }) => ({ type: "reaction", reaction: { message_id: msgId, emoji } }),
  quick_reply: toButtons,
  list: toList,
  cta_url: toLink,
  location_request_message: ({ body, action }) => ({
    type: "interactive",
    interactive: { type: "location_request_message", body, action },
  }),
};

function toMedia(kind: string, message: Body): Body {
  const { id, caption, filename } = message;
  const link = message.originalUrl ?? message.url;
  const source = id === undefined ? { link } : { id };
  return { type: kind, [kind]: withoutGaps({ ...source, caption, filename }) };
}

function toContact(contact: Body | undefined): Body {
  const name = asRecord(contact?.name);
  return {
    name: { formatted_name: name?.formattedName, first_name: name?.firstName },
    phones: contact?.phones,
  };
}

function toButtons({ content, options }: Body): Body {
  const said = asRecord(content);
  const list = Array.isArray(options) ? options.map(asRecord) : [];
  const buttons = list.map((option) => ({
    type: "reply",
    reply: { id: option?.postbackText ?? option?.title, title: option?.title },
  }));
  const header = toButtonsHeader(said);
  const footer = said?.caption === undefined ? {} : { footer: { text: said.caption } };
  return {
    type: "interactive",
    interactive: {
      type: "button",
      ...header,
      body: { text: said?.text },
      ...footer,
      action: { buttons },
    },
  };
}

/** A file of `content` is the header, whatever else would be one. */
function toButtonsHeader(said: Body | undefined): Body {
  const type = said?.type === "file" ? "document" : String(said?.type);
  if (type === "image" || type === "video" || type === "document") {
    const media = toMedia(type, { ...said, caption: undefined });
    return { header: { type, [type]: media[type] } };
  }
  return said?.header === undefined ? {} : { header: { type: "text", text: said.header } };
}

function toList({ title, body, footer, globalButtons, items }: Body): Body {
  const sections = listOf(items).map((item) => ({
    title: item?.title,
    rows: listOf(item?.options).map((option) =>
      withoutGaps({
        id: option?.postbackText ?? option?.title,
        title: option?.title,
        description: option?.description,
      }),
    ),
  }));
  const [button] = listOf(globalButtons);
  return {
    type: "interactive",
    interactive: withoutGaps({
      type: "list",
      header: title === undefined || title === "" ? undefined : { type: "text", text: title },
      body: { text: body },
      footer: footer === undefined ? undefined : { text: footer },
      action: { button: button?.title, sections: sections.map(withoutGaps) },
    }),
  };
}

function toLink({ header, body, footer, display_text, url }: Body): Body {
  return {
    type: "interactive",
    interactive: withoutGaps({
      type: "cta_url",
      header,
      body: { text: body },
      footer: footer === undefined ? undefined : { text: footer },
      action: { name: "cta_url", parameters: { display_text, url } },
    }),
  };
}

function listOf(value: unknown): (Body | undefined)[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function withoutGaps(object: Body): Body {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** A template message: the params fill header, body and buttons in that order (2.2). */
export function toMetaTemplate(
  template: Template,
  { params, message, postbackTexts }: { params: unknown[]; message?: Body; postbackTexts: unknown },
): Body {
  const left = [...params];
  const components: Body[] = [];
  for (const part of template.components) {
    const type = part.type.toUpperCase();
    if (type === "HEADER" && (part.format ?? "TEXT").toUpperCase() !== "TEXT") {
      if (message !== undefined) components.push({ type: "header", parameters: [message] });
    } else if (type === "HEADER" || type === "BODY") {
      const parameters = takeTexts(template, part.text ?? "", left);
      if (parameters.length > 0) components.push({ type: type.toLowerCase(), parameters });
    }
  }
  components.push(...fillButtons(template, left, postbackTexts));
  // What is left over makes the count wrong, which WhatsApp finds (132000).
  const body = components.find((one) => one.type === "body");
  const surplus = left.map((text) => ({ type: "text", text }));
  if (surplus.length > 0 && body === undefined)
    components.push({ type: "body", parameters: surplus });
  else if (Array.isArray(body?.parameters)) body.parameters.push(...surplus);
  return {
    messaging_product: "whatsapp",
    type: "template",
    template: { name: template.name, language: { code: template.language }, components },
  };
}

function takeTexts(template: Template, text: string, left: unknown[]): Body[] {
  const names = listVariables(text);
  return left.splice(0, names.length).map((value, index) => ({
    type: "text",
    text: value,
    ...(template.parameterFormat === "NAMED" ? { parameter_name: names[index] } : {}),
  }));
}

function fillButtons(template: Template, left: unknown[], postbackTexts: unknown): Body[] {
  const payloads = new Map(
    (Array.isArray(postbackTexts) ? postbackTexts.map(asRecord) : []).map((one) => [
      one?.index,
      one?.text,
    ]),
  );
  const buttons = template.components.flatMap((one) => one.buttons ?? []);
  return buttons.flatMap((button, index) => {
    const parameter = fillButton(button, left, payloads.get(index));
    if (parameter === null) return [];
    const sub_type = button.type.toLowerCase();
    return [{ type: "button", sub_type, index: String(index), parameters: [parameter] }];
  });
}

function fillButton(
  button: { type: string; url?: string },
  left: unknown[],
  payload: unknown,
): Body | null {
  const type = button.type.toUpperCase();
  if (type === "QUICK_REPLY") return payload === undefined ? null : { type: "payload", payload };
  if (type === "COPY_CODE") return { type: "coupon_code", coupon_code: left.shift() };
  const hasVariable = type === "URL" && listVariables(button.url ?? "").length > 0;
  return hasVariable ? { type: "text", text: left.shift() } : null;
}
