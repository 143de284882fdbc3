import * as account from "../account.ts";
import type { V1Operation } from "../operation.ts";

/** Calls about money. */
export const WALLET_OPERATIONS = {
  getWallet: {
    id: "getWallet",
    method: "GET",
    path: "/wallet",
    tag: "wallet",
    summary: "The balance.",
    scope: "wallet:read",
    answer: { status: 200, schema: account.wallet },
  },
  listLedger: {
    id: "listLedger",
    method: "GET",
    path: "/ledger",
    tag: "wallet",
    summary: "Movements of money, newest first.",
    scope: "wallet:read",
    query: account.ledgerQuery,
    answer: { status: 200, schema: account.ledgerPage },
  },
  exportLedger: {
    id: "exportLedger",
    method: "GET",
    path: "/ledger.csv",
    tag: "wallet",
    summary: "The statement as CSV, newest first.",
    scope: "wallet:read",
    query: account.statementQuery,
    answer: { status: 200, contentType: "text/csv" },
  },
} as const satisfies Record<string, V1Operation>;
