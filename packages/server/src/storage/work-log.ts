import type { WorkFact, WorkState } from "../domain/work-facts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Where conversations stand as far as their log was followed. */
export async function findWorkStates(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<WorkState[]> {
  const { rows } = await sql.query<WorkState>({
    name: "find-work-states",
    text: `select conversation_id as "conversationId", began_at as "beganAt", waiting_since as "waitingSince",
             answered, ended, user_id as "userId", team_id as "teamId"
           from work_state where account_id = $1 and conversation_id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/** Stores where conversations stand now. */
export async function putWorkStates(
  sql: Queryable,
  accountId: string,
  states: readonly WorkState[],
): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map((state) => ({
    id: state.conversationId,
    began_at: state.beganAt.toISOString(),
    waiting_since: state.waitingSince?.toISOString() ?? null,
    answered: state.answered,
    ended: state.ended,
    user_id: state.userId,
    team_id: state.teamId,
  }));
  await sql.query({
    name: "put-work-states",
    text: `insert into work_state (account_id, conversation_id, began_at, waiting_since, answered, ended, user_id, team_id)
           select $1, r.id, r.began_at, r.waiting_since, r.answered, r.ended, r.user_id, r.team_id
           from json_to_recordset($2) as r(id uuid, began_at timestamptz, waiting_since timestamptz,
             answered boolean, ended boolean, user_id uuid, team_id uuid)
           on conflict (account_id, conversation_id) do update set began_at = excluded.began_at,
             waiting_since = excluded.waiting_since, answered = excluded.answered, ended = excluded.ended,
             user_id = excluded.user_id, team_id = excluded.team_id`,
    values: [accountId, formatJson(rows)],
  });
}

/** Stores facts; one that is there already stays. */
export async function insertWorkFacts(
  sql: Queryable,
  accountId: string,
  facts: readonly WorkFact[],
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((one) => ({
    id: one.id,
    at: one.at.toISOString(),
    fact: one.fact,
    conversation_id: one.conversationId,
    project_id: one.projectId,
    user_id: one.userId,
    team_id: one.teamId,
    seconds: one.seconds,
    score: one.score,
  }));
  await sql.query({
    name: "insert-work-facts",
    text: `insert into work_log (account_id, id, at, fact, conversation_id, project_id, user_id, team_id, seconds, score)
           select $1, r.id, r.at, r.fact, r.conversation_id, r.project_id, r.user_id, r.team_id, r.seconds, r.score
           from json_to_recordset($2) as r(id uuid, at timestamptz, fact text, conversation_id uuid,
             project_id uuid, user_id uuid, team_id uuid, seconds int, score smallint)
           on conflict do nothing`,
    values: [accountId, formatJson(rows)],
  });
}
