import type { Queryable } from "./connect.ts";

/** An open tab of the console, and where it is. */
export interface PresenceRow {
  clientId: string;
  userId: string;
  conversationId: string | null;
  doing: "looking" | "typing" | "noting";
}

/**
 * Writes down where a tab is, until `goneAt`. Answers whether others would see a difference: renewing alone makes none.
 * Another person's tab of the same id is not touched.
 */
export async function putPresence(
  sql: Queryable,
  accountId: string,
  tab: PresenceRow & { now: Date; goneAt: Date },
): Promise<boolean> {
  const { rows } = await sql.query<{ differs: boolean }>({
    name: "put-presence",
    text: `with before as (
             select conversation_id, doing from presence
             where account_id = $1 and client_id = $2 and gone_at > $6
           ), put as (
             insert into presence as p (account_id, client_id, user_id, conversation_id, doing, gone_at)
             values ($1, $2, $3, $4, $5, $7)
             on conflict (account_id, client_id) do update set conversation_id = excluded.conversation_id,
               doing = excluded.doing, gone_at = excluded.gone_at
             where p.user_id = excluded.user_id
           )
           select not exists (
             select from before where conversation_id is not distinct from $4::uuid and doing = $5
           ) as differs`,
    values: [
      accountId,
      tab.clientId,
      tab.userId,
      tab.conversationId,
      tab.doing,
      tab.now,
      tab.goneAt,
    ],
  });
  return rows[0]?.differs ?? false;
}

/** Keeps a tab alive that was heard of; one that is not known is here, and in no conversation. */
export async function renewPresence(
  sql: Queryable,
  accountId: string,
  tab: { clientId: string; userId: string; goneAt: Date },
): Promise<boolean> {
  const { rows } = await sql.query<{ isNew: boolean }>({
    name: "renew-presence",
    text: `insert into presence as p (account_id, client_id, user_id, conversation_id, doing, gone_at)
           values ($1, $2, $3, null, 'looking', $4)
           on conflict (account_id, client_id) do update set gone_at = excluded.gone_at
           where p.user_id = excluded.user_id
           returning xmax = 0 as "isNew"`,
    values: [accountId, tab.clientId, tab.userId, tab.goneAt],
  });
  return rows[0]?.isNew ?? false;
}

/** Forgets a tab of a person; false: it was not known. */
export async function deletePresence(
  sql: Queryable,
  accountId: string,
  tab: { clientId: string; userId: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from presence where account_id = $1 and client_id = $2 and user_id = $3",
    [accountId, tab.clientId, tab.userId],
  );
  return rowCount === 1;
}

/** Tabs of an account that are open now. */
export async function listPresence(
  sql: Queryable,
  accountId: string,
  now: Date,
): Promise<PresenceRow[]> {
  const { rows } = await sql.query<PresenceRow>({
    name: "list-presence",
    text: `select client_id as "clientId", user_id as "userId", conversation_id as "conversationId", doing
           from presence where account_id = $1 and gone_at > $2`,
    values: [accountId, now],
  });
  return rows;
}

/** How many tabs a person, and everybody of an account, has open now. */
export async function countPresence(
  sql: Queryable,
  of: { accountId: string; userId: string; now: Date },
): Promise<{ own: number; all: number }> {
  const { rows } = await sql.query<{ own: number; all: number }>(
    `select count(*)::int as "all", (count(*) filter (where user_id = $2))::int as own
     from presence where account_id = $1 and gone_at > $3`,
    [of.accountId, of.userId, of.now],
  );
  return rows[0] ?? { own: 0, all: 0 };
}

/** Forgets tabs that have been gone for long. */
export async function deleteGonePresence(sql: Queryable, before: Date): Promise<void> {
  await sql.query("delete from presence where gone_at < $1", [before]);
}

/** Lets every process that listens for this account look at presence again. */
export async function beatPresence(sql: Queryable, accountId: string): Promise<void> {
  await sql.query({
    name: "beat-presence",
    text: `insert into presence_pulse as p (account_id, beats) values ($1, 1)
           on conflict (account_id) do update set beats = p.beats + 1`,
    values: [accountId],
  });
}

/** Where the logs and the presence of accounts stand. */
export async function findPulses(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, { head: number; beats: number }>> {
  const { rows } = await sql.query<{ accountId: string; head: bigint; beats: bigint | null }>({
    name: "find-pulses",
    text: `select c.account_id as "accountId", c.event_seq as head, p.beats
           from counters c left join presence_pulse p on p.account_id = c.account_id
           where c.account_id = any($1::uuid[])`,
    values: [accountIds],
  });
  return new Map(
    rows.map((row) => [row.accountId, { head: Number(row.head), beats: Number(row.beats ?? 0n) }]),
  );
}
