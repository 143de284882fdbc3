import type { OperationExample } from "../operation-example.ts";

const OWN = { id: "{{endpoint_id}}" };
const OLDEST = { id: "{{first_endpoint_id}}" };
const DELIVERY = { id: "{{delivery_id}}" };

/** See the operations of the same names. What has a history to read is the demonstration's own endpoint, the oldest. */
export const WEBHOOK_EXAMPLES = {
  createWebhookEndpoint: {
    es: "Agrega una dirección; su secreto de firma se muestra esta única vez.",
    body: { url: "{{webhook_url}}", events: ["failed", "reply"] },
    captures: { endpoint_id: "endpoint.id" },
  },
  listWebhookEndpoints: {
    es: "Todas las direcciones, la más antigua primero.",
    captures: { first_endpoint_id: "items.0.id" },
  },
  getWebhookEndpoint: { es: "Una dirección y cómo le va.", params: OWN },
  changeWebhookEndpoint: {
    es: "Cambia una dirección, sus sucesos o sus cabeceras; la apaga o la enciende.",
    params: OWN,
    body: { events: null, headers: { "x-origen": "recado" } },
  },
  deleteWebhookEndpoint: {
    es: "Quita una dirección; se abandona lo que iba hacia ella.",
    params: OWN,
  },
  rotateWebhookSecret: {
    es: "Cambia el secreto de firma; el viejo firma también durante un día.",
    params: OWN,
  },
  testWebhookEndpoint: {
    es: "Envía ahora un suceso de prueba firmado y muestra la respuesta.",
    params: OWN,
    holds: { ok: true },
  },
  replayWebhooks: {
    es: "Envía otra vez las entregas terminadas de un periodo.",
    params: OWN,
    body: { since: "{{an_hour_ago}}", states: ["exhausted"] },
  },
  listWebhookDeliveries: {
    es: "Lo que se entregó a una dirección, lo más nuevo primero.",
    params: OLDEST,
    query: { state: "delivered" },
    captures: { delivery_id: "items.0.id" },
    until: { path: "items.0.id" },
  },
  getWebhookDelivery: { es: "Una entrega.", params: DELIVERY },
  listWebhookAttempts: {
    es: "Cada llamada que se hizo por una entrega, con su respuesta, la más antigua primero.",
    params: DELIVERY,
  },
  replayWebhookDelivery: {
    es: "Envía una entrega otra vez, con el mismo webhook-id.",
    params: DELIVERY,
  },
} as const satisfies Record<string, OperationExample>;
