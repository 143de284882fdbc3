import type { Queryable } from "./connect.ts";

/** What is reported on. */
export interface ReportScope {
  accountId: string;
  projectId: string | null;
  teamId: string | null;
  from: Date;
  /** Not included. */
  to: Date;
  timeZone: string;
}

/** Figures of some facts. */
export interface Figures {
  opened: number;
  reopened: number;
  resolved: number;
  received: number;
  sent: number;
  firstAnswers: number;
  firstAnswerAvgS: number | null;
  firstAnswerMedianS: number | null;
  resolutionAvgS: number | null;
  resolutionMedianS: number | null;
  assigned: number;
  transferred: number;
  ratings: number;
  ratingAvg: number | null;
}

/** Figures, and what they are of. */
export interface ReportLine extends Figures {
  by: "all" | "day" | "hour" | "agent" | "team";
  day: string | null;
  hour: number | null;
  userId: string | null;
  teamId: string | null;
}

const median = (fact: string) =>
  `(percentile_cont(0.5) within group (order by seconds) filter (where fact = '${fact}'))::float8`;
const average = (fact: string) => `(avg(seconds) filter (where fact = '${fact}'))::float8`;
const count = (fact: string) => `count(*) filter (where fact = '${fact}')::int`;

/** All figures of a report, by one reading of the facts. */
export async function readReport(sql: Queryable, scope: ReportScope): Promise<ReportLine[]> {
  const { rows } = await sql.query<ReportLine>({
    name: "read-report",
    text: `select case grouping(day, hour, user_id, team_id)
               when 15 then 'all' when 7 then 'day' when 11 then 'hour' when 13 then 'agent' else 'team' end as by,
             day, hour, user_id as "userId", team_id as "teamId",
             ${count("opened")} as opened, ${count("reopened")} as reopened, ${count("resolved")} as resolved,
             ${count("received")} as received, ${count("sent")} as sent,
             ${count("first-answer")} as "firstAnswers", ${average("first-answer")} as "firstAnswerAvgS",
             ${median("first-answer")} as "firstAnswerMedianS",
             ${average("resolved")} as "resolutionAvgS", ${median("resolved")} as "resolutionMedianS",
             ${count("assigned")} as assigned, ${count("transferred")} as transferred,
             ${count("rated")} as ratings, (avg(score) filter (where fact = 'rated'))::float8 as "ratingAvg"
           from (
             select fact, seconds, score, user_id, team_id,
               to_char(at at time zone $4, 'YYYY-MM-DD') as day, extract(hour from at at time zone $4)::int as hour
             from work_log
             where account_id = $1 and at >= $2 and at < $3 and ($5::uuid is null or project_id = $5)
               and ($6::uuid is null or team_id = $6)
           ) l
           group by grouping sets ((), (day), (hour), (user_id), (team_id))`,
    values: [scope.accountId, scope.from, scope.to, scope.timeZone, scope.projectId, scope.teamId],
  });
  return rows;
}

/** How often each score was given. */
export async function countScores(
  sql: Queryable,
  scope: ReportScope,
): Promise<{ score: number; count: number }[]> {
  const { rows } = await sql.query<{ score: number; count: number }>({
    name: "count-scores",
    text: `select score, count(*)::int as count from work_log
           where account_id = $1 and at >= $2 and at < $3 and fact = 'rated' and score is not null
             and ($4::uuid is null or project_id = $4) and ($5::uuid is null or team_id = $5)
           group by score order by score`,
    values: [scope.accountId, scope.from, scope.to, scope.projectId, scope.teamId],
  });
  return rows;
}

/** The moment of the oldest event of an account that is not counted yet; null: all are. */
export async function findUncounted(sql: Queryable, accountId: string): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date }>({
    name: "find-uncounted",
    text: `select e.at from events e
           where e.account_id = $1 and e.seq > coalesce((
             select f.seq from log_followers f where f.account_id = $1 and f.follower = 'work'), 0)
           order by e.seq limit 1`,
    values: [accountId],
  });
  return rows[0]?.at ?? null;
}

/** Names of everybody who ever worked in an account, and of its teams. */
export async function listNames(
  sql: Queryable,
  accountId: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql.query<{ id: string; name: string }>({
    name: "list-work-names",
    text: `select id, name from users where account_id = $1
           union all select id, name from teams where account_id = $1`,
    values: [accountId],
  });
  return rows;
}
