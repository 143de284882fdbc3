import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** What a token opens: the manual's API, `/v1`, or administration. */
export type TokenKind = "ws" | "api" | "admin";

/** A token without its secret, which nobody has but its holder. */
export interface TokenRow {
  id: string;
  /** Null for an administrator of the whole platform. */
  accountId: string | null;
  userId: string | null;
  /** Confines it to one project; null: all of the account. */
  projectId: string | null;
  kind: TokenKind;
  scopes: string[];
  label: string;
  /** The last four characters. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

const COLUMNS = `t.id, t.account_id as "accountId", t.user_id as "userId",
  t.project_id as "projectId", t.kind, t.scopes, t.label, t.hint, t.created_at as "createdAt",
  t.expires_at as "expiresAt", t.revoked_at as "revokedAt"`;

/** Stores a token by its SHA-256. */
export async function insertToken(
  sql: Queryable,
  token: Omit<TokenRow, "revokedAt"> & { hash: Buffer },
): Promise<void> {
  await sql.query(
    `insert into tokens (hash, id, account_id, user_id, project_id, kind, scopes, label, hint,
       created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      token.hash,
      token.id,
      token.accountId,
      token.userId,
      token.projectId,
      token.kind,
      token.scopes,
      token.label,
      token.hint,
      token.createdAt,
      token.expiresAt,
    ],
  );
}

/** The token with this SHA-256, revoked and expired ones too, with the state of its account, of that one's reseller, and of its user. */
export async function findTokenByHash(
  sql: Queryable,
  hash: Buffer,
): Promise<(TokenRow & { holderActive: boolean }) | null> {
  const { rows } = await sql.query<TokenRow & { holderActive: boolean }>(
    `select ${COLUMNS},
       coalesce(a.state, 'active') = 'active' and coalesce(r.state, 'active') = 'active'
         and coalesce(u.state, 'active') = 'active'
         and (t.account_id is null or a.account_id is not null) as "holderActive"
     from tokens t
     left join accounts a on a.account_id = t.account_id
     left join accounts r on r.account_id = a.parent_id
     left join users u on u.account_id = t.account_id and u.id = t.user_id
     where t.hash = $1`,
    [hash],
  );
  return rows[0] ?? null;
}

/** The token, or null; `accountId` null looks everywhere, the platform's own tokens included. */
export async function findToken(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<TokenRow | null> {
  const { rows } = await sql.query<TokenRow>(
    `select ${COLUMNS} from tokens t where t.id = $2 and ($1::uuid is null or t.account_id = $1)`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Tokens of an account (null: the platform's own), newest first. */
export async function listTokens(
  sql: Queryable,
  accountId: string | null,
  slice: Slice,
): Promise<TokenRow[]> {
  const { rows } = await sql.query<TokenRow>(
    `select ${COLUMNS} from tokens t
     where account_id is not distinct from $1 and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [accountId, slice.before, slice.limit],
  );
  return rows;
}

/** Revokes a token; a second time keeps the first moment. */
export async function revokeToken(sql: Queryable, id: string, at: Date): Promise<void> {
  await sql.query("update tokens set revoked_at = coalesce(revoked_at, $2) where id = $1", [
    id,
    at,
  ]);
}
