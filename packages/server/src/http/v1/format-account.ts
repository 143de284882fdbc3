import type * as account from "@recado/contract/v1/account";
import type { z } from "zod";
import type { Transfer } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";

/** A movement as `/v1` shows it. */
export function formatEntry(row: Transfer): z.input<typeof account.ledgerEntry> {
  return {
    cause_id: row.causeId,
    kind: row.kind,
    amount: formatMoney(row.debit === "wallet" ? -row.amount : row.amount),
    balance_after: formatMoney(row.balanceAfter),
    reference: row.reference,
    at: row.at.toISOString(),
  };
}

/** First line of a statement. */
export const CSV_HEAD = "at,kind,amount,balance_after,cause_id,reference\r\n";

/** A movement as a line of a statement (RFC 4180). */
export function formatEntryCsv(row: Transfer): string {
  const { at, kind, amount, balance_after, cause_id, reference } = formatEntry(row);
  return `${[at, kind, amount, balance_after, cause_id, quote(reference ?? "")].join(",")}\r\n`;
}

/** A text that begins like a formula must stay a text when a spreadsheet opens it. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
