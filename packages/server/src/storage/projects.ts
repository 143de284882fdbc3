import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** One service of an account: its number, templates, webhooks and time zone. */
export interface ProjectRow {
  accountId: string;
  id: string;
  kind: "multiagente" | "designer";
  name: string;
  state: "active" | "inactive";
  timeZone: string;
  channelId: string | null;
  /** Tried when the first number is known not to have taken a message. */
  fallbackChannelId: string | null;
  /** Marketing messages to one mobile inside the window; one more answers 10. */
  marketingMax: number;
  marketingWindowS: number;
  /** Messages of a template after its category became dearer, until somebody decides. */
  categoryGuardLimit: number;
  /** Seconds by category until a message must have reached sent; absent: the default. */
  deadlineS: Record<string, number>;
  createdAt: Date;
}

/** What may change in a project; what is undefined stays. */
export type ProjectChanges = {
  [Key in keyof Omit<ProjectRow, "accountId" | "id" | "kind" | "createdAt">]?:
    | ProjectRow[Key]
    | undefined;
};

const COLUMNS = `account_id as "accountId", id, kind, name, state, time_zone as "timeZone",
  channel_id as "channelId", fallback_channel_id as "fallbackChannelId", marketing_max as "marketingMax",
  marketing_window_s as "marketingWindowS", category_guard_limit as "categoryGuardLimit",
  deadline_s as "deadlineS", created_at as "createdAt"`;

/** Stores a project. */
export async function insertProject(sql: Queryable, project: ProjectRow): Promise<void> {
  await sql.query(
    `insert into projects (account_id, id, kind, name, state, time_zone, channel_id, marketing_max,
       marketing_window_s, deadline_s, created_at, fallback_channel_id, category_guard_limit)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      project.accountId,
      project.id,
      project.kind,
      project.name,
      project.state,
      project.timeZone,
      project.channelId,
      project.marketingMax,
      project.marketingWindowS,
      formatJson(project.deadlineS),
      project.createdAt,
      project.fallbackChannelId,
      project.categoryGuardLimit,
    ],
  );
}

/** The project, or null; `accountId` null looks in every account. */
export async function findProject(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<ProjectRow | null> {
  const { rows } = await sql.query<ProjectRow>(
    `select ${COLUMNS} from projects where id = $2 and ($1::uuid is null or account_id = $1)`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Lets one change of a project's templates, or of how many endpoints it has, happen after the other, until the transaction ends. */
export async function lockProject(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<void> {
  await sql.query("select from projects where account_id = $1 and id = $2 for update", [
    key.accountId,
    key.id,
  ]);
}

/** Projects of an account (null: of all), newest first. */
export async function listProjects(
  sql: Queryable,
  accountId: string | null,
  slice: Slice,
): Promise<ProjectRow[]> {
  const { rows } = await sql.query<ProjectRow>(
    `select ${COLUMNS} from projects
     where ($1::uuid is null or account_id = $1) and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [accountId, slice.before, slice.limit],
  );
  return rows;
}

/** Changes a project. */
export async function updateProject(
  sql: Queryable,
  key: { accountId: string; id: string },
  changes: ProjectChanges,
): Promise<void> {
  await sql.query(
    `update projects set name = coalesce($3, name), state = coalesce($4, state),
       time_zone = coalesce($5, time_zone), channel_id = coalesce($6, channel_id),
       marketing_max = coalesce($7, marketing_max),
       marketing_window_s = coalesce($8, marketing_window_s),
       deadline_s = coalesce($9, deadline_s),
       fallback_channel_id = case when $10 then $11::uuid else fallback_channel_id end,
       category_guard_limit = coalesce($12, category_guard_limit)
     where account_id = $1 and id = $2`,
    [
      key.accountId,
      key.id,
      changes.name ?? null,
      changes.state ?? null,
      changes.timeZone ?? null,
      changes.channelId ?? null,
      changes.marketingMax ?? null,
      changes.marketingWindowS ?? null,
      changes.deadlineS ? formatJson(changes.deadlineS) : null,
      changes.fallbackChannelId !== undefined,
      changes.fallbackChannelId ?? null,
      changes.categoryGuardLimit ?? null,
    ],
  );
}
