import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import { accessAccount, accessProject } from "../../accounts/access.ts";
import { openCursor, refuseCursor } from "../../accounts/page.ts";
import { changePerson, getPerson, listPeople } from "../../inbox/work-agents.ts";
import { loadOverview } from "../../inbox/work-overview.ts";
import { browseRatings } from "../../inbox/work-ratings.ts";
import { formatReportCsv, loadReport } from "../../inbox/work-report.ts";
import { searchEverything } from "../../inbox/work-search.ts";
import {
  changeProjectWork,
  changeRule,
  listProjectWork,
  listRules,
} from "../../inbox/work-settings.ts";
import { AppError } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/ids.ts";
import type { ConsoleCaller, ConsoleDeps } from "./console-deps.ts";
import { formatSearch } from "./format-search.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** What organises the work of the inbox. */
export function serveWork(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.searchEverything, async ({ caller, query }) => {
    const { q: text, limit, cursor, project_id } = query;
    const { projectId } = await choose(deps, caller, project_id);
    const request = { accountId: caller.accountId, projectId, text, limit, cursor };
    return formatSearch(await searchEverything(deps, request));
  });
  servePeople(serve, deps);
  serveSettings(serve, deps);
  serveFigures(serve, deps);
}

function servePeople(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listAgents, async ({ caller }) => ({
    items: await listPeople(deps, caller.accountId),
  }));
  serve(calls.getOwnAvailability, ({ caller }) => getPerson(deps, caller));
  serve(calls.changeOwnAvailability, ({ caller, body }) => changePerson(deps, caller, body));
  serve(calls.changeAgent, ({ caller, params, body }) =>
    changePerson(deps, { accountId: caller.accountId, userId: params.id }, body),
  );
}

function serveSettings(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listWorkSettings, async ({ caller }) => ({
    items: await listProjectWork(deps, caller.accountId, null),
  }));
  serve(calls.getWorkSettings, async ({ caller, params }) => {
    const { id } = await accessProject(deps.pool, caller, params.id);
    const [settings] = await listProjectWork(deps, caller.accountId, id);
    if (!settings) throw new AppError("not_found", "There is no such project.");
    return settings;
  });
  serve(calls.changeWorkSettings, async ({ caller, params, body }) => {
    const { id: projectId } = await accessProject(deps.pool, caller, params.id);
    return changeProjectWork(deps, { accountId: caller.accountId, projectId }, body);
  });
  serve(calls.listTeamRules, async ({ caller }) => {
    const rules = await listRules(deps, caller.accountId);
    return { items: rules.map(({ teamId, mode }) => ({ team_id: teamId, mode })) };
  });
  serve(calls.changeTeamRule, async ({ caller, params, body }) => {
    const key = { accountId: caller.accountId, teamId: params.id };
    const { teamId, mode } = await changeRule(deps, key, body.mode);
    return { team_id: teamId, mode };
  });
}

function serveFigures(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.getOverview, async ({ caller, query }) =>
    loadOverview(deps, await choose(deps, caller, query.project_id)),
  );
  const report = async (
    caller: ConsoleCaller,
    query: {
      from: string;
      to: string;
      project_id?: string | undefined;
      team_id?: string | undefined;
    },
  ) => {
    const { from, to, project_id, team_id } = query;
    const teamId = await chooseTeam(deps, caller, team_id);
    return { ...(await choose(deps, caller, project_id)), from, to, teamId };
  };
  serve(calls.getReport, async ({ caller, query }) =>
    loadReport(deps, await report(caller, query)),
  );
  serve(calls.exportReport, async ({ caller, query, reply }) => {
    const { by, language, ...of } = query;
    const shown = await loadReport(deps, await report(caller, of));
    const name = `recado-${by}-${of.from}-${of.to}.csv`;
    reply.header("content-type", "text/csv; charset=utf-8");
    reply.header("content-disposition", `attachment; filename="${name}"`);
    return formatReportCsv(shown, { by, language });
  });
  serve(calls.listRatings, async ({ caller, query }) => {
    const { limit, cursor, ...of } = query;
    const before = cursor === undefined ? null : openPlace(cursor);
    return browseRatings(deps, await report(caller, of), { before, limit });
  });
}

/** The project that is asked for (null: all), and whose clocks count. */
async function choose(deps: ConsoleDeps, caller: ConsoleCaller, projectId: string | undefined) {
  const { accountId } = caller;
  if (projectId === undefined) {
    const { timeZone } = await accessAccount(deps.pool, caller, accountId);
    return { accountId, projectId: null, timeZone };
  }
  const { id, timeZone } = await accessProject(deps.pool, caller, projectId);
  return { accountId, projectId: id, timeZone };
}

async function chooseTeam(
  deps: ConsoleDeps,
  caller: ConsoleCaller,
  teamId: string | undefined,
): Promise<string | null> {
  if (teamId === undefined) return null;
  const rules = await listRules(deps, caller.accountId);
  if (!rules.some((rule) => rule.teamId === teamId)) {
    throw new AppError("not_found", "There is no such team.");
  }
  return teamId;
}

function openPlace(cursor: string): { at: Date; id: string } {
  const [ms = "", id = ""] = openCursor(cursor);
  if (!/^\d{1,15}$/u.test(ms) || !isUuid(id)) refuseCursor();
  return { at: new Date(Number(ms)), id };
}
