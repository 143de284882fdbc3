import type { PostmanBody, PostmanField } from "./postman-format.ts";
import { writeJsonBody } from "./write-json-body.ts";

/** A call of the manual's API. */
export interface WsRequest {
  es: string;
  en: string;
  path: "send" | "balance" | "template";
  body: PostmanBody;
  captures?: Record<string, string>;
  /** Right answers; absent: only 1. */
  codes?: readonly number[];
}

/** Below the working directory: docs/postman of this repository, or wherever the user keeps it. */
export const SAMPLE_FILE = "factura-de-ejemplo.pdf";

const ACCOUNT = { login: "{{login}}", token: "{{token}}" };
const TO = { ...ACCOUNT, mobile: "{{mobile}}" };
const CAPTURES = { message_id: "messageId" };

/** Words that make each variant another message: the same one again within 60 seconds is answered 9. */
const appointment = (word: string) =>
  `[Carlos ${word}] [la doctora Rojas] [miércoles {{$timestamp}}]`;
const invoice = (word: string) => `[Carlos ${word}] [$100 ({{$timestamp}})]`;

const fields = (values: Record<string, string>): PostmanField[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const form = (values: Record<string, string>): PostmanBody => ({
  mode: "urlencoded",
  urlencoded: fields(values),
});
const parts = (values: Record<string, string>): PostmanBody => ({
  mode: "formdata",
  formdata: fields(values).map((field) => ({ ...field, type: "text" })),
});

/** Every documented way to call it, by an id. */
export const WS_REQUESTS: Readonly<Record<string, WsRequest>> = {
  sendTemplateForm: {
    es: "Plantilla con variables, formulario",
    en: "Template with variables, form",
    path: "send",
    body: form({
      ...TO,
      id_template: "{{id_template}}",
      template_variables: appointment("por formulario"),
      custom_field: "pedido-881",
    }),
    captures: CAPTURES,
  },
  sendTemplateJson: {
    es: "Plantilla con variables, JSON",
    en: "Template with variables, JSON",
    path: "send",
    body: writeJsonBody({
      ...TO,
      id_template: "{{id_template}}",
      template_variables: ["Carlos por JSON", "la doctora Rojas", "miércoles {{$timestamp}}"],
      custom_field: "pedido-881",
    }),
    captures: CAPTURES,
  },
  sendTemplateMultipart: {
    es: "Plantilla con variables, multipart",
    en: "Template with variables, multipart",
    path: "send",
    body: parts({
      ...TO,
      id_template: "{{id_template}}",
      template_variables: appointment("por partes"),
      custom_field: "pedido-881",
    }),
    captures: CAPTURES,
  },
  sendPlainTemplate: {
    es: "Plantilla sin variables, con clave de repetición",
    en: "Template without variables, with an idempotency key",
    path: "send",
    body: form({
      ...TO,
      id_template: "{{id_template_plain}}",
      idempotency_key: "{{$guid}}",
    }),
    // Nothing in it changes, so that a second run within a minute is answered 9.
    codes: [1, 9],
  },
  sendMediaUrl: {
    es: "Plantilla con documento por dirección web",
    en: "Template with a document by web address",
    path: "send",
    body: form({
      ...TO,
      id_template: "{{id_template_document}}",
      template_variables: invoice("por dirección"),
      media: "{{media_url}}",
      media_name: "factura-noviembre.pdf",
    }),
    captures: CAPTURES,
  },
  sendMediaBase64: {
    es: "Plantilla con documento en base64",
    en: "Template with a document in base64",
    path: "send",
    body: writeJsonBody({
      ...TO,
      id_template: "{{id_template_document}}",
      template_variables: invoice("en base64"),
      media: "{{pdf_base64}}",
      media_name: "factura-noviembre.pdf",
    }),
    captures: CAPTURES,
  },
  sendMediaFile: {
    es: "Plantilla con documento como archivo del formulario",
    en: "Template with a document as a file of the form",
    path: "send",
    body: {
      mode: "formdata",
      formdata: [
        ...fields({
          ...TO,
          id_template: "{{id_template_document}}",
          template_variables: invoice("en archivo"),
          media_name: "factura-noviembre.pdf",
        }).map((field) => ({ ...field, type: "text" as const })),
        { key: "media", type: "file", src: SAMPLE_FILE },
      ],
    },
    captures: CAPTURES,
  },
  sendText: {
    es: "Texto libre, dentro de las 24 horas",
    en: "Free text, inside the 24 hours",
    path: "send",
    body: form({ ...TO, message: "Hola, su pedido {{$timestamp}} ya va en camino." }),
    captures: CAPTURES,
  },
  sendTextMedia: {
    es: "Texto libre con un archivo, del que es la leyenda",
    en: "Free text with a file, whose caption it is",
    path: "send",
    body: form({ ...TO, message: "Su factura {{$timestamp}}.", media: "{{pdf_base64}}" }),
    captures: CAPTURES,
  },
  balance: { es: "Saldo", en: "Balance", path: "balance", body: form(ACCOUNT) },
  template: { es: "Plantillas", en: "Templates", path: "template", body: form(ACCOUNT) },
};
