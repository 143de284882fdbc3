import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Stands for the platform as a whole, where a change concerns no account. */
export const WHOLE_PLATFORM = "00000000-0000-0000-0000-000000000000";

/** A change that is about to be tried. Nothing in it is secret. */
export interface NewAudit {
  /** Whom it concerns, or {@link WHOLE_PLATFORM}. */
  accountId: string;
  /** UUIDv7. */
  id: string;
  at: Date;
  actor: "administrator" | "reseller" | "account";
  /** The account that the token or the person belongs to; null for an administrator's token of the platform. */
  actorAccountId: string | null;
  /** The token's, or the session's; all zeros: neither. */
  tokenId: string;
  userId: string | null;
  /** Where the call came from. */
  address: string;
  /** Method and route. */
  action: string;
  targetId: string | null;
  before: unknown;
  request: unknown;
}

/** What is known when it has been answered. */
export interface AuditEnd {
  accountId: string;
  targetId: string | null;
  status: number;
  after: unknown;
}

/** A change as people look at it. */
export interface AuditRow extends NewAudit {
  tokenLabel: string | null;
  login: string | null;
  /** Null: never answered, nobody knows. */
  status: number | null;
  after: unknown;
}

/** Writes down what is about to be tried. */
export async function insertAudit(sql: Queryable, row: NewAudit): Promise<void> {
  await sql.query(
    `insert into audit (account_id, id, at, actor, actor_account_id, token_id, user_id, address,
       action, target_id, before, request)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.accountId,
      row.id,
      row.at,
      row.actor,
      row.actorAccountId,
      row.tokenId,
      row.userId,
      row.address,
      row.action,
      row.targetId,
      formatOrNull(row.before),
      formatOrNull(row.request),
    ],
  );
}

/** Writes down how it was answered. */
export async function completeAudit(
  sql: Queryable,
  key: { accountId: string; id: string },
  end: AuditEnd,
): Promise<void> {
  await sql.query(
    `update audit set account_id = $3, target_id = coalesce(target_id, $4), status = $5, after = $6
     where account_id = $1 and id = $2`,
    [key.accountId, key.id, end.accountId, end.targetId, end.status, formatOrNull(end.after)],
  );
}

/** Which changes to list; null does not restrict. */
export interface AuditFilter {
  accountId: string | null;
  /** Of this reseller and its customers, and made by them alone. */
  resellerId: string | null;
  /** The beginning of the action. */
  action: string | null;
  /** Calls of this path and those below it. */
  path: string | null;
  tokenId: string | null;
  /** Made by people and tokens of this account alone. */
  actorAccountId: string | null;
}

/** Changes, newest first. */
export async function listAudit(
  sql: Queryable,
  filter: AuditFilter,
  slice: Slice,
): Promise<AuditRow[]> {
  const { rows } = await sql.query<AuditRow>(
    `select x.account_id as "accountId", x.id, x.at, x.actor, x.actor_account_id as "actorAccountId",
       x.token_id as "tokenId", t.label as "tokenLabel", x.user_id as "userId", u.login, x.address,
       x.action, x.target_id as "targetId", x.status, x.before, x.after, x.request
     from audit x
     left join tokens t on t.id = x.token_id
     left join users u on u.account_id = x.actor_account_id and u.id = x.user_id
     where ($1::uuid is null or x.account_id = $1)
       and ($2::uuid is null or (x.actor <> 'administrator' and (x.account_id = $2 or x.account_id in
         (select account_id from accounts where parent_id = $2))))
       and ($3::text is null or starts_with(x.action, $3))
       and ($4::uuid is null or x.token_id = $4)
       and ($5::uuid is null or x.actor_account_id = $5)
       and ($6::uuid is null or x.id < $6)
       and ($7::text is null or starts_with(split_part(x.action, ' ', 2) || '/', $7 || '/'))
     order by x.id desc limit $8`,
    [
      filter.accountId,
      filter.resellerId,
      filter.action,
      filter.tokenId,
      filter.actorAccountId,
      slice.before,
      filter.path,
      slice.limit,
    ],
  );
  return rows;
}

function formatOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : formatJson(value);
}
