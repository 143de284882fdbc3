import type { Queryable } from "./connect.ts";

/** A team with its people. */
export interface TeamRow {
  id: string;
  name: string;
  memberIds: string[];
}

/** A label of the account's catalogue. */
export interface LabelRow {
  id: string;
  name: string;
  color: "gray" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "violet" | "pink";
}

/** A text at hand. */
export interface CannedRow {
  id: string;
  shortcut: string;
  body: string;
  projectId: string | null;
  ownerId: string | null;
}

/** Names a row. */
export interface RowKey {
  accountId: string;
  id: string;
}

/** Teams of an account by name. */
export async function listTeams(sql: Queryable, accountId: string): Promise<TeamRow[]> {
  const { rows } = await sql.query<TeamRow>(
    `select t.id, t.name, array(
       select m.user_id from team_members m where m.account_id = t.account_id and m.team_id = t.id
       order by m.user_id) as "memberIds"
     from teams t where t.account_id = $1 order by t.name, t.id`,
    [accountId],
  );
  return rows;
}

/** A team, or null. */
export async function findTeam(sql: Queryable, key: RowKey): Promise<TeamRow | null> {
  const teams = await listTeams(sql, key.accountId);
  return teams.find(({ id }) => id === key.id) ?? null;
}

/** Stores a team and its people, new or changed. */
export async function putTeam(
  sql: Queryable,
  team: TeamRow & { accountId: string; at: Date },
): Promise<void> {
  const { accountId, id, name, memberIds, at } = team;
  await sql.query(
    `insert into teams (account_id, id, name, created_at) values ($1, $2, $3, $4)
     on conflict (account_id, id) do update set name = excluded.name`,
    [accountId, id, name, at],
  );
  await sql.query("delete from team_members where account_id = $1 and team_id = $2", [
    accountId,
    id,
  ]);
  await sql.query(
    "insert into team_members (account_id, team_id, user_id) select $1, $2, unnest($3::uuid[])",
    [accountId, id, memberIds],
  );
}

/** Deletes a team; its conversations stand in everybody's queue. False: there was none. */
export async function deleteTeam(sql: Queryable, key: RowKey): Promise<boolean> {
  await sql.query("delete from team_members where account_id = $1 and team_id = $2", [
    key.accountId,
    key.id,
  ]);
  await sql.query(
    `update conversations set team_id = null, version = version + 1
     where account_id = $1 and team_id = $2`,
    [key.accountId, key.id],
  );
  return deleteRow(sql, "teams", key);
}

/** Labels of an account by name. */
export async function listLabels(sql: Queryable, accountId: string): Promise<LabelRow[]> {
  const { rows } = await sql.query<LabelRow>(
    "select id, name, color from labels where account_id = $1 order by name, id",
    [accountId],
  );
  return rows;
}

/** Stores a label, new or changed. */
export async function putLabel(
  sql: Queryable,
  label: LabelRow & { accountId: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into labels (account_id, id, name, color, created_at) values ($1, $2, $3, $4, $5)
     on conflict (account_id, id) do update set name = excluded.name, color = excluded.color`,
    [label.accountId, label.id, label.name, label.color, label.at],
  );
}

/** Deletes a label, from its conversations too. False: there was none. */
export async function deleteLabel(sql: Queryable, key: RowKey): Promise<boolean> {
  await sql.query("delete from conversation_labels where account_id = $1 and label_id = $2", [
    key.accountId,
    key.id,
  ]);
  return deleteRow(sql, "labels", key);
}

/** The account's canned replies and the person's own. */
export async function listCanned(
  sql: Queryable,
  of: { accountId: string; userId: string },
): Promise<CannedRow[]> {
  const { rows } = await sql.query<CannedRow>(
    `select ${CANNED} from canned_replies
     where account_id = $1 and (owner_id is null or owner_id = $2) order by lower(shortcut), id`,
    [of.accountId, of.userId],
  );
  return rows;
}

/** A canned reply, or null. */
export async function findCanned(sql: Queryable, key: RowKey): Promise<CannedRow | null> {
  const { rows } = await sql.query<CannedRow>(
    `select ${CANNED} from canned_replies where account_id = $1 and id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Stores a canned reply, new or changed. */
export async function putCanned(
  sql: Queryable,
  canned: CannedRow & { accountId: string; at: Date },
): Promise<void> {
  const { accountId, id, shortcut, body, projectId, ownerId, at } = canned;
  await sql.query(
    `insert into canned_replies (account_id, id, shortcut, body, project_id, owner_id, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, id) do update set shortcut = excluded.shortcut, body = excluded.body,
       project_id = excluded.project_id, updated_at = excluded.updated_at`,
    [accountId, id, shortcut, body, projectId, ownerId, at],
  );
}

/** Deletes a canned reply. False: there was none. */
export function deleteCanned(sql: Queryable, key: RowKey): Promise<boolean> {
  return deleteRow(sql, "canned_replies", key);
}

/** How many rows of a catalogue an account has. */
export async function countCatalogue(
  sql: Queryable,
  table: "teams" | "labels" | "canned_replies",
  accountId: string,
): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from ${table} where account_id = $1`,
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

const CANNED = `id, shortcut, body, project_id as "projectId", owner_id as "ownerId"`;

async function deleteRow(
  sql: Queryable,
  table: "teams" | "labels" | "canned_replies",
  key: RowKey,
): Promise<boolean> {
  const { rowCount } = await sql.query(`delete from ${table} where account_id = $1 and id = $2`, [
    key.accountId,
    key.id,
  ]);
  return rowCount === 1;
}
