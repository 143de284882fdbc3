import type { WorkSettings } from "@recado/contract/console/work";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** How a project works, as far as somebody has set it. */
export interface WorkSettingsRow {
  accountId: string;
  projectId: string;
  timeZone: string;
  /** The number that the project writes by; null: none. */
  channelId: string | null;
  /** Null: nothing was ever set. */
  set: {
    assignment: WorkSettings["assignment"];
    hours: WorkSettings["hours"];
    away: WorkSettings["away"];
    rating: WorkSettings["rating"];
    targets: WorkSettings["targets"];
    version: bigint;
    updatedAt: Date;
  } | null;
}

/** What somebody has set of a project. */
export type SetWork = NonNullable<WorkSettingsRow["set"]>;

interface Flat extends WorkSettingsRow {
  mode: SetWork["assignment"]["mode"] | null;
  capacity: number;
  reassignAfterS: number | null;
  hours: SetWork["hours"];
  away: SetWork["away"];
  rating: SetWork["rating"];
  targets: SetWork["targets"];
  version: bigint;
  updatedAt: Date;
}

/** All projects of an account, or one of them (null: all), each with what is set. */
export async function listWorkSettings(
  sql: Queryable,
  accountId: string,
  projectId: string | null = null,
): Promise<WorkSettingsRow[]> {
  const { rows } = await sql.query<Flat>({
    name: "list-work-settings",
    text: `select p.account_id as "accountId", p.id as "projectId", p.time_zone as "timeZone",
             p.channel_id as "channelId", w.assignment_mode as mode, w.capacity,
             w.reassign_after_s as "reassignAfterS", w.hours, w.away, w.rating, w.targets, w.version,
             w.updated_at as "updatedAt"
           from projects p left join work_settings w on w.account_id = p.account_id and w.project_id = p.id
           where p.account_id = $1 and ($2::uuid is null or p.id = $2)
           order by p.name, p.id`,
    values: [accountId, projectId],
  });
  return rows.map(readRow);
}

/** Stores what is set if nobody has changed it since `version` (0: never set); false: somebody has. */
export async function putWorkSettings(
  sql: Queryable,
  key: { accountId: string; projectId: string },
  set: Omit<SetWork, "version"> & { version: bigint },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into work_settings as w (account_id, project_id, assignment_mode, capacity, reassign_after_s, hours,
       away, rating, targets, version, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)
     on conflict (account_id, project_id) do update set assignment_mode = excluded.assignment_mode,
       capacity = excluded.capacity, reassign_after_s = excluded.reassign_after_s, hours = excluded.hours,
       away = excluded.away, rating = excluded.rating, targets = excluded.targets,
       version = w.version + 1, updated_at = excluded.updated_at
     where w.version = $11`,
    [
      ...[key.accountId, key.projectId],
      ...[set.assignment.mode, set.assignment.capacity, set.assignment.reassign_after_s],
      ...[set.hours, set.away, set.rating, set.targets].map((part) => formatJson(part)),
      ...[set.updatedAt, set.version],
    ],
  );
  return rowCount === 1;
}

/** How a team's conversations are given out; null: as the project says. */
export interface TeamRuleRow {
  teamId: string;
  name: string;
  mode: SetWork["assignment"]["mode"] | null;
}

/** The teams of an account, each with its rule. */
export async function listTeamRules(sql: Queryable, accountId: string): Promise<TeamRuleRow[]> {
  const { rows } = await sql.query<TeamRuleRow>({
    name: "list-team-rules",
    text: `select t.id as "teamId", t.name, r.mode from teams t
           left join team_rules r on r.account_id = t.account_id and r.team_id = t.id
           where t.account_id = $1 order by t.name, t.id`,
    values: [accountId],
  });
  return rows;
}

/** Sets a team's rule, or takes it away (null). */
export async function putTeamRule(
  sql: Queryable,
  key: { accountId: string; teamId: string },
  mode: TeamRuleRow["mode"],
): Promise<void> {
  if (mode === null) {
    await sql.query("delete from team_rules where account_id = $1 and team_id = $2", [
      key.accountId,
      key.teamId,
    ]);
    return;
  }
  await sql.query(
    `insert into team_rules (account_id, team_id, mode) values ($1, $2, $3)
     on conflict (account_id, team_id) do update set mode = excluded.mode`,
    [key.accountId, key.teamId, mode],
  );
}

/** Accounts in which a rule gives conversations out. */
export async function listGivingAccounts(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "list-giving-accounts",
    text: `select account_id from work_settings where assignment_mode <> 'off' or reassign_after_s is not null
           union select account_id from team_rules where mode <> 'off'`,
    values: [],
  });
  return rows.map((row) => row.account_id);
}

function readRow(flat: Flat): WorkSettingsRow {
  const { accountId, projectId, timeZone, channelId, mode } = flat;
  const project = { accountId, projectId, timeZone, channelId };
  if (mode === null) return { ...project, set: null };
  const { capacity, reassignAfterS, hours, away, rating, targets, version, updatedAt } = flat;
  const assignment = { mode, capacity, reassign_after_s: reassignAfterS };
  return { ...project, set: { assignment, hours, away, rating, targets, version, updatedAt } };
}
