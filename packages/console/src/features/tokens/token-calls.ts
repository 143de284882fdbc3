import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { callConsole } from "../../api/call.ts";
import type { AnswerOf, CallOf } from "../../api/operation.ts";

type Calls = typeof CONSOLE_OPERATIONS;

/** A token without its secret. */
export type Token = AnswerOf<Calls["revokeToken"]>;
/** What a token is to be. */
export type NewToken = CallOf<Calls["createToken"]>["body"];
/** What a token may be allowed. */
export type Scope = NonNullable<NewToken["scopes"]>[number];

/** Under it the list of tokens is kept. */
export const tokensKey = ["tokens"] as const;

/** A page of the account's tokens. */
export const listTokens = (cursor: string | undefined, signal: AbortSignal) =>
  callConsole<Calls["listTokens"]>({ method: "GET", path: "/tokens", query: { cursor }, signal });

/** Makes a token; the answer holds its only copy. */
export const createToken = (body: NewToken) =>
  callConsole<Calls["createToken"]>({ method: "POST", path: "/tokens", body });

/** Ends a token for good. */
export const revokeToken = (id: string) =>
  callConsole<Calls["revokeToken"]>({ method: "POST", path: "/tokens/:id/revoke", params: { id } });
