import type { WorkSettings, WorkSettingsChange } from "@recado/contract/console/work";
import { findNextChange, isOpenAt, type ZonedHours } from "../domain/business-hours.ts";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import {
  listTeamRules,
  listWorkSettings,
  putTeamRule,
  putWorkSettings,
  type SetWork,
  type TeamRuleRow,
  type WorkSettingsRow,
} from "../storage/work-settings.ts";

/** What settings are read and changed with. */
export interface SettingsDeps {
  pool: Database;
  clock: Clock;
}

/** How a project works, with everything said. */
export type Work = Omit<SetWork, "updatedAt"> & { updatedAt: Date | null };

const OFFICE_DAYS = [1, 2, 3, 4, 5];

/** What holds where nothing was set: nothing happens by itself, and it is always open. */
const DEFAULTS: Work = {
  assignment: { mode: "off", capacity: 10, reassign_after_s: null },
  hours: {
    enabled: false,
    weekly: OFFICE_DAYS.map((day) => ({ day, opens: "08:00", closes: "18:00" })),
    exceptions: [],
  },
  away: { enabled: false, text: "" },
  rating: {
    enabled: false,
    question: "¿Cómo le pareció la atención?",
    thanks: null,
    answer_within_h: 24,
    comment_within_h: 1,
  },
  targets: { first_answer_s: null, next_answer_s: null },
  version: 0n,
  updatedAt: null,
};

/** What holds in a project. */
export function readWork(row: WorkSettingsRow): Work {
  return row.set ?? DEFAULTS;
}

/** A project's hours on its clocks. */
export function readHours(row: WorkSettingsRow): ZonedHours {
  return { hours: readWork(row).hours, timeZone: row.timeZone };
}

/** How each project of an account works, or one of them. */
export async function listProjectWork(
  deps: SettingsDeps,
  accountId: string,
  projectId: string | null,
): Promise<WorkSettings[]> {
  const rows = await listWorkSettings(deps.pool, accountId, projectId);
  return rows.map((row) => formatWork(row, deps.clock.now()));
}

/** Changes how a project works; each part that is named is replaced whole. Refuses with `conflict` an old version. */
export async function changeProjectWork(
  deps: SettingsDeps,
  key: { accountId: string; projectId: string },
  change: WorkSettingsChange,
): Promise<WorkSettings> {
  const { version, ...parts } = change;
  const nowMs = deps.clock.now();
  return withTransaction(deps.pool, async (sql) => {
    const [row] = await listWorkSettings(sql, key.accountId, key.projectId);
    if (!row) throw new AppError("not_found", "There is no such project.");
    const now = readWork(row);
    const isOld = version !== undefined && BigInt(version) !== now.version;
    const set = {
      assignment: parts.assignment ?? now.assignment,
      hours: parts.hours ?? now.hours,
      away: parts.away ?? now.away,
      rating: parts.rating ?? now.rating,
      targets: parts.targets ?? now.targets,
      version: now.version,
      updatedAt: new Date(nowMs),
    };
    if (isOld || !(await putWorkSettings(sql, key, set))) {
      throw new AppError("conflict", "The settings have changed: read them again.");
    }
    return formatWork({ ...row, set: { ...set, version: now.version + 1n } }, nowMs);
  });
}

/** How each team's conversations are given out. */
export function listRules(deps: SettingsDeps, accountId: string): Promise<TeamRuleRow[]> {
  return listTeamRules(deps.pool, accountId);
}

/** Changes how a team's conversations are given out. */
export async function changeRule(
  deps: SettingsDeps,
  key: { accountId: string; teamId: string },
  mode: TeamRuleRow["mode"],
): Promise<TeamRuleRow> {
  return withTransaction(deps.pool, async (sql) => {
    await putTeamRule(sql, key, mode);
    const rule = (await listTeamRules(sql, key.accountId)).find((one) => one.teamId === key.teamId);
    // Rolls back what was written for a team that is nobody's, or another account's.
    if (!rule) throw new AppError("not_found", "There is no such team.");
    return rule;
  });
}

function formatWork(row: WorkSettingsRow, nowMs: number): WorkSettings {
  const work = readWork(row);
  const zoned = readHours(row);
  const changesMs = findNextChange(zoned, nowMs);
  const { assignment, hours, away, rating, targets } = work;
  return {
    ...{ assignment, hours, away, rating, targets },
    project_id: row.projectId,
    time_zone: row.timeZone,
    open_now: isOpenAt(zoned, nowMs),
    changes_at: changesMs === null ? null : new Date(changesMs).toISOString(),
    version: String(work.version),
    updated_at: work.updatedAt?.toISOString() ?? null,
  };
}
