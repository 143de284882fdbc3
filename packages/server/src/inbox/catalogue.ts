import { CANNED_REPLIES_MAX, LABELS_MAX, TEAMS_MAX } from "@recado/contract/console/inbox-actions";
import { AppError } from "../platform/app-error.ts";
import { findSqlState, type Transaction, withTransaction } from "../storage/connect.ts";
import { insertEvents } from "../storage/events.ts";
import {
  type CannedRow,
  countCatalogue,
  deleteCanned,
  deleteLabel,
  deleteTeam,
  findCanned,
  findTeam,
  type LabelRow,
  listLabels,
  putCanned,
  putLabel,
  putTeam,
  type TeamRow,
} from "../storage/inbox-catalogue.ts";
import { deleteViewsOf } from "../storage/inbox-views.ts";
import { findProject } from "../storage/projects.ts";
import { checkPeople } from "./change-locked.ts";
import type { Agent, InboxDeps } from "./inbox-deps.ts";

/* Teams, labels and canned replies: what conversations and people refer to. Every change is told as one event. */

/** A team with its people. */
export type Team = TeamRow;

const MAXIMA = { teams: TEAMS_MAX, labels: LABELS_MAX, canned_replies: CANNED_REPLIES_MAX };
const UNIQUE_VIOLATION = "23505";

interface Change {
  agent: Agent;
  table: keyof typeof MAXIMA | "inbox_views";
  id: string;
  /** Whether rows that conversations refer to are gone. */
  isDeletion?: boolean;
}

/** Makes a team, or changes one (`id`); what is absent stays. Refuses a name that another has. */
export function saveTeam(
  deps: InboxDeps,
  agent: Agent,
  wish: { id: string | null; name?: string | undefined; memberIds?: readonly string[] | undefined },
): Promise<TeamRow> {
  const { accountId } = agent;
  const at = new Date(deps.clock.now());
  const id = wish.id ?? deps.ids.next(at.getTime());
  return changeCatalogue(deps, { agent, table: "teams", id }, async (sql) => {
    const before = wish.id === null ? null : await findTeam(sql, { accountId, id });
    if (wish.id !== null && !before) throw gone("team");
    if (!before) await checkRoom(sql, "teams", accountId);
    const memberIds = [...new Set(wish.memberIds ?? before?.memberIds ?? [])].sort();
    if (wish.memberIds) await checkPeople(sql, accountId, { path: "member_ids", ids: memberIds });
    const team = { id, name: wish.name ?? before?.name ?? "", memberIds };
    await putTeam(sql, { ...team, accountId, at });
    return team;
  });
}

/** Deletes a team and the views of it; its conversations stand in everybody's queue then. */
export function removeTeam(deps: InboxDeps, agent: Agent, id: string): Promise<void> {
  return changeCatalogue(deps, { agent, table: "teams", id, isDeletion: true }, async (sql) => {
    const { accountId } = agent;
    if (!(await deleteTeam(sql, { accountId, id }))) throw gone("team");
    await deleteViewsOf(sql, accountId, { field: "team_id", id });
  });
}

/** Makes a label, or changes one. */
export function saveLabel(
  deps: InboxDeps,
  agent: Agent,
  wish: { id: string | null; name?: string | undefined; color?: LabelRow["color"] | undefined },
): Promise<LabelRow> {
  const { accountId } = agent;
  const at = new Date(deps.clock.now());
  const id = wish.id ?? deps.ids.next(at.getTime());
  return changeCatalogue(deps, { agent, table: "labels", id }, async (sql) => {
    const all = wish.id === null ? [] : await listLabels(sql, accountId);
    const before = all.find((label) => label.id === id);
    if (wish.id !== null && !before) throw gone("label");
    if (!before) await checkRoom(sql, "labels", accountId);
    const name = wish.name ?? before?.name ?? "";
    const label = { id, name, color: wish.color ?? before?.color ?? "gray" };
    await putLabel(sql, { ...label, accountId, at });
    return label;
  });
}

/** Deletes a label and the views of it, from its conversations too. */
export function removeLabel(deps: InboxDeps, agent: Agent, id: string): Promise<void> {
  return changeCatalogue(deps, { agent, table: "labels", id, isDeletion: true }, async (sql) => {
    const { accountId } = agent;
    if (!(await deleteLabel(sql, { accountId, id }))) throw gone("label");
    await deleteViewsOf(sql, accountId, { field: "label_id", id });
  });
}

