import type { Template, TemplateButton, TemplateComponent } from "../../store/templates.ts";
import { toAuthenticationComponents } from "./authentication-template.ts";
import { asRecord, type Checked, isLonger } from "./content.ts";
import { isRefusal, type Refusal, refuse, refuseParameter } from "./refusal.ts";
import { listVariables } from "./template-text.ts";

type Definition = Pick<Template, "category" | "parameterFormat" | "components" | "ttlSeconds">;

const formats = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "GIF", "LOCATION"];
const buttonsMax: Record<string, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
};

/** What a template may look like (fact sheet 5.4); types come out in upper case. */
export function checkDefinition(
  body: Record<string, unknown>,
  language: string,
): Checked<Definition> {
  const category = String(body.category).toUpperCase() as Definition["category"];
  if (!["MARKETING", "UTILITY", "AUTHENTICATION"].includes(category)) {
    return refuseParameter("Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.");
  }
  const parameterFormat = String(body.parameter_format ?? "POSITIONAL").toUpperCase();
  if (parameterFormat !== "POSITIONAL" && parameterFormat !== "NAMED") {
    return refuseParameter("Param parameter_format must be one of {NAMED, POSITIONAL}.");
  }
  if (!Array.isArray(body.components) || body.components.length === 0) {
    return refuseParameter("The parameter components is required.");
  }
  const components: TemplateComponent[] = [];
  for (const [index, item] of body.components.entries()) {
    const part = asRecord(item);
    if (part === undefined || typeof part.type !== "string") {
      return refuseParameter(`Param components[${index}]['type'] is required.`);
    }
    components.push({ ...part, type: part.type.toUpperCase() });
  }
  const types = components.map((one) => one.type);
  if (new Set(types).size !== types.length || !types.includes("BODY")) {
    return refuseParameter("Param components must have one BODY and each type once at most.");
  }
  const ttlSeconds = body.message_send_ttl_seconds;
  const kept =
    category === "AUTHENTICATION"
      ? toAuthenticationComponents(components, language)
      : checkParts(components, parameterFormat);
  if (isRefusal(kept)) return kept;
  return {
    category,
    parameterFormat,
    components: kept.components,
    ttlSeconds: typeof ttlSeconds === "number" ? ttlSeconds : null,
  };
}

function checkParts(
  components: TemplateComponent[],
  parameterFormat: string,
): Checked<{ components: TemplateComponent[] }> {
  for (const part of components) {
    const refusal = checkPart(part, parameterFormat);
    if (refusal !== undefined) return refusal;
  }
  return { components: components.map(withUpperCase) };
}

function withUpperCase(part: TemplateComponent): TemplateComponent {
  const format = part.format?.toUpperCase();
  const buttons = part.buttons?.map((one) => ({ ...one, type: one.type.toUpperCase() }));
  return { ...part, ...(format && { format }), ...(buttons && { buttons }) };
}

function checkPart(part: TemplateComponent, parameterFormat: string): Refusal | undefined {
  if (part.type === "HEADER") return checkHeader(part, parameterFormat);
  if (part.type === "BODY") {
    if (typeof part.text !== "string" || part.text.trim() === "" || isLonger(part.text, 1024)) {
      return refuseText(2388072, "Body text must have 1 to 1024 characters");
    }
    return checkVariables(part, parameterFormat, "body_text");
  }
  if (part.type === "FOOTER") {
    if (typeof part.text !== "string" || part.text === "" || isLonger(part.text, 60)) {
      return refuseText(2388073, "Footer text must have 1 to 60 characters");
    }
    return listVariables(part.text).length > 0
      ? refuseText(2388073, "A footer has no variables")
      : undefined;
  }
  if (part.type === "BUTTONS") return checkButtons(part.buttons);
  return undefined;
}

