import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Open conversations, counted by where they stand. */
export interface OpenLine {
  teamId: string | null;
  assigneeId: string | null;
  open: number;
  waiting: number;
  oldestWaitingAt: Date | null;
}

/** Open conversations of an account, or of one of its projects. */
export async function countOpen(
  sql: Queryable,
  accountId: string,
  projectId: string | null,
): Promise<OpenLine[]> {
  const { rows } = await sql.query<OpenLine>({
    name: "count-open",
    text: `select team_id as "teamId", assignee_id as "assigneeId", count(*)::int as open,
             count(waiting_since)::int as waiting, min(waiting_since) as "oldestWaitingAt"
           from conversations
           where account_id = $1 and state = 'open' and ($2::uuid is null or project_id = $2)
           group by team_id, assignee_id`,
    values: [accountId, projectId],
  });
  return rows;
}

/** How many are snoozed. */
export async function countSnoozed(
  sql: Queryable,
  accountId: string,
  projectId: string | null,
): Promise<number> {
  const { rows } = await sql.query<{ count: number }>({
    name: "count-snoozed",
    text: `select count(*)::int as count from conversations
           where account_id = $1 and state = 'snoozed' and ($2::uuid is null or project_id = $2)`,
    values: [accountId, projectId],
  });
  return rows[0]?.count ?? 0;
}

/** Since when somebody must have waited for a promise to be broken; null: there is none. */
export interface Promises {
  projectId: string;
  firstAnswerBefore: Date | null;
  nextAnswerBefore: Date | null;
}

/** A conversation whose person waits for longer than was promised. */
export interface BreachRow {
  conversationId: string;
  projectId: string;
  kind: "first_answer" | "next_answer";
  waitingSince: Date;
  assigneeId: string | null;
  /** How many there are of its kind. */
  count: number;
}

/** Broken promises, those that have waited longest first, and how many there are of each kind. */
export async function listBreaches(
  sql: Queryable,
  accountId: string,
  { promises, limit }: { promises: readonly Promises[]; limit: number },
): Promise<BreachRow[]> {
  if (promises.length === 0) return [];
  const { rows } = await sql.query<BreachRow>({
    name: "list-breaches",
    text: `select b.*, count(*) over (partition by b.kind)::int as count from (
             select v.id as "conversationId", v.project_id as "projectId", v.waiting_since as "waitingSince",
               v.assignee_id as "assigneeId",
               case when v.first_answered_at is null then 'first_answer' else 'next_answer' end as kind
             from json_to_recordset($2) as p(project_id uuid, first_before timestamptz, next_before timestamptz)
             join conversations v on v.account_id = $1 and v.state = 'open' and v.project_id = p.project_id
             where v.waiting_since is not null and v.waiting_since <=
               case when v.first_answered_at is null then p.first_before else p.next_before end
           ) b
           order by b."waitingSince", b."conversationId" limit $3`,
    values: [
      accountId,
      formatJson(
        promises.map((one) => ({
          project_id: one.projectId,
          first_before: one.firstAnswerBefore?.toISOString() ?? null,
          next_before: one.nextAnswerBefore?.toISOString() ?? null,
        })),
      ),
      limit,
    ],
  });
  return rows;
}

/** What somebody has done since a moment. */
export interface DoneLine {
  userId: string;
  answered: number;
  resolved: number;
  firstAnswerAvgS: number | null;
}

/** What people have done since a moment, by who did it. */
export async function countDone(
  sql: Queryable,
  of: { accountId: string; projectId: string | null; since: Date },
): Promise<DoneLine[]> {
  const { rows } = await sql.query<DoneLine>({
    name: "count-done",
    text: `select user_id as "userId",
             count(distinct conversation_id) filter (where fact = 'sent')::int as answered,
             count(*) filter (where fact = 'resolved')::int as resolved,
             (avg(seconds) filter (where fact = 'first-answer'))::float8 as "firstAnswerAvgS"
           from work_log
           where account_id = $1 and at >= $2 and ($3::uuid is null or project_id = $3) and user_id is not null
           group by user_id`,
    values: [of.accountId, of.since, of.projectId],
  });
  return rows;
}
