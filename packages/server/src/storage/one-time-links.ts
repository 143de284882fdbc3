import type { Queryable } from "./connect.ts";

/** Lets a person choose a password, once. */
export interface LinkRow {
  id: string;
  accountId: string;
  userId: string;
  /** `forgotten`: a person asked for it who was not signed in. */
  kind: "invitation" | "reset" | "forgotten";
  createdAt: Date;
  expiresAt: Date;
}

/** A link with its person. */
export interface LinkView extends LinkRow {
  login: string;
  name: string;
  accountName: string;
}

/**
 * Stores a link by its SHA-256, in place of every earlier one of the person. One that whoever came has asked for takes the place
 * of its like alone: a stranger puts no invitation out.
 */
export async function replaceLink(sql: Queryable, link: LinkRow & { hash: Buffer }): Promise<void> {
  await sql.query(
    `delete from one_time_links where account_id = $1 and user_id = $2
       and ($3 <> 'forgotten' or kind = 'forgotten')`,
    [link.accountId, link.userId, link.kind],
  );
  await sql.query(
    `insert into one_time_links (hash, account_id, user_id, id, kind, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [link.hash, link.accountId, link.userId, link.id, link.kind, link.createdAt, link.expiresAt],
  );
}

/** The link with this SHA-256, unless it was used or is over, or its person or account is disabled. */
export async function findLiveLink(
  sql: Queryable,
  hash: Buffer,
  now: Date,
): Promise<LinkView | null> {
  const { rows } = await sql.query<LinkView>(
    `select l.id, l.account_id as "accountId", l.user_id as "userId", l.kind,
       l.created_at as "createdAt", l.expires_at as "expiresAt", u.login, u.name,
       a.name as "accountName"
     from one_time_links l
     join users u on u.account_id = l.account_id and u.id = l.user_id and u.state = 'active'
     join accounts a on a.account_id = l.account_id and a.state = 'active'
     where l.hash = $1 and l.used_at is null and l.expires_at > $2`,
    [hash, now],
  );
  return rows[0] ?? null;
}

/** Uses a link up; false when somebody else was faster. */
export async function useLink(sql: Queryable, hash: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update one_time_links set used_at = $2
     where hash = $1 and used_at is null and expires_at > $2`,
    [hash, at],
  );
  return (rowCount ?? 0) > 0;
}

/** Ends every link of a person. */
export async function deleteLinks(
  sql: Queryable,
  user: { accountId: string; id: string },
): Promise<void> {
  await sql.query("delete from one_time_links where account_id = $1 and user_id = $2", [
    user.accountId,
    user.id,
  ]);
}

/** Forgets links that are over; answers how many. */
export async function deleteOldLinks(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from one_time_links where expires_at < $1", [
    before,
  ]);
  return rowCount ?? 0;
}