/** What somebody wants of a canned reply; `mayConfigure`: everybody's are theirs to change. */
export interface CannedWish {
  id: string | null;
  shortcut?: string | undefined;
  body?: string | undefined;
  projectId?: string | null | undefined;
  personal?: boolean;
  mayConfigure: boolean;
}

/** Makes a canned reply, or changes one. Refuses a shortcut that is taken in the same place. */
export function saveCanned(deps: InboxDeps, agent: Agent, wish: CannedWish): Promise<CannedRow> {
  const { accountId, userId } = agent;
  const at = new Date(deps.clock.now());
  const id = wish.id ?? deps.ids.next(at.getTime());
  return changeCatalogue(deps, { agent, table: "canned_replies", id }, async (sql) => {
    const before = wish.id === null ? null : await findOwnCanned(sql, agent, id);
    const ownerId = before ? before.ownerId : wish.personal ? userId : null;
    checkOwner(ownerId, wish.mayConfigure);
    if (!before) await checkRoom(sql, "canned_replies", accountId);
    const projectId = wish.projectId === undefined ? (before?.projectId ?? null) : wish.projectId;
    if (projectId !== null && !(await findProject(sql, { accountId, id: projectId }))) {
      throw gone("project");
    }
    const row = {
      ...{ id, projectId, ownerId },
      shortcut: wish.shortcut ?? before?.shortcut ?? "",
      body: wish.body ?? before?.body ?? "",
    };
    await putCanned(sql, { ...row, accountId, at });
    return row;
  });
}

/** Deletes a canned reply. */
export function removeCanned(
  deps: InboxDeps,
  agent: Agent,
  wish: { id: string; mayConfigure: boolean },
): Promise<void> {
  const { id } = wish;
  return changeCatalogue(deps, { agent, table: "canned_replies", id }, async (sql) => {
    const before = await findOwnCanned(sql, agent, id);
    checkOwner(before.ownerId, wish.mayConfigure);
    await deleteCanned(sql, { accountId: agent.accountId, id });
  });
}

/** Another person's is as good as none. */
async function findOwnCanned(sql: Transaction, agent: Agent, id: string): Promise<CannedRow> {
  const row = await findCanned(sql, { accountId: agent.accountId, id });
  if (!row || (row.ownerId !== null && row.ownerId !== agent.userId)) throw gone("canned reply");
  return row;
}

function checkOwner(ownerId: string | null, mayConfigure: boolean): void {
  if (ownerId !== null || mayConfigure) return;
  throw new AppError("forbidden", "Everybody's canned replies need inbox.configure.");
}

/** Changes what everybody's lists refer to, and tells it. Refuses with `conflict` a name that another has. */
export async function changeCatalogue<Result>(
  deps: InboxDeps,
  of: Change,
  work: (sql: Transaction) => Promise<Result>,
): Promise<Result> {
  const { accountId, userId } = of.agent;
  const nowMs = deps.clock.now();
  const result = await withTransaction(deps.pool, async (sql) => {
    const done = await work(sql).catch(refuseTwin);
    const kind = of.isDeletion ? "catalogue.deleted" : "catalogue.changed";
    const data = { of: of.table, id: of.id, by: "agent", userId };
    const event = { kind, messageId: null, projectId: null, at: new Date(nowMs), data };
    await insertEvents(sql, [{ ...event, accountId, id: deps.ids.next(nowMs) }]);
    return done;
  });
  deps.kick(accountId);
  return result;
}

async function checkRoom(
  sql: Transaction,
  table: keyof typeof MAXIMA,
  accountId: string,
): Promise<void> {
  const count = await countCatalogue(sql, table, accountId);
  if (count < MAXIMA[table]) return;
  throw new AppError("conflict", `An account has at most ${MAXIMA[table]} of these.`);
}

function refuseTwin(error: unknown): never {
  if (findSqlState(error) !== UNIQUE_VIOLATION) throw error;
  throw new AppError("conflict", "There is one of this name already.");
}

function gone(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}.`);
}
