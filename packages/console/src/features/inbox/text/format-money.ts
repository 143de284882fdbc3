/** An amount (a decimal with a point) in a currency, with no more decimals than it has. */
export function formatMoney(amount: string, currency: string, language: string): string {
  const decimals = (amount.split(".")[1] ?? "").replace(/0+$/u, "").length;
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: Math.min(decimals, 4),
    maximumFractionDigits: 4,
  }).format(Number(amount));
}
