/** What the calls of one tag are about. */
export interface V1Tag {
  /** Its heading in the reference and the collection. */
  title: { es: string; en: string };
  description: { es: string; en: string };
}

/** The tags of `/v1`, in the order in which a newcomer wants them. */
export const V1_TAGS: Readonly<Record<string, V1Tag>> = {
  messages: {
    title: { es: "Mensajes", en: "Messages" },
    description: {
      es: "Enviar uno o mil, ensayar sin enviar, programar, anular, y leer qué fue de cada uno paso a paso.",
      en: "Send one or a thousand, try without sending, schedule, cancel, and read what became of each step by step.",
    },
  },
  media: {
    title: { es: "Archivos", en: "Files" },
    description: {
      es: "Subir un archivo una vez y enviarlo por su id cuantas veces haga falta.",
      en: "Upload a file once and send it by its id as often as is needed.",
    },
  },
  templates: {
    title: { es: "Plantillas", en: "Templates" },
    description: {
      es: "Los textos que WhatsApp aprobó, con los nombres de sus variables.",
      en: "The texts that WhatsApp approved, with the names of their variables.",
    },
  },
  wallet: {
    title: { es: "Dinero", en: "Money" },
    description: {
      es: "El saldo y cada movimiento. Los importes son textos decimales, nunca coma flotante.",
      en: "The balance and every movement. Amounts are decimal texts, never floats.",
    },
  },
  webhooks: {
    title: { es: "Webhooks", en: "Webhooks" },
    description: {
      es: "A qué direcciones se avisa, qué se les entregó, qué respondieron, y cómo repetirlo.",
      en: "Which addresses are told, what was delivered to them, what they answered, and how to repeat it.",
    },
  },
};
