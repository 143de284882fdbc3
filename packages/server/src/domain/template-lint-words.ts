import type { RuleWords } from "./lint-words.ts";
import { BUTTON_RULES } from "./template-lint-button-words.ts";

const COMPONENTS = "Meta, Message templates: components";
const REVIEW = "Meta, Message templates: review, common rejection reasons";
const OVERVIEW = "Meta, Message templates: overview";

/** Every rule: how grave it is, where it is written, and its words. */
export const LINT_RULES = {
  "name-form": {
    severity: "error",
    source: OVERVIEW,
    what: [
      "El nombre solo puede tener minúsculas, dígitos y _, hasta {max}.",
      "The name may only have lower-case letters, digits and _, up to {max}.",
    ],
    fix: ["Use algo como recordatorio_cita.", "Use something like appointment_reminder."],
  },
  "language-form": {
    severity: "error",
    source: OVERVIEW,
    what: ["«{given}» no es un código de idioma.", "“{given}” is no language code."],
    fix: ["Use uno como es o es_CO.", "Use one such as es or es_CO."],
  },
  "language-unknown": {
    severity: "warning",
    source: OVERVIEW,
    what: [
      "«{given}» no está entre los idiomas de WhatsApp que conocemos.",
      "“{given}” is not among WhatsApp's languages that we know.",
    ],
    fix: ["Revise el código; es_CO va con guion bajo.", "Check the code; es_CO has an underscore."],
  },
  "header-length": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El encabezado tiene {given} caracteres; el máximo es {max}.",
      "The header has {given} characters; the most is {max}.",
    ],
    fix: ["Acórtelo o páselo al cuerpo.", "Shorten it, or move it to the body."],
  },
  "header-empty": {
    severity: "error",
    source: COMPONENTS,
    what: ["El encabezado de texto está vacío.", "The text header is empty."],
    fix: ["Escriba el texto o quite el encabezado.", "Write the text, or leave the header out."],
  },
  "header-variables": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El encabezado admite una sola variable y tiene {given}.",
      "A header takes one variable and has {given}.",
    ],
    fix: ["Deje una y pase las demás al cuerpo.", "Keep one and move the others to the body."],
  },
  "header-marks": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El encabezado no admite emojis, saltos de línea ni marcas (*, _, ~).",
      "A header takes no emoji, line break or marks (*, _, ~).",
    ],
    fix: ["Quítelos; en el cuerpo sí van.", "Take them out; in the body they are fine."],
  },
  "header-sample": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Falta el archivo de muestra del encabezado ({format}).",
      "The header's sample file is missing ({format}).",
    ],
    fix: ["Suba uno y póngalo en sample_media_id.", "Upload one and put it into sample_media_id."],
  },
  "body-empty": {
    severity: "error",
    source: COMPONENTS,
    what: ["El cuerpo está vacío.", "The body is empty."],
    fix: ["Escriba el mensaje.", "Write the message."],
  },
  "body-length": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El cuerpo tiene {given} caracteres; el máximo es {max}.",
      "The body has {given} characters; the most is {max}.",
    ],
    fix: ["Acórtelo.", "Shorten it."],
  },
  "body-blank-lines": {
    severity: "error",
    source: REVIEW,
    what: [
      "Hay más de dos saltos de línea seguidos.",
      "There are more than two line breaks in a row.",
    ],
    fix: ["Deje una línea en blanco como mucho.", "Leave one blank line at most."],
  },
  "body-spaces": {
    severity: "error",
    source: REVIEW,
    what: [
      "Hay tabuladores o más de cuatro espacios seguidos.",
      "There are tabs, or more than four blanks in a row.",
    ],
    fix: ["Deje un espacio.", "Leave one blank."],
  },
  "body-emojis": {
    severity: "warning",
    source: REVIEW,
    what: [
      "Hay {given} emojis; con más de {max} suele rechazarse.",
      "There are {given} emojis; with more than {max} it is often rejected.",
    ],
    fix: ["Deje menos.", "Use fewer."],
  },
  "footer-length": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El pie tiene {given} caracteres; el máximo es {max}.",
      "The footer has {given} characters; the most is {max}.",
    ],
    fix: ["Acórtelo.", "Shorten it."],
  },
  "footer-variables": {
    severity: "error",
    source: COMPONENTS,
    what: ["El pie no admite variables.", "A footer takes no variables."],
    fix: ["Pase la variable al cuerpo.", "Move the variable to the body."],
  },
  "footer-lines": {
    severity: "error",
    source: COMPONENTS,
    what: ["El pie no admite saltos de línea.", "A footer takes no line breaks."],
    fix: ["Déjelo en una línea.", "Keep it on one line."],
  },
  "variable-form": {
    severity: "error",
    source: COMPONENTS,
    what: ["«{given}» no es una variable bien escrita.", "“{given}” is no well-written variable."],
    fix: [
      "Escriba {{1}} o {{nombre}}: minúsculas, dígitos y _.",
      "Write {{1}} or {{name}}: lower case, digits and _.",
    ],
  },
  "variable-mixed": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Se mezclan variables numeradas y con nombre.",
      "Numbered and named variables are mixed.",
    ],
    fix: [
      "Use solo números o solo nombres en toda la plantilla.",
      "Use numbers only, or names only, in the whole template.",
    ],
  },
  "variable-gap": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Las variables no van de {{1}} en adelante sin saltos: falta {{{given}}}.",
      "The variables do not run from {{1}} without gaps: {{{given}}} is missing.",
    ],
    fix: ["Renumérelas: {{1}}, {{2}}, {{3}}…", "Number them {{1}}, {{2}}, {{3}}…"],
  },
  "variable-edge": {
    severity: "error",
    source: REVIEW,
    what: [
      "El cuerpo empieza o termina con una variable.",
      "The body begins or ends with a variable.",
    ],
    fix: [
      "Ponga texto antes y después; un punto al final basta.",
      "Put text before and after it; a full stop at the end is enough.",
    ],
  },
  "variable-adjacent": {
    severity: "error",
    source: REVIEW,
    what: ["Hay dos variables seguidas.", "Two variables stand side by side."],
    fix: ["Ponga palabras entre ellas.", "Put words between them."],
  },
  "variable-ratio": {
    severity: "warning",
    source: REVIEW,
    what: [
      "{given} variables son muchas para {words} palabras.",
      "{given} variables are many for {words} words.",
    ],
    fix: [
      "Escriba más texto fijo: al menos dos palabras por variable y una más.",
      "Write more fixed text: at least two words for each variable and one more.",
    ],
  },
  "example-missing": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Falta el ejemplo de la variable {given}.",
      "The example of the variable {given} is missing.",
    ],
    fix: [
      "Dé un valor de muestra realista, sin datos de personas.",
      "Give a realistic sample value, without anybody's data.",
    ],
  },
  "example-form": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "El ejemplo de {given} tiene una variable o un salto de línea.",
      "The example of {given} has a variable or a line break.",
    ],
    fix: ["Escriba un valor como el que enviará.", "Write a value like those that you will send."],
  },
  "example-count": {
    severity: "error",
    source: COMPONENTS,
    what: [
      "Hay {given} ejemplos para {wanted} variables.",
      "There are {given} examples for {wanted} variables.",
    ],
    fix: ["Dé uno por variable, en orden.", "Give one for each variable, in order."],
  },
  "content-twice": {
    severity: "error",
    source: REVIEW,
    what: [
      "La plantilla {given} tiene el mismo cuerpo y pie.",
      "The template {given} has the same body and footer.",
    ],
    fix: ["Use aquella, o cambie el texto.", "Use that one, or change the text."],
  },
  ...BUTTON_RULES,
} as const satisfies Record<string, RuleWords>;

/** The name of a rule. */
export type LintRule = keyof typeof LINT_RULES;
