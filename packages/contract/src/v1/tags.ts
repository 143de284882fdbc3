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
  events: {
    title: { es: "Sucesos", en: "Events" },
    description: {
      es: "Preguntar qué pasó, en lugar de recibir webhooks.",
      en: "Ask what happened, instead of receiving webhooks.",
    },
  },
  contacts: {
    title: { es: "Contactos", en: "Contacts" },
    description: {
      es: "Las personas, con sus números, campos y etiquetas.",
      en: "People, with their numbers, fields and labels.",
    },
  },
  conversations: {
    title: { es: "Conversaciones", en: "Conversations" },
    description: {
      es: "Lo que se dijo con cada persona, y hasta cuándo se le puede escribir texto libre.",
      en: "What was said with each person, and until when free text may be written to them.",
    },
  },
  persons: {
    title: { es: "Datos personales", en: "Personal data" },
    description: {
      es: "Entregar todo lo que se sabe de una persona, y suprimirlo.",
      en: "Give out all that is known of a person, and erase it.",
    },
  },
  erasures: {
    title: { es: "Supresiones", en: "Erasures" },
    description: { es: "Hasta dónde han llegado.", en: "How far they have come." },
  },
  limits: {
    title: { es: "Topes y campañas", en: "Caps and campaigns" },
    description: {
      es: "Cuánto se puede enviar y gastar por día y por campaña.",
      en: "How much may be sent and spent by day and by campaign.",
    },
  },
  "balance-alerts": {
    title: { es: "Alertas de saldo", en: "Balance alerts" },
    description: { es: "Saber a tiempo que queda poco.", en: "Know in time that little is left." },
  },
  "opt-outs": {
    title: { es: "Lista de exclusión", en: "Opt-outs" },
    description: {
      es: "Quién no quiere promociones, y las palabras con que lo dice.",
      en: "Who wants no marketing, and the words that say so.",
    },
  },
};
