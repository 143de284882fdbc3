import * as account from "../account.ts";
import type { V1Operation } from "../operation.ts";

/** Calls for templates. */
export const TEMPLATE_OPERATIONS = {
  listTemplates: {
    id: "listTemplates",
    method: "GET",
    path: "/templates",
    tag: "templates",
    summary: "Templates, newest first.",
    scope: "templates:read",
    query: account.templateQuery,
    answer: { status: 200, schema: account.templatePage },
  },
} as const satisfies Record<string, V1Operation>;
