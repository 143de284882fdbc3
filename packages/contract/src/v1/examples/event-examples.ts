import type { OperationExample } from "../operation-example.ts";

/** See the operations of the same names. */
export const EVENT_EXAMPLES = {
  pullEvents: {
    es: "Los sucesos que siguen a un cursor, el más antiguo primero; espera por ellos si se le pide.",
    query: { limit: "20" },
  },
} as const satisfies Record<string, OperationExample>;
