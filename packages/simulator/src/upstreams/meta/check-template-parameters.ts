import type { Template } from "../../store/templates.ts";
import { asRecord, type Checked, isLonger } from "./content.ts";
import { isRefusal, refuse, refuseParameter } from "./refusal.ts";
import type { Values } from "./template-text.ts";

/** The parameters of one part of a template message. */
export interface PartParameters {
  part: "header" | "body";
  /** Place of the component in the request. */
  componentIndex: number;
  /** What the template's text has. */
  variables: string[];
  parameters: Record<string, unknown>[];
  template: Template;
}

const codeCharactersMax = 15;

/** Number, names, kinds and values of the parameters (fact sheet 1.5). */
export function checkParameters(given: PartParameters): Checked<Values> {
  const { part, variables, parameters, template } = given;
  if (parameters.length !== variables.length) {
    return refuse(132000, countMismatch(part, parameters.length, variables.length));
  }
  const values = new Map<string, string>();
  for (const index of parameters.keys()) {
    const name = nameOf(given, index);
    if (name === undefined || values.has(name)) {
      return refuse(
        100,
        `${part}: parameter_name of the parameter at index ${index} is missing or not in the template`,
      );
    }
    const checked = checkValue(given, index);
    if (isRefusal(checked)) return checked;
    if (template.category === "AUTHENTICATION" && isLonger(checked.text, codeCharactersMax)) {
      return refuse(
        132018,
        `${part}: Parameter at index ${index} exceeds the parameter length limit ${codeCharactersMax}`,
      );
    }
    if (template.category === "AUTHENTICATION" && isNoCode(checked.text)) {
      return refuse(132018, `${part}: Parameter at index ${index} has a URL or an emoji`);
    }
    values.set(name, checked.text);
  }
  return values;
}

function nameOf(given: PartParameters, index: number): string | undefined {
  if (given.template.parameterFormat === "POSITIONAL") return given.variables[index];
  const name = given.parameters[index]?.parameter_name;
  return typeof name === "string" && given.variables.includes(name) ? name : undefined;
}

function checkValue(given: PartParameters, index: number): Checked<{ text: string }> {
  const parameter = given.parameters[index] ?? {};
  const type = String(parameter.type).toLowerCase();
  if (type === "currency" || type === "date_time") {
    const fallback = asRecord(parameter[type])?.fallback_value;
    if (typeof fallback !== "string" || fallback === "") {
      return refuse(131008, `Parameter of type ${type} is missing fallback_value`);
    }
    return { text: fallback };
  }
  if (type !== "text") {
    const received = parameter.type === undefined ? "UNKNOWN" : type.toUpperCase();
    return refuse(132012, `${given.part}: Format mismatch, expected TEXT, received ${received}`);
  }
  const path = `template['components'][${given.componentIndex}]['parameters'][${index}]['text']`;
  return checkTextValue(parameter.text, path);
}

/** The rules for every text that goes into a template: a string, not blank, no line breaks, tabs or long blanks. */
export function checkTextValue(text: unknown, path: string): Checked<{ text: string }> {
  if (text === undefined || text === null) {
    return refuse(131008, "Parameter of type text is missing text value");
  }
  if (typeof text !== "string") return refuseParameter(`Param ${path} must be a string.`);
  if (text.trim() === "") return refuse(131008, "Parameter of type text is missing text value");
  if (/[\n\r\t]| {5}/.test(text)) {
    return refuse(
      132018,
      "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
    );
  }
  return { text };
}

function isNoCode(text: string): boolean {
  return /https?:|www\.|\p{Extended_Pictographic}/u.test(text);
}

/** Meta's words for a wrong number of parameters. */
export function countMismatch(part: string, received: number, expected: number): string {
  return `${part}: number of localizable_params (${received}) does not match the expected number of params (${expected})`;
}
