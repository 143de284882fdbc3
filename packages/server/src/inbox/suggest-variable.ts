import { foldText } from "../domain/fold-text.ts";

/** The person for whom variables are filled. */
export interface KnownPerson {
  name: string | null;
  mobile: string | null;
  customFields: Readonly<Record<string, string | number | boolean>>;
}

const NAME = /^(?:nombre|nombres|name|first_?name|cliente|contacto|contact)$/u;
const MOBILE = /^(?:celular|movil|telefono|mobile|phone|whatsapp)$/u;
const GREETING =
  /(?:hola|buen[oa]s? (?:dias|tardes|noches)|estimad[oa]|apreciad[oa]|señora?|senora?|hi|hello|dear)[\s,]*$/u;

/**
 * What a template's variable is likely to be, out of what is known of the person; empty: nothing fits. A named variable goes
 * by its name, a numbered one by the greeting before it.
 */
export function suggestVariable(
  variable: { name: string; textBefore: string },
  person: KnownPerson,
): string {
  const name = foldText(variable.name);
  const field = Object.entries(person.customFields).find(([key]) => foldText(key) === name);
  if (field) return String(field[1]);
  if (MOBILE.test(name)) return person.mobile ?? "";
  const isName =
    NAME.test(name) || (/^\d+$/u.test(name) && GREETING.test(foldText(variable.textBefore)));
  return isName ? (person.name ?? "") : "";
}
