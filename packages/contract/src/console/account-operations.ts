import { idParams, pageQuery } from "../v1/fields.ts";
import * as account from "./account.ts";
import type { ConsoleOperation } from "./operation.ts";

/** What the account has. */
export const ACCOUNT_OPERATIONS = {
  listTokens: {
    id: "listTokens",
    method: "GET",
    path: "/tokens",
    summary: "The account's tokens, newest first, without their secrets.",
    permission: "tokens.write",
    query: pageQuery,
    answer: { status: 200, schema: account.tokenPage },
  },
  createToken: {
    id: "createToken",
    method: "POST",
    path: "/tokens",
    summary: "Makes a token and shows it, once.",
    permission: "tokens.write",
    body: account.newToken,
    answer: { status: 201, schema: account.createdToken },
  },
  revokeToken: {
    id: "revokeToken",
    method: "POST",
    path: "/tokens/:id/revoke",
    summary: "Ends a token for good.",
    permission: "tokens.write",
    params: idParams,
    answer: { status: 200, schema: account.token },
  },
  listProjects: {
    id: "listProjects",
    method: "GET",
    path: "/projects",
    summary: "The account's projects, newest first.",
    permission: "session",
    query: pageQuery,
    answer: { status: 200, schema: account.projectPage },
  },
  getProject: {
    id: "getProject",
    method: "GET",
    path: "/projects/:id",
    summary: "One of them.",
    permission: "session",
    params: idParams,
    answer: { status: 200, schema: account.project },
  },
  changeProject: {
    id: "changeProject",
    method: "PATCH",
    path: "/projects/:id",
    summary: "Its name, time zone, marketing cap and deadlines.",
    permission: "settings.write",
    params: idParams,
    body: account.projectChange,
    answer: { status: 200, schema: account.project },
  },
  listChanges: {
    id: "listChanges",
    method: "GET",
    path: "/audit",
    summary: "Who of the account changed what, newest first.",
    permission: "audit.read",
    query: account.auditQuery,
    answer: { status: 200, schema: account.auditPage },
  },
} as const satisfies Record<string, ConsoleOperation>;
