import type { Queryable } from "./connect.ts";
import type { ProjectKey } from "./endpoints.ts";

/** The account's official numbers among these numbers and ids of channels, each by what it was asked as. */
export async function findFilterNumbers(
  sql: Queryable,
  accountId: string,
  wanted: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; number: string }>(
    `select id, official_number as number from channels
     where account_id = $1 and (official_number = any($2::text[]) or id::text = any($2::text[]))`,
    [accountId, wanted],
  );
  return new Map(rows.flatMap(({ id, number }) => [[id, number] as const, [number, number]]));
}

/** Those of the given names and `id_template`s that are templates of the project. */
export async function findFilterTemplates(
  sql: Queryable,
  project: ProjectKey,
  wanted: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql.query<{ number: string; name: string }>(
    `select number::text, name from templates
     where account_id = $1 and project_id = $2
       and (name = any($3::text[]) or number::text = any($3::text[]))`,
    [project.accountId, project.projectId, wanted],
  );
  return new Set(rows.flatMap((row) => [row.number, row.name]));
}
