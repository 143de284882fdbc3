/**
 * What the manual says, in Spanish, of the codes with which a message fails after it was accepted.
 * Any other code of an upstream is passed on as it is, with the upstream's own words.
 */
export const FAILURE_REASONS = {
  "402": "Error por parte de WhatsApp",
  "470": "Pasaron más de 24 horas desde el último mensaje del usuario",
  "471": "WhatsApp limitó el envío por spam",
  "1002": "El número no está activo para enviar mensajes a WhatsApp",
  "1003": "No se puede enviar el mensaje: verifique el saldo de su billetera",
  "1004":
    "El usuario está inactivo para el mensaje de sesión y la mensajería de plantilla está deshabilitada",
  "1005": "La plantilla no coincidió",
  "1006":
    "El usuario está inactivo para el mensaje de sesión y no ha optado por el mensaje de plantilla",
  "1007":
    "El usuario está inactivo para el mensaje de sesión, no ha optado por el mensaje de plantilla y la plantilla no coincide",
  "1008": "Falta un parámetro obligatorio en la plantilla",
  "1010": "URL de medios no válida",
  "1011": "Tamaño de mensaje no válido",
  "131021": "El número de origen y el de destino son el mismo",
  "131031": "WhatsApp bloqueó el número de origen",
  "131047": "Pasaron más de 24 horas desde el último mensaje del usuario",
  "131048": "WhatsApp limitó el envío por spam",
  "132005": "El mensaje es muy largo",
  "132007": "La plantilla infringe la política de WhatsApp",
  "132015": "WhatsApp pausó la plantilla",
  "132016": "WhatsApp desactivó la plantilla",
} as const satisfies Record<string, string>;

/** The status text that the manual gives to a message that failed and was refunded. */
export const REFUNDED_STATUS = "sending error, return balance";

/** The reason that a caller reads for a code: the manual's where it has one, else the upstream's. */
export function failureReason(code: string, upstreamText: string): string {
  return Object.hasOwn(FAILURE_REASONS, code)
    ? FAILURE_REASONS[code as keyof typeof FAILURE_REASONS]
    : upstreamText;
}
