import { currentLanguage, type Language } from "../../i18n/language.ts";

const GROUPED = {
  es: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,4})?$/u,
  en: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,4})?$/u,
} as const;
const PLAIN = /^\d{1,12}(?:[.,]\d{1,4})?$/u;
const DIGITS_MAX = 12;

/**
 * An amount as people of this language type it, as the text that `/v1` and `/admin` take: `50.000` is fifty thousand in Spanish, and
 * `50,000` in English. Null for what is no amount. Whoever asks for money shows what was understood.
 */
export function readMoney(text: string, language: Language = currentLanguage()): string | null {
  const typed = text.replaceAll(/[\s$]/gu, "");
  if (GROUPED[language].test(typed)) {
    const [thousands, decimal] = language === "es" ? [".", ","] : [",", "."];
    const amount = typed.replaceAll(thousands, "").replace(decimal, ".");
    return (amount.split(".")[0]?.length ?? 0) <= DIGITS_MAX ? amount : null;
  }
  return PLAIN.test(typed) ? typed.replace(",", ".") : null;
}
