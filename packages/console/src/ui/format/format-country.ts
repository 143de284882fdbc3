import { currentLanguage } from "../../i18n/language.ts";

/** "CO" is Colombia; what is no country's code stays as it is. */
export function formatCountry(code: string): string {
  if (!/^[A-Z]{2}$/u.test(code)) return code;
  return new Intl.DisplayNames(currentLanguage(), { type: "region" }).of(code) ?? code;
}
