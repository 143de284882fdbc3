import type { OperationExample } from "../operation-example.ts";

/** See the operations of the same names. */
export const WALLET_EXAMPLES = {
  getWallet: { es: "El saldo." },
  listLedger: {
    es: "Los movimientos de dinero, los más nuevos primero.",
    query: { limit: "20" },
  },
  exportLedger: {
    es: "El extracto en CSV, lo más nuevo primero.",
    query: { since: "{{an_hour_ago}}" },
  },
} as const satisfies Record<string, OperationExample>;
