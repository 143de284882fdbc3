import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import { type AccountRow, findAccount, touchAccount } from "../storage/accounts.ts";
import { type Queryable, withTransaction } from "../storage/connect.ts";
import { findProject } from "../storage/projects.ts";
import {
  insertToken,
  revokeToken as revokeRow,
  type TokenKind,
  type TokenRow,
} from "../storage/tokens.ts";
import { findUser } from "../storage/users.ts";
import { checkName, refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";

/** A token without its secret. */
export type Token = TokenRow;

/** What a new token needs. */
export interface NewToken {
  kind: TokenKind;
  /** Null for an administrator of the whole platform; a reseller's account for its administrator. */
  accountId: string | null;
  /** The user whose login goes with it; needed for a ws token. */
  userId?: string | undefined;
  /** Confines it to one project. */
  projectId?: string | undefined;
  /** What an api token may do; none is nothing. */
  scopes?: readonly string[] | undefined;
  /** What it is for, so that people can tell tokens apart. Default: its kind. */
  label?: string | undefined;
  expiresAt?: Date | undefined;
}

/** What each kind of token begins with, so that people and secret scanners recognise it. */
export const TOKEN_PREFIXES: Record<TokenKind, string> = {
  ws: "rcd_ws_",
  api: "rcd_api_",
  admin: "rcd_adm_",
};

/**
 * Makes a token of 256 random bits. `token` is the only copy there will ever be: the database keeps its
 * SHA-256. Refuses a user or project of another account, an expiry in the past, and an administrator of an account that
 * belongs to a reseller.
 */
export async function createToken(
  operator: Operator,
  given: NewToken,
): Promise<{ token: string; row: TokenRow }> {
  const { id, at } = stamp(operator);
  const token = TOKEN_PREFIXES[given.kind] + randomBytes(32).toString("base64url");
  const row: TokenRow = {
    id,
    accountId: given.accountId,
    userId: given.userId ?? null,
    projectId: given.projectId ?? null,
    kind: given.kind,
    scopes: [...new Set(given.scopes ?? [])],
    label: checkName("label", given.label ?? given.kind),
    hint: token.slice(-4),
    createdAt: at,
    expiresAt: given.expiresAt ?? null,
    revokedAt: null,
  };
  if (row.expiresAt && row.expiresAt <= at) refuseField("expiresAt", "has passed already");
  await withTransaction(operator.pool, async (sql) => {
    await checkHolder(sql, row);
    await insertToken(sql, { ...row, hash: hashToken(token) });
    if (row.accountId !== null) await touchAccount(sql, [row.accountId]);
  });
  return { token, row };
}

/** Ends a token for good. Safe to repeat. */
export async function revokeToken(operator: Operator, token: TokenRow): Promise<void> {
  await withTransaction(operator.pool, async (sql) => {
    await revokeRow(sql, token.id, new Date(operator.clock.now()));
    if (token.accountId !== null) await touchAccount(sql, [token.accountId]);
  });
}

/** By which a token is stored and found. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}

async function checkHolder(sql: Queryable, token: TokenRow): Promise<void> {
  const { accountId } = token;
  if (accountId === null) {
    if (token.kind !== "admin" || token.userId !== null || token.projectId !== null) {
      refuseField("accountId", "is needed for every token but an administrator's");
    }
    return;
  }
  const account = await findAccount(sql, accountId);
  if (!account) throw new AppError("not_found", "There is no such account.");
  if (token.kind === "admin") checkReseller(token, account);
  if (token.kind === "ws" && token.userId === null) {
    refuseField("userId", "a ws token goes with a login: name its user");
  }
  if (token.userId !== null && !(await findUser(sql, { accountId, id: token.userId }))) {
    throw new AppError("not_found", "There is no such user in this account.");
  }
  if (token.projectId !== null && !(await findProject(sql, { accountId, id: token.projectId }))) {
    throw new AppError("not_found", "There is no such project in this account.");
  }
}

function checkReseller(token: TokenRow, account: AccountRow): void {
  if (account.parentId !== null) {
    refuseField("accountId", "belongs to a reseller, and cannot be one");
  }
  if (token.userId !== null || token.projectId !== null || token.scopes.length > 0) {
    refuseField("accountId", "an administrator's token has neither user, project nor scopes");
  }
}
