import { formatMoney } from "./money.ts";

/** What was settled of a day or more. Amounts in 1/10,000. */
export interface Settled {
  /** Messages that were paid for in the end; below zero when more came back. */
  messages: number;
  /** What the reseller's customers paid. */
  resale: bigint;
  /** What it owes for that. */
  wholesale: bigint;
}

/** A day or a month of a report. */
export interface SettledPeriod extends Settled {
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  period: string;
}

const MONTH_LENGTH = "2026-11".length;

/** Settled days as a report tells them, in the order in which they are given, and the sum of all. */
export function sumSettlements(
  days: readonly (Settled & { day: string })[],
  by: "day" | "month",
): { items: SettledPeriod[]; totals: Settled } {
  const periods = new Map<string, SettledPeriod>();
  const totals: Settled = { messages: 0, resale: 0n, wholesale: 0n };
  for (const { day, ...settled } of days) {
    const period = by === "month" ? day.slice(0, MONTH_LENGTH) : day;
    const sum = periods.get(period) ?? { period, messages: 0, resale: 0n, wholesale: 0n };
    add(sum, settled);
    add(totals, settled);
    periods.set(period, sum);
  }
  return { items: [...periods.values()], totals };
}

const CSV_HEAD = "period,messages,resale,wholesale,margin,currency";

/** The report as CSV (RFC 4180); its last line is the sum. */
export function formatSettlementCsv(
  { items, totals }: { items: readonly SettledPeriod[]; totals: Settled },
  currency: string,
): string {
  const rows = [...items, { period: "total", ...totals }].map((row) => {
    const { period, messages, resale, wholesale } = row;
    const amounts = [resale, wholesale, resale - wholesale].map(formatMoney);
    return [period, String(messages), ...amounts, currency].join(",");
  });
  return [CSV_HEAD, ...rows].map((row) => `${row}\r\n`).join("");
}

function add(sum: Settled, more: Settled): void {
  sum.messages += more.messages;
  sum.resale += more.resale;
  sum.wholesale += more.wholesale;
}
