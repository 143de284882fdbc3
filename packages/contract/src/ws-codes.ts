/**
 * The outcomes of the `ws` API, to the letter of the manual: number, English concept, Spanish
 * description. 11 and 12 are ours: the manual knows neither opt-outs nor caps. Order matters: where several apply, the earlier one in {@link WS_PRECEDENCE} is answered.
 */
export const WS_OUTCOMES = {
  1: { concept: "Message sent", description: "Mensaje enviado" },
  2: { concept: "authentication error", description: "Usuario y/o contraseña inválidos" },
  3: {
    concept: "user without multiagent/chatbot",
    description: "El usuario no tiene asignado un chatbot o multiagente. Consulte con soporte.",
  },
  4: {
    concept: "error in the cell phone number to send",
    description:
      "Error en el formato del celular: debe ser de Colombia, iniciar con 57 y tener 12 dígitos.",
  },
  5: {
    concept: "no balance or inactive chatbot/multiagent",
    description:
      "No tiene saldo en la cuenta para realizar el envío, o el chatbot/multiagente está inactivo.",
  },
  6: {
    concept: "empty message",
    description: "El campo message llega sin ninguna información.",
  },
  7: {
    concept: "id_template does not correspond to the project",
    description: "El id_template no corresponde al proyecto.",
  },
  8: {
    concept:
      "the number of variables received does not correspond to the number of variables created in the template",
    description:
      "La cantidad de variables recibidas no corresponde a la cantidad de variables creadas en la plantilla.",
  },
  9: {
    concept: "messages repeated 60 seconds",
    description:
      "Error en el envío: no se puede enviar el mismo mensaje al mismo celular antes de 60 segundos.",
  },
  10: {
    concept:
      "Error: The maximum number of sends to this mobile number in the marketing category has been exceeded.",
    description:
      "Error: se ha superado el límite máximo de envíos a este número de celular en la categoría de marketing.",
  },
  11: {
    concept: "the recipient has opted out of marketing messages",
    description: "El destinatario pidió no recibir mensajes de marketing.",
  },
  12: {
    concept: "spending cap reached",
    description:
      "Se alcanzó el tope de mensajes o de gasto fijado para la cuenta, el proyecto o la campaña.",
  },
  1008: {
    concept: "missing template parameter",
    description: "Falta un parámetro obligatorio en la plantilla.",
  },
  1005: {
    concept: "template did not match",
    description: "El envío del mensaje falló porque la plantilla no coincidió.",
  },
  1010: { concept: "invalid media", description: "El archivo multimedia no es válido." },
  1011: { concept: "invalid message size", description: "Tamaño de mensaje no válido." },
} as const;

/** A code that `ws/send` can answer. */
export type WsCode = keyof typeof WS_OUTCOMES;

/** A refusal: any code but 1. */
export type WsRefusal = Exclude<WsCode, 1>;

/** The order in which refusals are tried; the first that applies is answered. */
export const WS_PRECEDENCE: readonly WsRefusal[] = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1008, 1005, 1010, 1011,
];

/** The answer of `ws/send`. `messageId` is there with code 1 only; there are no other keys. */
export interface WsSendReply {
  code: WsCode;
  concept: string;
  description: string;
  messageId?: string;
}

/** Builds the answer for a code, with the manual's words. */
export function formatWsReply(code: WsCode, messageId?: string): WsSendReply {
  const { concept, description } = WS_OUTCOMES[code];
  return code === 1 && messageId !== undefined
    ? { code, concept, description, messageId }
    : { code, concept, description };
}
