import type { OperationExample } from "../operation-example.ts";

const DRAFT = { id: "{{draft_template_id}}" };
const NEW = {
  name: "recordatorio_{{$timestamp}}",
  language: "es_CO",
  category: "utility",
  body: "Hola {{1}}, lo esperamos el {{2}} en nuestra sede.",
  footer: "Clínica Los Andes",
  examples: ["Carlos", "miércoles"],
};

/** See the operations of the same names. */
export const TEMPLATE_EXAMPLES = {
  listTemplates: {
    es: "Las plantillas, las más nuevas primero.",
    query: { status: "approved" },
  },
  createTemplate: {
    es: "Escribe un borrador; WhatsApp lo ve cuando se envía a aprobación.",
    body: NEW,
    captures: { draft_template_id: "id" },
  },
  lintTemplate: {
    es: "Qué rechazaría o no le gustaría a WhatsApp de una plantilla; no guarda nada.",
    // Other words than those of the draft before: the same ones twice would be minded.
    body: {
      ...NEW,
      name: "resultado_listo",
      body: "Hola {{1}}, su resultado del {{2}} ya está listo para usted.",
    },
    holds: { ok: true },
  },
  syncTemplates: {
    es: "Lee ya todas las plantillas de un proyecto en WhatsApp.",
    body: {},
  },
  getTemplate: { es: "Una plantilla como está.", params: DRAFT },
  changeTemplate: {
    es: "Escribe otro contenido; el de WhatsApp sigue en uso hasta que este se envíe.",
    params: DRAFT,
    body: { footer: "Clínica Los Andes, sede norte" },
  },
  deleteTemplate: {
    es: "Borra una plantilla, o todos los idiomas de su nombre, aquí y en WhatsApp.",
    params: DRAFT,
  },
  submitTemplate: {
    es: "Revisa un borrador o una edición y lo envía a WhatsApp para su aprobación.",
    params: DRAFT,
    body: { force: true },
  },
  previewTemplate: {
    es: "La plantilla como la muestra un teléfono, y lo que cuesta.",
    params: DRAFT,
    body: { variables: ["Carlos", "jueves"] },
  },
  decideTemplateCategory: {
    es: "Acepta o rechaza la categoría más cara a la que WhatsApp pasó una plantilla.",
    params: DRAFT,
    body: { decision: "accept" },
    expects: {
      status: 409,
      because: "WhatsApp no la ha encarecido · WhatsApp has not made it dearer",
    },
  },
  listTemplateChanges: {
    es: "La historia de una plantilla, lo más nuevo primero.",
    params: DRAFT,
  },
} as const satisfies Record<string, OperationExample>;
