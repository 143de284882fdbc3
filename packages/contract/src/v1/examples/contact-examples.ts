import type { OperationExample } from "../operation-example.ts";

const CONTACT = { id: "{{contact_id}}" };
const OTHER = { id: "{{other_contact_id}}" };
const CONVERSATION = { id: "{{conversation_id}}" };

/** Contacts, their conversations and their data; see the operations of the same names. */
export const CONTACT_EXAMPLES = {
  createContact: {
    es: "Crea un contacto; se niega si uno de sus números es de otro.",
    body: { mobiles: ["57{{$timestamp}}"], name: "Ana Pérez", language: "es", labels: ["cliente"] },
    captures: { contact_id: "id" },
  },
  listContacts: {
    es: "Los contactos, los más nuevos primero; o el que tiene un número o un identificador.",
    query: { limit: "20" },
  },
  getContact: {
    es: "Un contacto; el que fue unido a otro nombra al contacto del que es parte.",
    params: CONTACT,
  },
  changeContact: {
    es: "Cambia nombre, idioma, números, campos o etiquetas de un contacto.",
    params: CONTACT,
    body: { name: "Ana María Pérez", custom_fields: { ciudad: "Bogotá" } },
  },
  mergeContacts: {
    es: "Hace a otro contacto parte de este; se puede deshacer.",
    params: CONTACT,
    body: { contact_id: "{{other_contact_id}}" },
  },
  unmergeContact: { es: "Saca este contacto del que lo contiene.", params: OTHER },
  listConversations: {
    es: "Las conversaciones, primero aquella cuya persona escribió de última.",
    captures: { conversation_id: "items.0.id" },
    until: { path: "items.0.id" },
  },
  getConversation: { es: "Una conversación como está.", params: CONVERSATION },
  listThread: {
    es: "Lo que se dijeron la persona y el número, desde cualquiera de los dos extremos.",
    params: CONVERSATION,
  },
  changeConversation: {
    es: "Resuelve, pospone o reabre una conversación.",
    params: CONVERSATION,
    body: { state: "resolved" },
  },
  markConversationRead: {
    es: "Anota que una conversación fue leída.",
    params: CONVERSATION,
    body: {},
  },
  exportPerson: {
    es: "Todo lo que la cuenta tiene de una persona, en un documento.",
    query: { contact_id: "{{contact_id}}" },
  },
  erasePerson: {
    es: "Suprime los datos de una persona; sigue sola hasta terminar. No se puede deshacer.",
    body: { contact_id: "{{other_contact_id}}" },
    captures: { erasure_id: "id" },
  },
  getErasure: { es: "Hasta dónde ha llegado una supresión.", params: { id: "{{erasure_id}}" } },
} as const satisfies Record<string, OperationExample>;
