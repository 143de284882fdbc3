/** A name that examples use for what differs from caller to caller. */
export interface ExampleVariable {
  es: string;
  en: string;
  /** What stands for it in the OpenAPI document. A number stands without quotes in a JSON body. */
  example: string | number;
  /** `given` by the caller's environment, `captured` from an answer, or `reckoned` before each request. */
  from: "given" | "captured" | "reckoned";
  /** Of those that are reckoned: how many seconds from now it is, and how many characters of its ISO form are used. */
  offsetS?: number;
  chars?: number;
}

const ID = "0199d3a1-7c1e-7b44-9a52-5b7c3b1f0e11";

function captured(es: string, en: string, example: string | number = ID): ExampleVariable {
  return { es, en, example, from: "captured" };
}

/** Every name that an example may use, apart from Postman's own. */
export const EXAMPLE_VARIABLES: Readonly<Record<string, ExampleVariable>> = {
  mobile: {
    es: "A quién se envía: indicativo y número, solo dígitos.",
    en: "Who is sent to: country code and number, digits only.",
    example: "573001234567",
    from: "given",
  },
  id_template: {
    es: "Una plantilla aprobada con tres variables y sin archivo.",
    en: "An approved template with three variables and no file.",
    example: 1,
    from: "given",
  },
  template_name: {
    es: "El nombre de esa misma plantilla.",
    en: "The name of that same template.",
    example: "recordatorio_cita",
    from: "given",
  },
  template_language: {
    es: "Su idioma.",
    en: "Its language.",
    example: "es_CO",
    from: "given",
  },
  webhook_url: {
    es: "Dónde recibe usted los webhooks; en la demostración, el receptor del simulador.",
    en: "Where you receive webhooks; in the demonstration, the simulator's receiver.",
    example: "https://example.com/webhooks/recado",
    from: "given",
  },
  message_id: captured("El último mensaje enviado.", "The last message that was sent."),
  scheduled_message_id: captured("Un mensaje programado.", "A message that is scheduled."),
  media_id: captured("El último archivo subido.", "The last file that was uploaded."),
  endpoint_id: captured(
    "La dirección de webhooks que creó la colección.",
    "The webhook endpoint that the collection made.",
  ),
  first_endpoint_id: captured(
    "La dirección de webhooks más antigua, la que tiene historia.",
    "The oldest webhook endpoint, which has a history.",
  ),
  delivery_id: captured("La última entrega.", "The last delivery."),
  draft_template_id: captured(
    "La plantilla que escribió la colección.",
    "The template that the collection wrote.",
    12,
  ),
  contact_id: captured("El último contacto creado.", "The last contact that was made."),
  other_contact_id: captured(
    "El contacto que creó la carpeta Pruébelo.",
    "The contact that the folder Try it made.",
  ),
  conversation_id: captured("La última conversación.", "The last conversation."),
  erasure_id: captured("La última supresión.", "The last erasure."),
  balance_alert_id: captured("La última alerta de saldo.", "The last balance alert."),
  this_month: {
    es: "Este mes.",
    en: "This month.",
    example: "2026-11",
    from: "reckoned",
    offsetS: 0,
    chars: 7,
  },
  an_hour_ago: {
    es: "Hace una hora.",
    en: "An hour ago.",
    example: "2026-11-22T14:00:00Z",
    from: "reckoned",
    offsetS: -3_600,
  },
  in_an_hour: {
    es: "Dentro de una hora.",
    en: "In an hour.",
    example: "2026-11-22T16:00:00Z",
    from: "reckoned",
    offsetS: 3_600,
  },
};

/** Postman's own variables that examples use, and what stands for them in the OpenAPI document. */
export const DYNAMIC_VARIABLES: Readonly<Record<string, string>> = {
  $guid: ID,
  $timestamp: "1795360530",
};
