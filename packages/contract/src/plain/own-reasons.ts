import type { TwoTongues } from "./failure-words.ts";

/**
 * What the platform itself says of a message, a call or a number, as it stands in `reason`. `{}` stands for what differs. The
 * Spanish, or for what only people of the trade read the English, is what is stored: the other is for readers of the console.
 */
export const OWN_REASONS: readonly TwoTongues[] = [
  { es: "sin conexión", en: "no connection" },
  { es: "sin motivo", en: "no reason given" },
  {
    es: "La fecha límite del mensaje pasó antes de poder entregarlo a WhatsApp",
    en: "The message's deadline passed before it could be handed to WhatsApp",
  },
  {
    es: "No se sabe si WhatsApp aceptó el mensaje: la llamada quedó sin respuesta; el plazo de espera terminó",
    en: "It is not known whether WhatsApp took the message: the call had no answer, and the time to wait for one is over",
  },
  {
    es: "No se sabe si WhatsApp aceptó el mensaje: la llamada quedó sin respuesta",
    en: "It is not known whether WhatsApp took the message: the call had no answer",
  },
  {
    es: "WhatsApp aceptó el mensaje y no confirmó su envío antes de la fecha límite",
    en: "WhatsApp took the message and did not confirm its sending before the deadline",
  },
  {
    es: "El proceso terminó antes de hacer la llamada",
    en: "The process ended before it made the call",
  },
  {
    es: "El mensaje esperaba cuando se restauró una copia; el operador no lo envió de nuevo",
    en: "The message was waiting when a backup was restored; the operator did not send it again",
  },
  {
    es: "No hubo saldo para el mensaje antes de su fecha límite",
    en: "There was no balance for the message before its deadline",
  },
  {
    es: "El destinatario pidió no recibir mensajes de marketing",
    en: "The recipient asked for no marketing messages",
  },
  {
    es: "El número o la plantilla del mensaje ya no existe",
    en: "The message's number or template no longer exists",
  },
  {
    es: "La llamada a WhatsApp no se pudo hacer",
    en: "The call to WhatsApp could not be made",
  },
  { es: "El número está inactivo", en: "The number is inactive" },
  { es: "El número descansa", en: "The number is resting" },
  { es: "HTTP {} sin respuesta legible", en: "HTTP {} without a readable answer" },
  { es: "HTTP {} sin identificador del mensaje", en: "HTTP {} without a message id" },
  { es: "sin respuesta a la llamada: {}", en: "no answer after the request: {}" },
];
