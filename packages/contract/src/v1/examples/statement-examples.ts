import type { OperationExample } from "../operation-example.ts";

const MONTH = { month: "{{this_month}}" };

/** See the operations of the same names. */
export const STATEMENT_EXAMPLES = {
  listStatements: { es: "Los meses cerrados, los más nuevos primero." },
  getStatement: {
    es: "El extracto de un mes; el de un mes cerrado es siempre el mismo documento.",
    params: MONTH,
  },
  exportStatement: { es: "Lo mismo en CSV.", params: MONTH },
} as const satisfies Record<string, OperationExample>;
