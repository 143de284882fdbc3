import { type FieldReceiver, malformed, TEXT_FIELDS } from "./field-receiver.ts";

/** The name that a JSON string, with its quotation marks, stands for. */
export function parseJsonName(raw: string): string {
  const name = parseJson(raw, "");
  if (typeof name !== "string") throw malformed("The JSON cannot be read");
  return name;
}

/**
 * Hands a member of the body's object on, from the JSON text of its value. Texts and numbers are taken,
 * a number digit by digit as it was written; `null` means that there is none; `template_variables` may be
 * a list. Members that are no parameter may be anything that is JSON.
 */
export function receiveJsonValue(receiver: FieldReceiver, name: string, raw: string): void {
  const value = parseJson(raw, name);
  if (value === null) receiver.unset(name);
  else if (name === "media") receiveBareMedia(receiver, value, raw);
  else if (typeof value === "string") receiver.setText(name, value);
  else if (typeof value === "number") receiver.setText(name, formatNumber(raw));
  else if (name === "template_variables" && Array.isArray(value)) {
    receiver.setList(name, parseList(name, raw));
  } else if (PARAMETERS.has(name)) {
    throw malformed("A parameter must be text or a number", name);
  }
}

/** Those that have a meaning as JSON member; `media` as a string never comes here. */
const PARAMETERS = new Set<string>([...TEXT_FIELDS, "template_variables"]);

function receiveBareMedia(receiver: FieldReceiver, value: unknown, raw: string): void {
  if (typeof value !== "number") throw malformed("A parameter must be text", "media");
  receiver.beginMedia().writeText(Buffer.from(raw));
}

function parseList(name: string, raw: string): string[] {
  const list: unknown = JSON.parse(raw, keepNumbers);
  if (!Array.isArray(list)) throw malformed("The JSON cannot be read", name);
  return list.map((item: unknown, at) => {
    if (typeof item === "string") return item;
    if (item === null) return "";
    throw malformed("A template variable must be text or a number", `${name}[${at}]`);
  });
}

/** Numbers become the text they were written as: 1.50 is a price, not 1.5. */
function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}

/** Digits stay as they are; a whole number in another dress (`5.73e11`, `17.0`) is written out. */
function formatNumber(source: string): string {
  const value = Number(source);
  return /^-?\d+$/u.test(source) || !Number.isSafeInteger(value) ? source : String(value);
}

function parseJson(raw: string, path: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // The engine's own message quotes the text, which may hold credentials.
    throw malformed("The JSON cannot be read", path === "" ? undefined : path);
  }
}
