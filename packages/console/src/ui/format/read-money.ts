import { currentLanguage, type Language } from "../../i18n/language.ts";

/* "5.000" is five thousand to who reads Spanish and five to who reads English: money is read as the page writes it. */
const FORMS = {
  es: /^(\d{1,12}|[1-9]\d{0,2}(?:\.\d{3}){1,3})(?:,(\d{1,4}))?$/u,
  en: /^(\d{1,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.(\d{1,4}))?$/u,
} as const;
/** The other language's sign of decimals, where it can be nothing else: `29.5`, `0.125`; never `1234.567`. */
const OTHER_DECIMALS = /^(?:(\d{1,12})[.,](\d{1,2})|(0)[.,](\d{1,4}))$/u;

/**
 * An amount as people of this language type it, as the text that `/v1` and `/admin` take: `50.000` is fifty thousand in Spanish, and
 * `50,000` in English. Blanks and a `$` do not matter. Null for what is no amount or could be two. The one reader of money in the
 * console: every field of it is a `MoneyField`, which shows what was understood.
 */
export function readMoney(text: string, language: Language = currentLanguage()): string | null {
  const typed = text.replaceAll(/[\s$]/gu, "");
  const match = FORMS[language].exec(typed) ?? OTHER_DECIMALS.exec(typed);
  if (match === null) return null;
  const whole = match[1] ?? match[3] ?? "";
  const part = match[2] ?? match[4];
  const digits = whole.replaceAll(/[.,]/gu, "");
  return part === undefined ? digits : `${digits}.${part}`;
}
