import type { Overview } from "@recado/contract/console/work";
import { findOpenAfter, findOpenBefore } from "../domain/business-hours.ts";
import { dayOf, startOfDay } from "../domain/local-day.ts";
import { listAgents } from "../storage/agents.ts";
import {
  type BreachRow,
  countDone,
  countOpen,
  countSnoozed,
  listBreaches,
  type OpenLine,
  type Promises,
} from "../storage/work-overview.ts";
import { listTeamRules, listWorkSettings, type WorkSettingsRow } from "../storage/work-settings.ts";
import { formatAgent } from "./work-agents.ts";
import { readHours, readWork, type SettingsDeps } from "./work-settings.ts";

const BREACHES_MAX = 50;

/**
 * The work of an account, or of one project, as it stands this moment. Promises are kept in open hours: the hours are counted
 * back once for each project, and the database compares.
 */
export async function loadOverview(
  deps: SettingsDeps,
  scope: { accountId: string; projectId: string | null; timeZone: string },
): Promise<Overview> {
  const { accountId, projectId, timeZone } = scope;
  const { pool } = deps;
  const nowMs = deps.clock.now();
  const now = new Date(nowMs);
  const since = startOfDay(dayOf(now, timeZone), timeZone);
  const settings = await listWorkSettings(pool, accountId, projectId);
  const [lines, snoozed, agents, teams, done, breaches] = await Promise.all([
    countOpen(pool, accountId, projectId),
    countSnoozed(pool, accountId, projectId),
    listAgents(pool, accountId, now),
    listTeamRules(pool, accountId),
    countDone(pool, { accountId, projectId, since }),
    listBreaches(pool, accountId, {
      promises: listPromises(settings, nowMs),
      limit: BREACHES_MAX,
    }),
  ]);
  const doneBy = new Map(done.map((line) => [line.userId, line]));
  const capacity = Math.max(0, ...settings.map((row) => readWork(row).assignment.capacity));
  return {
    at: now.toISOString(),
    ...sumUp(lines),
    snoozed,
    unassigned: countUnassigned(lines),
    breaches: formatBreaches(breaches, settings),
    agents: agents.map((agent) => {
      const own = lines.filter(({ assigneeId }) => assigneeId === agent.userId);
      const did = doneBy.get(agent.userId);
      return {
        ...formatAgent(agent, capacity),
        waiting: sumUp(own).waiting,
        answered_today: did?.answered ?? 0,
        resolved_today: did?.resolved ?? 0,
        first_answer_avg_s: did?.firstAnswerAvgS ?? null,
      };
    }),
    teams: teams.map(({ teamId, name }) => {
      const own = lines.filter((line) => line.teamId === teamId);
      return { team_id: teamId, name, unassigned: countUnassigned(own), ...sumUp(own) };
    }),
  };
}

function listPromises(settings: readonly WorkSettingsRow[], nowMs: number): Promises[] {
  return settings.flatMap((row) => {
    const { first_answer_s, next_answer_s } = readWork(row).targets;
    if (first_answer_s === null && next_answer_s === null) return [];
    const before = (seconds: number | null) => {
      const ms = seconds === null ? null : findOpenBefore(readHours(row), nowMs, seconds * 1_000);
      return ms === null ? null : new Date(ms);
    };
    return {
      projectId: row.projectId,
      firstAnswerBefore: before(first_answer_s),
      nextAnswerBefore: before(next_answer_s),
    };
  });
}

function formatBreaches(
  rows: readonly BreachRow[],
  settings: readonly WorkSettingsRow[],
): Overview["breaches"] {
  const byProject = new Map(settings.map((row) => [row.projectId, row]));
  const countOf = (kind: BreachRow["kind"]) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    first_answer: countOf("first_answer"),
    next_answer: countOf("next_answer"),
    items: rows.map(({ conversationId, projectId, kind, waitingSince, assigneeId }) => ({
      conversation_id: conversationId,
      kind,
      waiting_since: waitingSince.toISOString(),
      due_at: findDue(byProject.get(projectId), kind, waitingSince).toISOString(),
      assignee_id: assigneeId,
    })),
  };
}

function findDue(row: WorkSettingsRow | undefined, kind: BreachRow["kind"], since: Date): Date {
  if (!row) return since;
  const { first_answer_s, next_answer_s } = readWork(row).targets;
  const seconds = (kind === "first_answer" ? first_answer_s : next_answer_s) ?? 0;
  return new Date(findOpenAfter(readHours(row), since.getTime(), seconds * 1_000) ?? since);
}

function countUnassigned(lines: readonly OpenLine[]): number {
  return sumUp(lines.filter(({ assigneeId }) => assigneeId === null)).open;
}

function sumUp(lines: readonly OpenLine[]) {
  const oldest = lines
    .flatMap(({ oldestWaitingAt }) => oldestWaitingAt ?? [])
    .toSorted((left, right) => left.getTime() - right.getTime())[0];
  return {
    open: lines.reduce((sum, line) => sum + line.open, 0),
    waiting: lines.reduce((sum, line) => sum + line.waiting, 0),
    oldest_waiting_at: oldest?.toISOString() ?? null,
  };
}
