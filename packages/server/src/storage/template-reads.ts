import type { Queryable } from "./connect.ts";

/** How soon a project's templates are read again: while one waits for WhatsApp's decision, else, and after a failure. */
const AGAIN_AFTER_S = { pending: 15 * 60, settled: 6 * 3_600, failed: 15 * 60 };

/** A project is not read more often than this, however often somebody asks. */
const BETWEEN_S = 60;

/** A process that took a project and died leaves it to others after this. */
const LEASE_S = 300;

/** A project whose templates are to be read. */
export interface DueProject {
  accountId: string;
  id: string;
}

/** Takes projects whose templates are due to be read from the provider; each is given to one process. */
export async function takeDueProjects(
  sql: Queryable,
  now: Date,
  max: number,
): Promise<DueProject[]> {
  const { rows } = await sql.query<DueProject>(
    `update projects p set templates_due_at = $1::timestamptz + make_interval(secs => $3)
     from (
       select d.account_id, d.id from projects d
       join accounts a on a.account_id = d.account_id and a.state = 'active'
       where d.channel_id is not null and d.state = 'active'
         and (d.templates_due_at is null or d.templates_due_at <= $1)
       order by d.templates_due_at nulls first limit $2 for update of d skip locked
     ) due
     where p.account_id = due.account_id and p.id = due.id
     returning p.account_id as "accountId", p.id`,
    [now, max, LEASE_S],
  );
  return rows;
}

/** Notes that a project's templates were read, or why they could not be. */
export async function noteTemplatesRead(
  sql: Queryable,
  project: { accountId: string; id: string },
  read: { at: Date; pending: boolean; error: string | null },
): Promise<void> {
  const state = read.error !== null ? "failed" : read.pending ? "pending" : "settled";
  await sql.query(
    `update projects set templates_due_at = $3::timestamptz + make_interval(secs => $4),
       templates_error = $5,
       templates_verified_at = case when $5::text is null then $3 else templates_verified_at end
     where account_id = $1 and id = $2`,
    [project.accountId, project.id, read.at, AGAIN_AFTER_S[state], read.error],
  );
}

/** Has the templates of these projects read soon: at once, but not within a minute of the last time. */
export async function askForTemplatesSoon(
  sql: Queryable,
  accountId: string,
  wish: { projectIds: readonly string[]; now: Date },
): Promise<void> {
  await sql.query(
    `update projects set templates_due_at = least(templates_due_at,
       greatest($3::timestamptz, coalesce(templates_verified_at, $3) + make_interval(secs => $4)))
     where account_id = $1 and id = any($2::uuid[]) and templates_due_at is not null`,
    [accountId, wish.projectIds, wish.now, BETWEEN_S],
  );
}

/** {@link askForTemplatesSoon} for the projects of messages that the provider refused for their template. */
export async function askForTemplatesOfMessages(
  sql: Queryable,
  accountId: string,
  wish: { messageIds: readonly string[]; now: Date },
): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct project_id as id from messages
     where account_id = $1 and id = any($2::uuid[]) and template_id is not null`,
    [accountId, wish.messageIds],
  );
  const projectIds = rows.map((row) => row.id);
  if (projectIds.length > 0) await askForTemplatesSoon(sql, accountId, { ...wish, projectIds });
}

/** When a project's templates were last read, and why the last try failed. */
export async function findTemplatesRead(
  sql: Queryable,
  project: { accountId: string; id: string },
): Promise<{ verifiedAt: Date | null; error: string | null }> {
  const { rows } = await sql.query<{ verifiedAt: Date | null; error: string | null }>(
    `select templates_verified_at as "verifiedAt", templates_error as error from projects
     where account_id = $1 and id = $2`,
    [project.accountId, project.id],
  );
  return rows[0] ?? { verifiedAt: null, error: null };
}
