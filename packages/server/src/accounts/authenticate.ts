import { findTokenByHash } from "../storage/tokens.ts";
import type { Operator } from "./operator.ts";
import { hashToken } from "./tokens.ts";

/** Who calls: the platform's administrator, a reseller's, or the holder of an account's token; by token, or by a session of the console. */
export type Caller =
  | { kind: "administrator"; tokenId: string; person?: CallerPerson }
  /** Administers `accountId` and the accounts that it owns, and nothing else. */
  | { kind: "reseller"; tokenId: string; accountId: string; person?: CallerPerson }
  | {
      kind: "account";
      tokenId: string;
      accountId: string;
      userId: string | null;
      /** Not null: nothing of another project may be seen. */
      projectId: string | null;
      scopes: readonly string[];
    };

/** Who is signed in to the console, where `tokenId` is their session's. */
export interface CallerPerson {
  accountId: string;
  userId: string;
}

const TOKEN_CHARACTERS_MAX = 200;

/**
 * Who holds a Bearer token; null when nobody does: unknown, revoked, expired, of a disabled account or
 * person, or a `ws` token, which opens the manual's API alone. The look-up is by SHA-256, so how long
 * it takes says nothing about how close a guess came.
 */
export async function authenticate(
  operator: Pick<Operator, "pool" | "clock">,
  token: string,
): Promise<Caller | null> {
  if (token.length > TOKEN_CHARACTERS_MAX) return null;
  const row = await findTokenByHash(operator.pool, hashToken(token));
  if (!row?.holderActive || row.revokedAt || row.kind === "ws") return null;
  if (row.expiresAt && row.expiresAt.getTime() <= operator.clock.now()) return null;
  const { accountId, userId, projectId, scopes } = row;
  if (row.kind === "admin" && accountId === null) return { kind: "administrator", tokenId: row.id };
  if (accountId === null) return null;
  if (row.kind === "admin") return { kind: "reseller", tokenId: row.id, accountId };
  return { kind: "account", tokenId: row.id, accountId, userId, projectId, scopes };
}
