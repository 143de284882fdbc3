import { currentLanguage } from "../../i18n/language.ts";

/** A count with its thousands apart. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLanguage() === "es" ? "es-CO" : "en-US").format(value);
}

/** A telephone's number as people read it: `+57 300 123 4567`; digits of a length unknown here stay together after the `+`. */
export function formatMobile(digits: string): string {
  const match = /^(57|52|51|56|54|58|34|55)(\d{1,3})(\d{3})(\d{4})$/u.exec(digits);
  return match === null ? `+${digits}` : `+${match.slice(1).join(" ")}`;
}
