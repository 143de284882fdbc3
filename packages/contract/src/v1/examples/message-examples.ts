import type { OperationExample } from "../operation-example.ts";

const ANA = "Ana {{$timestamp}}";

/** See the operations of the same names. */
export const MESSAGE_EXAMPLES = {
  sendMessage: {
    es: "Envía un mensaje: cuando esto responde ya está guardado y cobrado.",
    body: {
      mobile: "{{mobile}}",
      template: { id: "{{id_template}}" },
      variables: [ANA, "la doctora Rojas", "lunes"],
      custom_field: "pedido-881",
    },
    captures: { message_id: "id" },
  },
  sendBatch: {
    es: "Envía hasta 1.000 mensajes, cada uno con su propia respuesta.",
    body: {
      messages: [
        {
          mobile: "{{mobile}}",
          template: { name: "{{template_name}}", language: "{{template_language}}" },
          variables: [ANA, "la doctora Rojas", "martes"],
        },
        {
          mobile: "{{mobile}}",
          template: { id: "{{id_template}}" },
          variables: [ANA, "la doctora Rojas", "jueves"],
          send_at: "{{in_an_hour}}",
        },
      ],
    },
    captures: { message_id: "answers.0.message.id", scheduled_message_id: "answers.1.message.id" },
    holds: { refused: 0, "answers.1.message.status": "scheduled" },
  },
  dryRun: {
    es: "Dice qué se enviaría y cuánto costaría; no guarda nada.",
    body: {
      mobile: "{{mobile}}",
      template: { id: "{{id_template}}" },
      variables: ["Ana", "la doctora Rojas", "miércoles"],
    },
    holds: { acceptable: true },
  },
  listMessages: {
    es: "Los mensajes, los más nuevos primero.",
    query: { limit: "20" },
  },
  getMessage: {
    es: "Un mensaje como está.",
    params: { id: "{{message_id}}" },
  },
  cancelMessage: {
    es: "Anula un mensaje que aún no ha salido; se devuelve su precio.",
    params: { id: "{{scheduled_message_id}}" },
    holds: { status: "cancelled", refunded: true },
  },
  getTimeline: {
    es: "La caja negra: cada paso con su hora, dinero, códigos y llamadas a su webhook.",
    params: { id: "{{message_id}}" },
  },
} as const satisfies Record<string, OperationExample>;
