import type { V1Operation } from "../operation.ts";
import * as statements from "../statements.ts";

/** Calls for monthly statements. */
export const STATEMENT_OPERATIONS = {
  listStatements: {
    id: "listStatements",
    method: "GET",
    path: "/statements",
    tag: "wallet",
    summary: "Months that are closed, newest first.",
    scope: "wallet:read",
    answer: { status: 200, schema: statements.statementList },
  },
  getStatement: {
    id: "getStatement",
    method: "GET",
    path: "/statements/:month",
    tag: "wallet",
    summary: "A month's statement; a closed month is the same document every time.",
    scope: "wallet:read",
    params: statements.statementParams,
    answer: { status: 200, schema: statements.statement },
  },
  exportStatement: {
    id: "exportStatement",
    method: "GET",
    path: "/statements/:month/csv",
    tag: "wallet",
    summary: "The same as CSV.",
    scope: "wallet:read",
    params: statements.statementParams,
    answer: { status: 200, contentType: "text/csv" },
  },
} as const satisfies Record<string, V1Operation>;
