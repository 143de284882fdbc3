import type { OperationExample } from "@recado/contract/v1/operation-example";

/** A step of the folder that is run from top to bottom: a call of either API, and how it differs from its example. */
export type TryStep = { es: string; en: string } & (
  | { ws: string }
  | { v1: string; example?: Partial<OperationExample> }
);

const ARRIVED = { path: "status", oneOf: ["delivered", "read"] } as const;

/** In the order in which a newcomer would try them. */
export const TRY_STEPS: readonly TryStep[] = [
  { es: "¿Cuánto saldo tengo?", en: "How much money is there?", ws: "balance" },
  { es: "¿Qué plantillas tengo?", en: "Which templates are there?", ws: "template" },
  {
    es: "Enviar con la API del manual",
    en: "Send with the manual's API",
    ws: "sendTemplateForm",
  },
  {
    es: "Esperar a que llegue",
    en: "Wait until it has arrived",
    v1: "getMessage",
    example: { until: ARRIVED },
  },
  { es: "Ver su historia", en: "See its story", v1: "getTimeline" },
  { es: "Ensayar sin enviar", en: "Try without sending", v1: "dryRun" },
  { es: "Enviar con /v1", en: "Send with /v1", v1: "sendMessage" },
  {
    es: "Enviar un lote, con un mensaje programado",
    en: "Send a batch, with a message that is scheduled",
    v1: "sendBatch",
  },
  { es: "Anular el programado", en: "Cancel the one that is scheduled", v1: "cancelMessage" },
  {
    es: "Enviar a un teléfono que siempre falla (solo en el simulador)",
    en: "Send to a telephone that always fails (only in the simulator)",
    v1: "sendMessage",
    example: {
      body: {
        mobile: "573009131048",
        template: { id: "{{id_template}}" },
        variables: ["Ana {{$timestamp}}", "la doctora Rojas", "viernes"],
      },
    },
  },
  {
    es: "Ver que falló y se devolvió el dinero",
    en: "See that it failed and was refunded",
    v1: "getMessage",
    example: {
      until: { path: "status", oneOf: ["failed"] },
      holds: { code: "131048", refunded: true },
    },
  },
  { es: "Ver el cobro y la devolución", en: "See the charge and the refund", v1: "listLedger" },
  {
    es: "Enviar a un teléfono que responde «ok» (solo en el simulador)",
    en: "Send to a telephone that answers “ok” (only in the simulator)",
    v1: "sendMessage",
    example: {
      body: {
        mobile: "573008000010",
        template: { id: "{{id_template}}" },
        variables: ["Ana {{$timestamp}}", "la doctora Rojas", "sábado"],
      },
    },
  },
  { es: "Ver la conversación", en: "See the conversation", v1: "listConversations" },
  {
    es: "Guardar un contacto",
    en: "Keep a contact",
    v1: "createContact",
    example: {
      body: { mobiles: ["58{{$timestamp}}"], name: "Luis Rojas" },
      captures: { other_contact_id: "id" },
    },
  },
  { es: "¿A quién se avisa?", en: "Who is told?", v1: "listWebhookEndpoints" },
  { es: "¿Qué se le avisó?", en: "What was it told?", v1: "listWebhookDeliveries" },
  { es: "¿Y qué respondió?", en: "And what did it answer?", v1: "listWebhookAttempts" },
];
