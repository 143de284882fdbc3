import type { OutgoingContent } from "../../domain/outgoing.ts";
import type { TemplateDefinition } from "../../domain/template.ts";
import type { SendCase } from "../conformance-cases.ts";
import { sessionSendCases } from "./conformance-session-sends.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;

const PLACE = { latitude: 4.65, longitude: -74.05, name: "Tienda", address: "Calle 1" };

/** Every kind of message that goes out, and the body that must go out for it (fact sheet §1.4, §1.5). */
export const sendCases: readonly SendCase[] = [
  {
    shows: ["out:text"],
    content: { type: "text", body: "Su pedido está listo", replyTo: null },
    body: {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+573001234567",
      biz_opaque_callback_data: "019a0000-0000-7000-8000-000000000001",
      type: "text",
      text: { body: "Su pedido está listo", preview_url: false },
    },
  },
  {
    shows: ["out:context"],
    content: { type: "text", body: "sí", replyTo: "wamid.A" },
    body: {
      type: "text",
      text: { body: "sí", preview_url: false },
      context: { message_id: "wamid.A" },
    },
  },
  {
    shows: ["out:image"],
    content: media("image", { id: "1037543291543636" }, "el recibo"),
    body: { type: "image", image: { id: "1037543291543636", caption: "el recibo" } },
  },
  {
    shows: ["out:video"],
    content: media("video", { link: "https://example.com/v.mp4" }, null),
    body: { type: "video", video: { link: "https://example.com/v.mp4" } },
  },
  {
    // Audio takes no caption.
    shows: ["out:audio"],
    content: media("audio", { id: "1037543291543636" }, "no se ve"),
    body: { type: "audio", audio: { id: "1037543291543636" } },
  },
  {
    shows: ["out:document"],
    content: media("document", { id: "1037543291543636" }, "adjunto"),
    body: {
      type: "document",
      document: { id: "1037543291543636", filename: "123archivo.pdf", caption: "adjunto" },
    },
  },
  {
    shows: ["template:fixed", "template:quick-reply", "template:phone-number"],
    content: template({
      header: { format: "text", text: "Aviso" },
      buttons: [
        { kind: "quick_reply", text: "Confirmar", target: null },
        { kind: "phone_number", text: "Llamar", target: "+573001112233" },
        { kind: "url", text: "Ver", target: "https://example.com/" },
      ],
    }),
    body: templateBody(),
  },
  {
    shows: ["template:header-text", "template:body-positional", "template:url-suffix"],
    content: template(
      {
        header: { format: "text", text: "Pedido {{1}}" },
        body: "Hola {{1}}, vale {{2}}.",
        buttons: [
          { kind: "quick_reply", text: "Confirmar", target: null },
          { kind: "url", text: "Ver", target: "https://example.com/o/{{1}}" },
        ],
      },
      { variables: ["881", "Ana", "$ 45.000", "881/track"] },
    ),
    body: templateBody(
      { type: "header", parameters: [{ type: "text", text: "881" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "Ana" },
          { type: "text", text: "$ 45.000" },
        ],
      },
      {
        type: "button",
        sub_type: "url",
        index: "1",
        parameters: [{ type: "text", text: "881/track" }],
      },
    ),
  },
  {
    shows: ["template:named"],
    content: template(
      {
        header: { format: "text", text: "Pedido {{order_no}}" },
        body: "Hola {{first_name}}.",
        parameterFormat: "named",
      },
      { variables: ["881", "Ana"] },
    ),
    body: templateBody(
      {
        type: "header",
        parameters: [{ type: "text", parameter_name: "order_no", text: "881" }],
      },
      { type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }] },
    ),
  },
  {
    shows: ["template:header-document"],
    content: template(
      { header: { format: "document", text: null } },
      { media: { kind: "document", source: { id: "10375" }, filename: "123factura.pdf" } },
    ),
    body: templateBody({
      type: "header",
      parameters: [{ type: "document", document: { id: "10375", filename: "123factura.pdf" } }],
    }),
  },
  {
    shows: ["template:header-image"],
    content: template(
      { header: { format: "image", text: null } },
      {
        media: { kind: "image", source: { link: "https://example.com/i.png" }, filename: "i.png" },
      },
    ),
    body: templateBody({
      type: "header",
      parameters: [{ type: "image", image: { link: "https://example.com/i.png" } }],
    }),
  },
  {
    shows: ["template:header-video"],
    content: template(
      { header: { format: "video", text: null } },
      { media: { kind: "video", source: { id: "10376" }, filename: null } },
    ),
    body: templateBody({ type: "header", parameters: [{ type: "video", video: { id: "10376" } }] }),
  },
  {
    shows: ["template:coupon-code"],
    content: template(
      { buttons: [{ kind: "copy_code", text: "Copiar", target: null }] },
      { category: "marketing", variables: ["SAVE25"] },
    ),
    body: templateBody({
      type: "button",
      sub_type: "copy_code",
      index: "0",
      parameters: [{ type: "coupon_code", coupon_code: "SAVE25" }],
    }),
  },
  {
    // The code goes twice.
    shows: ["template:authentication"],
    content: template(
      {
        body: "*{{1}}* es su código.",
        buttons: [{ kind: "otp", text: "Copiar", target: null }],
      },
      { category: "authentication", variables: ["482913"] },
    ),
    body: templateBody(
      { type: "body", parameters: [{ type: "text", text: "482913" }] },
      {
        type: "button",
        sub_type: "url",
        index: "0",
        parameters: [{ type: "text", text: "482913" }],
      },
    ),
  },
  {
    shows: ["template:header-location"],
    content: template({ header: { format: "location", text: null } }, { place: PLACE }),
    body: templateBody({
      type: "header",
      parameters: [
        {
          type: "location",
          location: { ...PLACE, latitude: "4.65", longitude: "-74.05" },
        },
      ],
    }),
  },
  {
    shows: ["template:payload"],
    content: template(
      {
        buttons: [
          { kind: "url", text: "Ver", target: "https://example.com/{{1}}" },
          { kind: "quick_reply", text: "Confirmar", target: null },
        ],
      },
      { variables: ["881"], payloads: [{ button: 1, payload: "CONFIRMA-881" }] },
    ),
    body: templateBody(
      {
        type: "button",
        sub_type: "url",
        index: "0",
        parameters: [{ type: "text", text: "881" }],
      },
      {
        type: "button",
        sub_type: "quick_reply",
        index: "1",
        parameters: [{ type: "payload", payload: "CONFIRMA-881" }],
      },
    ),
  },
  ...sessionSendCases,
];

function media(
  kind: "image" | "video" | "audio" | "document",
  source: { id: string } | { link: string },
  caption: string | null,
): OutgoingContent {
  const filename = kind === "document" ? "123archivo.pdf" : null;
  return { type: "media", media: { kind, source, filename }, caption, replyTo: null };
}

function template(
  definition: Partial<TemplateDefinition>,
  content: Partial<TemplateContent> = {},
): OutgoingContent {
  return {
    type: "template",
    name: "order_ready",
    language: "es_CO",
    category: "utility",
    definition: {
      header: null,
      body: "Su pedido está listo.",
      footer: null,
      buttons: [],
      parameterFormat: "positional",
      ...definition,
    },
    providerTemplateId: null,
    variables: [],
    media: null,
    ...content,
  };
}

function templateBody(...components: unknown[]): Record<string, unknown> {
  return {
    type: "template",
    template: {
      name: "order_ready",
      language: { code: "es_CO", policy: "deterministic" },
      ...(components.length === 0 ? {} : { components }),
    },
  };
}
