import type { Queryable } from "./connect.ts";

/** Somebody of an account, as colleagues see them. */
export interface PersonRow {
  id: string;
  name: string;
  role: string;
  active: boolean;
}

/** Number of the last event of an account that is committed. */
export async function findHead(sql: Queryable, accountId: string): Promise<number> {
  const { rows } = await sql.query<{ seq: bigint }>({
    name: "find-head",
    text: "select event_seq as seq from counters where account_id = $1",
    values: [accountId],
  });
  return Number(rows[0]?.seq ?? 0n);
}

/** Everybody of an account, those who left too. */
export async function listPeople(sql: Queryable, accountId: string): Promise<PersonRow[]> {
  const { rows } = await sql.query<PersonRow>(
    `select id, name, role, state = 'active' as active from users where account_id = $1
     order by name, id limit 2000`,
    [accountId],
  );
  return rows;
}

/** Those of these people who belong to the account and are active. */
export async function findActivePeople(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<PersonRow>(
    `select id, name, role, true as active from users
     where account_id = $1 and id = any($2::uuid[]) and state = 'active'`,
    [accountId, ids],
  );
  return rows;
}

/** The name of somebody of the account; empty when there is none. */
export async function findPersonName(
  sql: Queryable,
  accountId: string,
  id: string,
): Promise<string> {
  const { rows } = await sql.query<{ name: string }>(
    "select name from users where account_id = $1 and id = $2",
    [accountId, id],
  );
  return rows[0]?.name ?? "";
}

/** Channels and projects of an account, as the inbox names them. */
export async function listPlaces(sql: Queryable, accountId: string) {
  const channels = await sql.query<{
    id: string;
    officialNumber: string;
    provider: string;
    active: boolean;
  }>(
    `select id, official_number as "officialNumber", provider, state = 'active' as active from channels
     where account_id = $1 order by created_at, id limit 500`,
    [accountId],
  );
  const projects = await sql.query<{
    id: string;
    name: string;
    active: boolean;
    channelId: string | null;
  }>(
    `select id, name, state = 'active' as active, channel_id as "channelId" from projects
     where account_id = $1 order by created_at, id limit 500`,
    [accountId],
  );
  return { channels: channels.rows, projects: projects.rows };
}

/** What is mine: conversations with a draft, and how many mention me. */
export async function findMine(
  sql: Queryable,
  me: { accountId: string; userId: string },
): Promise<{ draftIds: string[]; mentions: number }> {
  const { rows } = await sql.query<{ draftIds: string[]; mentions: number }>(
    `select array(select conversation_id from drafts where account_id = $1 and user_id = $2
                  order by updated_at desc limit 500) as "draftIds",
       (select count(*)::int from mentions where account_id = $1 and user_id = $2) as mentions`,
    [me.accountId, me.userId],
  );
  return rows[0] ?? { draftIds: [], mentions: 0 };
}
