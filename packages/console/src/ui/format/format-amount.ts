import { currentLanguage } from "../../i18n/language.ts";

const formats = new Map<string, Intl.NumberFormat>();

/**
 * An amount as people write it: `-125.50` in COP is "−$ 125,50". `amount` is a decimal text and is never made a float;
 * up to four decimals are shown, as the ledger keeps them.
 */
export function formatAmount(amount: string, currency: string): string {
  // Whole amounts without decimals, all others with two at least: 125 and 125,50.
  const decimalsMin = amount.includes(".") ? 2 : 0;
  const key = `${currentLanguage()} ${currency} ${decimalsMin}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(localeOf(), {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: decimalsMin,
      maximumFractionDigits: 4,
    });
    formats.set(key, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}

/** A whole number with its thousands told apart. */
export function formatCount(count: number | bigint): string {
  return new Intl.NumberFormat(localeOf()).format(count);
}

/** Latin America's Spanish and English: what numbers and days look like. */
export function localeOf(): string {
  return currentLanguage() === "es" ? "es-CO" : "en-US";
}
