import type { OutgoingContent } from "../../domain/outgoing.ts";
import type { TemplateDefinition } from "../../domain/template.ts";
import type { SendCase } from "../conformance-cases.ts";
import { sessionSendCases } from "./conformance-session-sends.ts";

type TemplateContent = Extract<OutgoingContent, { type: "template" }>;

const TEMPLATE_ID = "9f1d2c3b-4a5e-4f60-8b7c-6d5e4f3a2b1c";
const LINK = "https://example.com/media/1";
const MEDIA_ID = "1234567890123456";

const PLACE = { latitude: 4.65, longitude: -74.05, name: "Tienda", address: "Calle 1" };

/** Every kind of message that goes out, and the form that must go out for it (fact sheet §1, §2). */
export const sendCases: readonly SendCase[] = [
  {
    shows: ["out:text"],
    content: { type: "text", body: "Su pedido está listo & 100 %", replyTo: null },
    body: {
      path: "/wa/api/v1/msg",
      channel: "whatsapp",
      source: "573009998877",
      destination: "573001234567",
      "src.name": "106540352242922",
      message: { type: "text", text: "Su pedido está listo & 100 %" },
      disablePreview: "true",
    },
  },
  {
    shows: ["out:context"],
    content: { type: "text", body: "sí", replyTo: "wamid.A" },
    body: { message: { type: "text", text: "sí", context: { msgId: "wamid.A" } } },
  },
  {
    shows: ["out:image"],
    content: media("image", { link: LINK }, "el recibo"),
    body: {
      path: "/wa/api/v1/msg",
      message: { type: "image", originalUrl: LINK, previewUrl: LINK, caption: "el recibo" },
    },
  },
  {
    shows: ["out:image", "out:media-id"],
    content: media("image", { id: MEDIA_ID }, null),
    body: { message: { type: "image", id: MEDIA_ID } },
  },
  {
    shows: ["out:video"],
    content: media("video", { link: LINK }, "mire"),
    body: { message: { type: "video", url: LINK, caption: "mire" } },
  },
  {
    // Audio takes no caption.
    shows: ["out:audio"],
    content: media("audio", { link: LINK }, "no se ve"),
    body: { message: { type: "audio", url: LINK } },
  },
  {
    shows: ["out:document"],
    content: media("document", { link: LINK }, "adjunto"),
    body: { message: { type: "file", url: LINK, filename: "123archivo.pdf", caption: "adjunto" } },
  },
  {
    shows: ["out:document", "out:media-id"],
    content: media("document", { id: MEDIA_ID }, null),
    body: { message: { type: "file", id: MEDIA_ID, filename: "123archivo.pdf" } },
  },
  {
    shows: ["template:fixed", "template:quick-reply", "template:phone-number"],
    content: template({
      header: { format: "text", text: "Aviso" },
      buttons: [
        { kind: "quick_reply", text: "Confirmar", target: null },
        { kind: "phone_number", text: "Llamar", target: "+573001112233" },
      ],
    }),
    body: {
      path: "/wa/api/v1/template/msg",
      channel: "whatsapp",
      source: "573009998877",
      destination: "573001234567",
      "src.name": "106540352242922",
      template: { id: TEMPLATE_ID, params: [] },
    },
  },
  {
    shows: ["template:header-text", "template:body-positional", "template:url-suffix"],
    content: template(
      {
        header: { format: "text", text: "Pedido {{1}}" },
        body: "{{1}}, llega {{2}}",
        buttons: [{ kind: "url", text: "Ver", target: "https://example.com/{{1}}" }],
      },
      { variables: ["77", "Ana", "hoy", "p/77"] },
    ),
    body: { template: { id: TEMPLATE_ID, params: ["77", "Ana", "hoy", "p/77"] } },
  },
  {
    shows: ["template:named"],
    content: template(
      { body: "{{nombre}}, llega {{dia}}", parameterFormat: "named" },
      { variables: ["Ana", "hoy"] },
    ),
    body: { template: { id: TEMPLATE_ID, params: ["Ana", "hoy"] } },
  },
  {
    shows: ["template:coupon-code"],
    content: template(
      { buttons: [{ kind: "copy_code", text: "Copiar", target: null }] },
      { variables: ["VERANO"], category: "marketing" },
    ),
    body: { template: { id: TEMPLATE_ID, params: ["VERANO"] } },
  },
  {
    shows: ["template:authentication"],
    content: template(
      { body: "{{1}}", buttons: [{ kind: "otp", text: "Copiar", target: null }] },
      { variables: ["482913"], category: "authentication" },
    ),
    body: { template: { id: TEMPLATE_ID, params: ["482913", "482913"] } },
  },
  header("image", "image", null),
  header("video", "video", null),
  header("document", "document", "123archivo.pdf"),
  // A picture may stand in a document header: the header says what it is sent as.
  header("document", "image", "123foto.png"),
  {
    shows: ["template:header-location"],
    content: template({ header: { format: "location", text: null } }, { place: PLACE }),
    body: {
      template: { id: TEMPLATE_ID, params: [] },
      message: {
        type: "location",
        location: { ...PLACE, latitude: "4.65", longitude: "-74.05" },
      },
    },
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
    body: {
      template: { id: TEMPLATE_ID, params: ["881"] },
      postbackTexts: '[{"index":1,"text":"CONFIRMA-881"}]',
    },
  },
  ...sessionSendCases,
];

function header(
  format: "image" | "video" | "document",
  kind: "image" | "video" | "document",
  filename: string | null,
): SendCase {
  const file = { link: LINK, ...(filename === null ? {} : { filename }) };
  return {
    shows: [`template:header-${format}`],
    content: template(
      { header: { format, text: null } },
      { media: { kind, source: { link: LINK }, filename } },
    ),
    body: {
      template: { id: TEMPLATE_ID, params: [] },
      message: { type: format, [format]: file },
    },
  };
}

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
    providerTemplateId: TEMPLATE_ID,
    variables: [],
    media: null,
    ...content,
  };
}
