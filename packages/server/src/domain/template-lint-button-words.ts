import type { RuleWords } from "./lint-words.ts";

const COMPONENTS = "Meta, Message templates: components";
const REVIEW = "Meta, Message templates: review, common rejection reasons";
const AUTHENTICATION = "Meta, Authentication templates";
const CATEGORIES = "Meta, Template categorization";

/** Rules about buttons and categories: their words. */
export const BUTTON_RULES = {
  "buttons-count": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Hay {given} botones; el máximo es {max}.",
      "There are {given} buttons; the most is {max}.",
    ],
    fix: ["Quite los que sobran.", "Take some out."],
  },
  "buttons-kind-count": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Hay {given} botones de tipo {kind}; el máximo es {max}.",
      "There are {given} buttons of kind {kind}; the most is {max}.",
    ],
    fix: ["Quite los que sobran.", "Take some out."],
  },
  "buttons-kind": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Un botón de tipo {kind} no se puede usar aquí.",
      "A button of kind {kind} cannot be used here.",
    ],
    fix: [
      "Use quick_reply, url, phone_number o copy_code.",
      "Use quick_reply, url, phone_number or copy_code.",
    ],
  },
  "buttons-order": {
    severity: "error",
    source: COMPONENTS,
    what: ["Las respuestas rápidas deben ir juntas.", "Quick replies must stand together."],
    fix: [
      "Póngalas todas antes o todas después de los demás botones.",
      "Put all of them before, or all after, the other buttons.",
    ],
  },
  "buttons-desktop": {
    severity: "hint",
    source: COMPONENTS,
    what: [
      "Con cuatro botones o más, o de varios tipos, WhatsApp en el computador no los muestra.",
      "Four buttons or more, or several kinds, are not shown by WhatsApp on a computer.",
    ],
    fix: [
      "Si importa, deje tres respuestas rápidas o dos enlaces.",
      "If that matters, keep three quick replies or two links.",
    ],
  },
  "button-text-length": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El texto del botón tiene {given} caracteres; debe tener de 1 a {max}.",
      "The button's text has {given} characters; it must have 1 to {max}.",
    ],
    fix: ["Acórtelo o escríbalo.", "Shorten it, or write one."],
  },
  "button-text-form": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El texto del botón tiene una variable o un salto de línea.",
      "The button's text has a variable or a line break.",
    ],
    fix: ["Escriba un texto fijo de una línea.", "Write a fixed text of one line."],
  },
  "button-text-emoji": {
    severity: "warning",
    source: REVIEW,
    what: [
      "El texto del botón tiene emojis o marcas; suele rechazarse.",
      "The button's text has emojis or marks; that is often rejected.",
    ],
    fix: ["Quítelos.", "Take them out."],
  },
  "button-text-twice": {
    severity: "error",
    source: COMPONENTS,
    what: ["Dos botones dicen «{given}».", "Two buttons say “{given}”."],
    fix: ["Dé a cada uno su texto.", "Give each its own text."],
  },
  "url-form": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El enlace no es una dirección https:// o http:// de hasta {max} caracteres.",
      "The link is no https:// or http:// address of up to {max} characters.",
    ],
    fix: ["Escriba la dirección completa.", "Write the whole address."],
  },
  "url-variable": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Un enlace admite una sola variable, {{1}}, y al final.",
      "A link takes one variable, {{1}}, at its end.",
    ],
    fix: ["Use https://su-sitio.co/pedidos/{{1}}.", "Use https://your-site.co/orders/{{1}}."],
  },
  "url-whatsapp": {
    severity: "warning",
    source: REVIEW,
    what: [
      "El enlace lleva a WhatsApp o a un acortador; suele rechazarse.",
      "The link leads to WhatsApp or to a shortener; that is often rejected.",
    ],
    fix: ["Use la dirección de su propio sitio.", "Use your own site's address."],
  },
  "phone-form": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El teléfono debe tener de 5 a 20 caracteres: + y dígitos.",
      "The telephone must have 5 to 20 characters: + and digits.",
    ],
    fix: ["Escríbalo como +576011234567.", "Write it like +576011234567."],
  },
  "category-promotional": {
    severity: "warning",
    source: CATEGORIES,
    what: [
      "«{given}» suena a promoción: WhatsApp puede pasarla a marketing, que cuesta más.",
      "“{given}” sounds like a promotion: WhatsApp may move it to marketing, which costs more.",
    ],
    fix: [
      "Hable solo del trámite del cliente, o envíela como marketing.",
      "Speak only of the customer's own transaction, or submit it as marketing.",
    ],
  },
  "category-code": {
    severity: "warning",
    source: CATEGORIES,
    what: [
      "Parece un código de verificación: WhatsApp los rechaza fuera de authentication.",
      "It looks like a verification code: WhatsApp rejects those outside authentication.",
    ],
    fix: ["Use la categoría authentication.", "Use the category authentication."],
  },
  "marketing-opt-out": {
    severity: "hint",
    source: CATEGORIES,
    what: ["No dice cómo dejar de recibir promociones.", "It does not say how to stop promotions."],
    fix: [
      "Ponga en el pie algo como: Responda BAJA para no recibir más.",
      "Put into the footer something like: Reply STOP to opt out.",
    ],
  },
  "authentication-parts": {
    severity: "error",
    source: AUTHENTICATION,
    what: [
      "Una plantilla de códigos no lleva encabezado y tiene un solo botón, de tipo otp.",
      "A template for codes has no header and one button, of kind otp.",
    ],
    fix: [
      'Deje buttons: [{"kind":"otp","text":"Copiar código"}].',
      'Leave buttons: [{"kind":"otp","text":"Copy code"}].',
    ],
  },
  "authentication-body": {
    severity: "hint",
    source: AUTHENTICATION,
    what: [
      "WhatsApp escribe él mismo el texto de los códigos; el suyo no se envía.",
      "WhatsApp writes the text of codes itself; yours is not sent.",
    ],
    fix: ["No hay que hacer nada.", "Nothing needs to be done."],
  },
  "authentication-minutes": {
    severity: "error",
    source: AUTHENTICATION,
    what: [
      "Los minutos de validez en el pie deben ser de 1 a 90.",
      "The minutes of validity in the footer must be 1 to 90.",
    ],
    fix: [
      "Escriba un pie como: Este código caduca en 10 minutos.",
      "Write a footer like: This code expires in 10 minutes.",
    ],
  },
} as const satisfies Record<string, RuleWords>;
