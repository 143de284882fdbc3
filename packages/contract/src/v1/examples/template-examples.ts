import type { OperationExample } from "../operation-example.ts";

/** See the operations of the same names. */
export const TEMPLATE_EXAMPLES = {
  listTemplates: {
    es: "Las plantillas, las más nuevas primero.",
    query: { status: "approved" },
  },
} as const satisfies Record<string, OperationExample>;