function checkHeader(part: TemplateComponent, parameterFormat: string): Refusal | undefined {
  const format = String(part.format ?? "TEXT").toUpperCase();
  if (!formats.includes(format)) {
    return refuseText(2388047, `Header format must be one of ${formats.join(", ")}`);
  }
  if (format === "LOCATION") return undefined;
  if (format !== "TEXT") {
    const handle = asRecord(part.example)?.header_handle;
    const isHandle = Array.isArray(handle) && /^([0-9]+:|https:)/.test(String(handle[0]));
    return isHandle ? undefined : refuseText(2388043, "A media header needs example.header_handle");
  }
  if (typeof part.text !== "string" || part.text === "" || isLonger(part.text, 60)) {
    return refuseText(2388047, "Header text must have 1 to 60 characters");
  }
  if (listVariables(part.text).length > 1) {
    return refuseText(2388047, "A header has one variable at most");
  }
  return checkVariables(part, parameterFormat, "header_text");
}

function checkVariables(
  part: TemplateComponent,
  parameterFormat: string,
  exampleKey: string,
): Refusal | undefined {
  const text = part.text ?? "";
  const variables = listVariables(text);
  if (variables.length === 0) return undefined;
  if (/^\s*\{\{|\}\}\s*$/.test(text) && part.type === "BODY") {
    return refuseText(2388299, "Variables can't be at the start or end of the template");
  }
  const isPositional = parameterFormat === "POSITIONAL";
  const inOrder = variables.every((name, index) => name === String(index + 1));
  if (isPositional && !inOrder) {
    return refuseText(2388072, "Positional variables must be {{1}}, {{2}}… without gaps");
  }
  if (!isPositional && !variables.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) {
    return refuseText(2388072, "Variable names are lower-case letters, digits and underscores");
  }
  const example = asRecord(part.example) ?? {};
  const key = isPositional ? exampleKey : `${exampleKey}_named_params`;
  const given = example[key];
  const list = Array.isArray(given) && Array.isArray(given[0]) ? given[0] : given;
  return Array.isArray(list) && list.length === variables.length
    ? undefined
    : refuseText(2388043, `example.${key} needs a sample for each variable`);
}

function checkButtons(buttons: TemplateButton[] | undefined): Refusal | undefined {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 10) {
    return refuseText(2388060, "A template has 1 to 10 buttons");
  }
  const counts = new Map<string, number>();
  let groups = 0;
  let previous = false;
  for (const button of buttons) {
    const type = String(button.type).toUpperCase();
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const needsText = type !== "COPY_CODE";
    if (
      needsText &&
      (typeof button.text !== "string" || isLonger(button.text, 25) || !button.text)
    ) {
      return refuseText(2388040, "Button text must have 1 to 25 characters");
    }
    if (type === "URL" && (typeof button.url !== "string" || isLonger(button.url, 2000))) {
      return refuseText(2388040, "A URL button needs a url of at most 2000 characters");
    }
    if (type === "URL" && listVariables(String(button.url)).length > 0) {
      const isAtEnd = /^[^{]+\{\{1\}\}$/.test(String(button.url));
      if (!isAtEnd) return refuseText(2388060, "A url has one variable, {{1}}, at its end");
      if (!Array.isArray(button.example))
        return refuseText(2388043, "A url variable needs example");
    }
    if (type === "PHONE_NUMBER" && typeof button.phone_number !== "string") {
      return refuseText(2388040, "A phone number button needs phone_number");
    }
    if (type === "QUICK_REPLY" && !previous) groups++;
    previous = type === "QUICK_REPLY";
  }
  for (const [type, count] of counts) {
    if (count > (buttonsMax[type] ?? 1)) {
      return refuseText(2388060, `Too many buttons of type ${type}`);
    }
  }
  return groups > 1 ? refuseText(2388060, "Quick replies must stand together") : undefined;
}

function refuseText(subcode: number, sentence: string): Refusal {
  return refuse(100, undefined, {
    message: "Invalid parameter",
    subcode,
    isTransient: false,
    userTitle: sentence,
    userMessage: sentence,
  });
}
