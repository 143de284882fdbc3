import { currentLanguage } from "../../i18n/language.ts";

const UNIT = 10_000n;
const DECIMALS = 4;
const DECIMALS_MIN = 2;

/**
 * A decimal text (`"1234.5"`, as `/v1` and `/admin` give it) in units of a ten-thousandth. Exact: money is never a float. Null for
 * a text that is no amount.
 */
export function parseMoney(text: string): bigint | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/u.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = "0", part = ""] = match;
  const units = BigInt(whole) * UNIT + BigInt(part.padEnd(DECIMALS, "0"));
  return sign === "-" ? -units : units;
}

/**
 * Money as people read it: `$ 1.234,50`. Takes a decimal text or ten-thousandths. It shows two decimals, and more only where
 * there are more, up to four: prices of a message are small. `0.0000` is shown as `0,00`.
 */
export function formatMoney(amount: string | bigint, currency: string): string {
  const units = typeof amount === "bigint" ? amount : parseMoney(amount);
  if (units === null) return String(amount);
  const absolute = units < 0n ? -units : units;
  const part = (absolute % UNIT).toString().padStart(DECIMALS, "0").replace(/0+$/u, "");
  const shown = part.padEnd(DECIMALS_MIN, "0");
  const locale = currentLanguage() === "es" ? "es-CO" : "en-US";
  const parts = moneyFormat(locale, currency).formatToParts(absolute / UNIT);
  const text = parts.map(({ type, value }) => (type === "fraction" ? shown : value)).join("");
  return units < 0n ? `−${text}` : text;
}

const formats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: DECIMALS_MIN,
  });
  formats.set(key, format);
  return format;
}
