import { currentLanguage } from "../../i18n/language.ts";

/** For a field of a count: "5.000" that is pasted in Spanish is five thousand, as it is shown, and never five. */
export function numberSigns(): { thousandSeparator: string; decimalSeparator: string } {
  return currentLanguage() === "es"
    ? { thousandSeparator: ".", decimalSeparator: "," }
    : { thousandSeparator: ",", decimalSeparator: "." };
}
