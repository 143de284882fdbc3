import type {
  HeaderFormat,
  TemplateCategory,
  TemplateDefinition,
  TemplateStatus,
} from "../domain/template.ts";
import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** A template of a project. */
export interface TemplateRow {
  accountId: string;
  id: string;
  /** The `id_template` of the manual's API. */
  number: number;
  projectId: string;
  name: string;
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  definition: TemplateDefinition;
  /** How many values a caller gives. */
  variables: number;
  header: HeaderFormat | null;
  providerTemplateId: string | null;
  rejectedReason: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What an import knows of a template; the number is given by the database, once. */
export type TemplateContent = Omit<TemplateRow, "number" | "createdAt" | "updatedAt"> & {
  at: Date;
};

const COLUMNS = `account_id as "accountId", id, number, project_id as "projectId", name, language,
  category, status, definition, variables, header, provider_template_id as "providerTemplateId",
  rejected_reason as "rejectedReason", created_at as "createdAt", updated_at as "updatedAt"`;

/**
 * Stores a template under its project, name and language, or replaces what is there; its number and id
 * stay then. Lock the project first: two at once would both find nothing.
 *
 * An update and then an insert, not `on conflict`: that would use up a number on every import.
 */
export async function upsertTemplate(
  sql: Queryable,
  template: TemplateContent,
): Promise<"inserted" | "updated"> {
  const values = [
    template.accountId,
    template.projectId,
    template.name,
    template.language,
    template.category,
    template.status,
    formatJson(template.definition),
    template.variables,
    template.header,
    template.providerTemplateId,
    template.rejectedReason,
    template.at,
  ];
  const { rowCount } = await sql.query(
    `update templates set category = $5, status = $6, definition = $7, variables = $8, header = $9,
       provider_template_id = coalesce($10, provider_template_id), rejected_reason = $11,
       updated_at = $12
     where account_id = $1 and project_id = $2 and name = $3 and language = $4`,
    values,
  );
  if (rowCount === 1) return "updated";
  await sql.query(
    `insert into templates (account_id, project_id, name, language, category, status, definition,
       variables, header, provider_template_id, rejected_reason, created_at, updated_at, id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)`,
    [...values, template.id],
  );
  return "inserted";
}

/**
 * Disables the project's templates that came from the provider and are not among `kept` any more; gives
 * back their names.
 */
export async function disableMissingTemplates(
  sql: Queryable,
  project: { accountId: string; id: string },
  kept: { providerTemplateIds: readonly string[]; at: Date; reason: string },
): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `update templates set status = 'disabled', rejected_reason = $5, updated_at = $4
     where account_id = $1 and project_id = $2 and provider_template_id is not null
       and provider_template_id <> all ($3::text[]) and status <> 'disabled'
     returning name`,
    [project.accountId, project.id, kept.providerTemplateIds, kept.at, kept.reason],
  );
  return rows.map((row) => row.name);
}

/** The template, or null; `accountId` null looks in every account. */
export async function findTemplate(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<TemplateRow | null> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where id = $2 and ($1::uuid is null or account_id = $1)`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Templates of a project (`id` null: of all of the account), of one status if that is given, newest first. */
export async function listTemplates(
  sql: Queryable,
  project: { accountId: string; id: string | null; status?: TemplateStatus | undefined },
  slice: Slice,
): Promise<TemplateRow[]> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates
     where account_id = $1 and ($2::uuid is null or project_id = $2)
       and ($3::uuid is null or id < $3) and ($5::text is null or status = $5)
     order by id desc limit $4`,
    [project.accountId, project.id, slice.before, slice.limit, project.status ?? null],
  );
  return rows;
}
