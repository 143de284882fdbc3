import { AppError } from "../platform/app-error.ts";
import { findAccount, touchAccount } from "../storage/accounts.ts";
import { findChannel } from "../storage/channels.ts";
import { type Queryable, withTransaction } from "../storage/connect.ts";
import {
  findProject,
  insertProject,
  type ProjectRow,
  updateProject as updateRow,
} from "../storage/projects.ts";
import { checkBetween, checkName, checkTimeZone, refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";

/** One service of an account. */
export type Project = ProjectRow;

/** What may be set in a project. Times in seconds. */
export interface ProjectSettings {
  name?: string | undefined;
  /** Default `active`. */
  state?: ProjectRow["state"] | undefined;
  /** Default America/Bogota. */
  timeZone?: string | undefined;
  /** The official number that it sends from; of the same account. Without one it cannot send. */
  channelId?: string | undefined;
  /** A second number of the same account, for what the first did not take; null: none. */
  fallbackChannelId?: string | null | undefined;
  /** Marketing messages to one mobile inside the window. Default 2; 0 allows none. */
  marketingMax?: number | undefined;
  /** Default 86,400: a day. At most 31 days. */
  marketingWindowS?: number | undefined;
  /** Messages of a template after its category became dearer. Default 100; 0: none until somebody decides. */
  categoryGuardLimit?: number | undefined;
  /** By category, from 60 s to 31 days; replaces what was set. Absent: the product's defaults. */
  deadlineS?: Record<string, number> | undefined;
}

/** What a new project needs. */
export interface NewProject extends ProjectSettings {
  accountId: string;
  name: string;
  /** Default `multiagente`. */
  kind?: ProjectRow["kind"] | undefined;
}

const MONTH_S = 31 * 86_400;

const DEADLINE_CATEGORIES = ["marketing", "utility", "authentication", "service"];

/** Creates a project. Refuses a channel of another account. */
export async function createProject(operator: Operator, given: NewProject): Promise<ProjectRow> {
  const { id, at } = stamp(operator);
  const settings = checkSettings(given);
  const project: ProjectRow = {
    accountId: given.accountId,
    id,
    kind: given.kind ?? "multiagente",
    name: checkName("name", given.name),
    state: settings.state ?? "active",
    timeZone: settings.timeZone ?? "America/Bogota",
    channelId: settings.channelId ?? null,
    fallbackChannelId: settings.fallbackChannelId ?? null,
    marketingMax: settings.marketingMax ?? 2,
    marketingWindowS: settings.marketingWindowS ?? 86_400,
    categoryGuardLimit: settings.categoryGuardLimit ?? 100,
    deadlineS: settings.deadlineS ?? {},
    createdAt: at,
  };
  await withTransaction(operator.pool, async (sql) => {
    if (!(await findAccount(sql, project.accountId))) {
      throw new AppError("not_found", "There is no such account.");
    }
    await checkChannels(sql, project.accountId, project);
    await insertProject(sql, project);
    await touchAccount(sql, [project.accountId]);
  });
  return project;
}

/** Changes a project; what is undefined stays. */
export async function updateProject(
  operator: Operator,
  project: ProjectRow,
  changes: ProjectSettings,
): Promise<ProjectRow> {
  const settings = checkSettings(changes);
  return withTransaction(operator.pool, async (sql) => {
    await checkChannels(sql, project.accountId, {
      channelId: settings.channelId ?? project.channelId,
      fallbackChannelId: settings.fallbackChannelId ?? null,
    });
    await updateRow(sql, project, settings);
    await touchAccount(sql, [project.accountId]);
    const changed = await findProject(sql, project);
    if (!changed) throw new AppError("not_found", "There is no such project.");
    return changed;
  });
}

function checkSettings(given: ProjectSettings): ProjectSettings {
  const { name, state, timeZone, channelId, fallbackChannelId } = given;
  const { marketingMax, marketingWindowS, categoryGuardLimit, deadlineS } = given;
  if (categoryGuardLimit !== undefined) {
    checkBetween("categoryGuardLimit", categoryGuardLimit, { min: 0, max: 1_000_000_000 });
  }
  if (name !== undefined) checkName("name", name);
  if (timeZone !== undefined) checkTimeZone("timeZone", timeZone);
  if (marketingMax !== undefined) {
    checkBetween("marketingMax", marketingMax, { min: 0, max: 1_000_000 });
  }
  if (marketingWindowS !== undefined) {
    checkBetween("marketingWindowS", marketingWindowS, { min: 1, max: MONTH_S });
  }
  for (const [category, seconds] of Object.entries(deadlineS ?? {})) {
    const path = `deadlineS.${category}`;
    if (!DEADLINE_CATEGORIES.includes(category)) refuseField(path, "there is no such category");
    checkBetween(path, seconds, { min: 60, max: MONTH_S });
  }
  return {
    name: name?.trim(),
    state,
    timeZone,
    channelId,
    fallbackChannelId,
    marketingMax,
    marketingWindowS,
    categoryGuardLimit,
    deadlineS,
  };
}

async function checkChannels(
  sql: Queryable,
  accountId: string,
  wanted: { channelId: string | null; fallbackChannelId: string | null },
): Promise<void> {
  const { channelId, fallbackChannelId } = wanted;
  for (const [field, id] of Object.entries({ channelId, fallbackChannelId })) {
    if (id !== null && !(await findChannel(sql, { accountId, id }))) {
      refuseField(field, "there is no such channel in this account");
    }
  }
  if (fallbackChannelId !== null && fallbackChannelId === channelId) {
    refuseField("fallbackChannelId", "must be another channel than channelId");
  }
}
