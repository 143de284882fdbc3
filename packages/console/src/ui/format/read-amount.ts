import { currentLanguage } from "../../i18n/language.ts";

/* "5.000" is five thousand to who reads Spanish and five to who reads English: money is read as the page writes it. */
const FORMS = {
  es: /^(\d{1,15}|\d{1,3}(?:\.\d{3}){1,4})(?:,(\d{1,4}))?$/u,
  en: /^(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,4}))?$/u,
};
/** The other language's sign of decimals, where it can be nothing else: `29.5`. */
const OTHER_DECIMALS = /^(\d{1,15})[.,](\d{1,2}|\d{4})$/u;

/** An amount as people type it, as a decimal text for the server; null for what is none. Blanks and a `$` do not matter. */
export function readAmount(
  typed: string,
  language: "es" | "en" = currentLanguage(),
): string | null {
  const text = typed.replace(/[\s$]/gu, "");
  const match = FORMS[language].exec(text) ?? OTHER_DECIMALS.exec(text);
  if (match === null) return null;
  const [, whole = "", part] = match;
  const digits = whole.replace(/[.,]/gu, "");
  return part === undefined ? digits : `${digits}.${part}`;
}
