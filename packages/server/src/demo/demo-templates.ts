import type { TemplateCategory, TemplateDefinition } from "../domain/template.ts";

/** A template of the demonstration and what WhatsApp decided about it. */
export interface DemoTemplate {
  name: string;
  category: TemplateCategory;
  definition: TemplateDefinition;
  examples: readonly string[];
  decision: "APPROVED" | "PENDING" | "REJECTED" | "PAUSED";
}

const NONE = {
  header: null,
  footer: null,
  buttons: [],
  parameterFormat: "positional",
} as const;

function template(
  given: Omit<DemoTemplate, "definition" | "decision" | "examples"> & {
    definition: Partial<TemplateDefinition> & { body: string };
    examples?: readonly string[];
    decision?: DemoTemplate["decision"];
  },
): DemoTemplate {
  return {
    examples: [],
    decision: "APPROVED",
    ...given,
    definition: { ...NONE, buttons: [], ...given.definition },
  };
}

/** What the demonstration project can send: one of each kind that an integrator wants to try. */
export const DEMO_TEMPLATES: readonly DemoTemplate[] = [
  template({
    name: "recordatorio_cita",
    category: "utility",
    definition: {
      body: "Hola *{{1}}*, le recordamos su cita con {{2}} el {{3}}. ¿Podrá asistir?",
      footer: "Clínica Los Andes",
      buttons: [
        { kind: "quick_reply", text: "Sí, allí estaré", target: null },
        { kind: "quick_reply", text: "Necesito cambiarla", target: null },
      ],
    },
    examples: ["Carlos", "la doctora Rojas", "miércoles"],
  }),
  template({
    name: "saldo_disponible",
    category: "utility",
    definition: { body: "Su saldo disponible es de {{1}} pesos. Gracias por preferirnos." },
    examples: ["125.000"],
  }),
  template({
    name: "gracias_por_su_compra",
    category: "utility",
    definition: { body: "Gracias por su compra. Le avisaremos cuando salga su pedido." },
  }),
  template({
    name: "factura_electronica",
    category: "utility",
    definition: {
      header: { format: "document", text: null },
      body: "Hola {{1}}, adjuntamos su factura por {{2}}. Puede pagarla hasta el viernes.",
      footer: "Facturación",
      buttons: [{ kind: "url", text: "Pagar ahora", target: "https://example.com/pagos" }],
    },
    examples: ["Carlos", "$100"],
  }),
  template({
    name: "promocion_con_imagen",
    category: "marketing",
    definition: {
      header: { format: "image", text: null },
      body: "¡Hola {{1}}! 🎉 Esta semana todo el calzado tiene 30 % de descuento.",
      footer: "Responda BAJA para no recibir más promociones",
      buttons: [
        { kind: "quick_reply", text: "Quiero verlo", target: null },
        { kind: "phone_number", text: "Llamar", target: "+576011234567" },
      ],
    },
    examples: ["Laura"],
  }),
  template({
    name: "oferta_del_mes",
    category: "marketing",
    definition: {
      body: "Hola {{1}}, su crédito preaprobado lo espera: desembolso en 24 horas y sin codeudor.",
      footer: "Responda BAJA para no recibir más promociones",
    },
    examples: ["Laura"],
  }),
  template({
    name: "video_de_bienvenida",
    category: "utility",
    definition: {
      header: { format: "video", text: null },
      body: "Le damos la bienvenida. En este video le contamos cómo usar su cuenta.",
    },
  }),
  template({
    name: "codigo_de_acceso",
    category: "authentication",
    definition: {
      body: "Su código de verificación es {{1}}.",
      buttons: [{ kind: "otp", text: "Copiar código", target: null }],
    },
    examples: ["482913"],
  }),
  template({
    name: "encuesta_en_revision",
    category: "utility",
    definition: { body: "¿Cómo le fue con su pedido {{1}}? Nos gustaría saberlo." },
    examples: ["881"],
    decision: "PENDING",
  }),
  template({
    name: "sorteo_rechazado",
    category: "marketing",
    definition: { body: "Participe en el sorteo de {{1}} con solo responder este mensaje." },
    examples: ["un viaje"],
    decision: "REJECTED",
  }),
  template({
    name: "aviso_pausado",
    category: "utility",
    definition: { body: "El pedido {{1}} va en camino y llegará hoy mismo." },
    examples: ["881"],
    decision: "PAUSED",
  }),
];

/** One approved template, for the accounts that show a refusal. */
export const PLAIN_TEMPLATE: DemoTemplate = template({
  name: "aviso_sencillo",
  category: "utility",
  definition: { body: "Este es un aviso sencillo. Gracias por leerlo." },
});
