import type { Queryable } from "./connect.ts";

/** A person who can answer, as far as work is given out. */
export interface AgentRow {
  userId: string;
  name: string;
  role: string;
  /** What was said of it; whether it is here is another thing. */
  said: "available" | "away";
  saidAt: Date | null;
  /** A page of this person is open. */
  here: boolean;
  seenAt: Date | null;
  /** Null: the project's capacity holds. */
  capacity: number | null;
  /** When a rule last gave it a conversation. */
  givenAt: Date | null;
  /** Open conversations that it has. */
  open: number;
}

/** Roles whose people answer. */
const ANSWERING = "('owner', 'administrator', 'supervisor', 'agent')";

/** Everybody of an account who can answer. */
export async function listAgents(
  sql: Queryable,
  accountId: string,
  now: Date,
): Promise<AgentRow[]> {
  const { rows } = await sql.query<AgentRow>({
    name: "list-agents",
    text: `select u.id as "userId", u.name, u.role, coalesce(a.state, 'available') as said,
             a.state_at as "saidAt", p.user_id is not null as here, a.seen_at as "seenAt", a.capacity,
             a.given_at as "givenAt", (
               select count(*)::int from conversations v
               where v.account_id = $1 and v.assignee_id = u.id and v.state = 'open'
             ) as open
           from users u
           left join agents a on a.account_id = u.account_id and a.user_id = u.id
           left join lateral (
             select p.user_id from presence p
             where p.account_id = $1 and p.user_id = u.id and p.gone_at > $2 limit 1
           ) p on true
           where u.account_id = $1 and u.state = 'active' and u.role in ${ANSWERING}
           order by u.name, u.id`,
    values: [accountId, now],
  });
  return rows;
}

/** Changes what is said of somebody, or the capacity; what is undefined stays. */
export async function putAgent(
  sql: Queryable,
  key: { accountId: string; userId: string },
  change: {
    state?: "available" | "away" | undefined;
    capacity?: number | null | undefined;
    at: Date;
  },
): Promise<void> {
  const { state, capacity, at } = change;
  await sql.query(
    `insert into agents as a (account_id, user_id, state, state_at, capacity)
     values ($1, $2, coalesce($3, 'available'), $4, $5)
     on conflict (account_id, user_id) do update set
       state = coalesce($3, a.state),
       state_at = case when $3 is null or $3 = a.state then a.state_at else $4 end,
       capacity = case when $6 then $5 else a.capacity end`,
    [key.accountId, key.userId, state ?? null, at, capacity ?? null, capacity !== undefined],
  );
}

/** Notes who is here, for those of whom that was not noted lately. */
export async function noteAgentsSeen(sql: Queryable, now: Date, staleSince: Date): Promise<void> {
  await sql.query({
    name: "note-agents-seen",
    text: `insert into agents as a (account_id, user_id, state_at, seen_at)
           select distinct p.account_id, p.user_id, $1::timestamptz, $1::timestamptz from presence p
           left join agents k on k.account_id = p.account_id and k.user_id = p.user_id
           where p.gone_at > $1 and (k.seen_at is null or k.seen_at < $2)
           order by 1, 2
           on conflict (account_id, user_id) do update set seen_at = excluded.seen_at`,
    values: [now, staleSince],
  });
}

/** Holds the right to give out an account's conversations until the transaction ends; false: another process has it. */
export async function lockGiving(sql: Queryable, accountId: string): Promise<boolean> {
  await sql.query({
    name: "insert-giving",
    text: "insert into lane_locks (account_id, lane) values ($1, 'give') on conflict do nothing",
    values: [accountId],
  });
  const { rows } = await sql.query({
    name: "lock-giving",
    text: "select from lane_locks where account_id = $1 and lane = 'give' for update skip locked",
    values: [accountId],
  });
  return rows.length === 1;
}

/** Notes that rules gave somebody conversations. */
export async function noteGiven(
  sql: Queryable,
  accountId: string,
  given: { userId: string; at: Date },
): Promise<void> {
  await sql.query({
    name: "note-given",
    text: `insert into agents (account_id, user_id, state_at, given_at) values ($1, $2, $3, $3)
           on conflict (account_id, user_id) do update set given_at = excluded.given_at`,
    values: [accountId, given.userId, given.at],
  });
}
