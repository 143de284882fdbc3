import type { Queryable } from "./connect.ts";

/** Conversations that are not resolved, of one kind each. */
export interface CountLine {
  state: "open" | "snoozed";
  assigneeId: string | null;
  teamId: string | null;
  channelId: string;
  count: number;
  unread: number;
  /** The longest wait among those that are nobody's. */
  waitingSince: Date | null;
}

/** Counts an account's conversations that are not resolved. */
export async function countConversations(sql: Queryable, accountId: string): Promise<CountLine[]> {
  const { rows } = await sql.query<CountLine>({
    name: "count-conversations",
    text: `select state, assignee_id as "assigneeId", team_id as "teamId", channel_id as "channelId",
             count(*)::int as count, (count(*) filter (where unread > 0))::int as unread,
             min(waiting_since) filter (where assignee_id is null) as "waitingSince"
           from conversations where account_id = $1 and state in ('open', 'snoozed')
           group by 1, 2, 3, 4`,
    values: [accountId],
  });
  return rows;
}

/** Counts open conversations by label. */
export async function countLabelled(
  sql: Queryable,
  accountId: string,
): Promise<{ labelId: string; count: number }[]> {
  const { rows } = await sql.query<{ labelId: string; count: number }>({
    name: "count-labelled",
    text: `select b.label_id as "labelId", count(*)::int as count
           from conversation_labels b
           join conversations v on v.account_id = b.account_id and v.id = b.conversation_id
           where b.account_id = $1 and v.state = 'open' group by 1`,
    values: [accountId],
  });
  return rows;
}
