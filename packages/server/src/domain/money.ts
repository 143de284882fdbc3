/**
 * Money as people write it and as we keep it: a bigint in 1/10,000 of the currency's unit. No floating
 * point number is ever in between.
 */

/** Parts of one unit of a currency. */
export const MONEY_SCALE = 10_000n;

/** The largest amount that is read, in 1/10,000: far below what a bigint column holds, so sums fit too. */
export const MONEY_MAX = 10n ** 16n;

const DECIMAL = /^(-?)([0-9]{1,15})(?:\.([0-9]{1,4}))?$/u;

/**
 * Reads `125`, `125.5`, `125.5025` or `-3.00`. Null for anything else: more than four decimals, an
 * exponent, a thousands separator, blanks, or an amount beyond {@link MONEY_MAX}.
 */
export function parseMoney(text: string): bigint | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const amount = BigInt(whole) * MONEY_SCALE + BigInt(fraction.padEnd(4, "0"));
  if (amount > MONEY_MAX) return null;
  return sign === "-" ? -amount : amount;
}

/** The way back: a point, at least two decimals, at most four, no thousands separator. */
export function formatMoney(amount: bigint): string {
  const absolute = amount < 0n ? -amount : amount;
  const fraction = String(absolute % MONEY_SCALE)
    .padStart(4, "0")
    .replace(/0{1,2}$/u, "");
  return `${amount < 0n ? "-" : ""}${absolute / MONEY_SCALE}.${fraction}`;
}
