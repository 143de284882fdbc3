import type { TemplateGuard } from "../domain/category-guard.ts";
import type {
  HeaderFormat,
  StoredTemplateStatus,
  TemplateCategory,
  TemplateDefinition,
  TemplateQuality,
  TemplateStatus,
} from "../domain/template.ts";
import type { TemplateDraft } from "../domain/template-draft.ts";
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
  status: StoredTemplateStatus;
  definition: TemplateDefinition;
  /** How many values a caller gives. */
  variables: number;
  header: HeaderFormat | null;
  providerTemplateId: string | null;
  rejectedReason: string | null;
  /** Written here and not submitted yet; null: nothing. */
  draft: TemplateDraft | null;
  /** As last submitted. */
  examples: string[];
  sampleMediaId: string | null;
  quality: TemplateQuality | null;
  guard: TemplateGuard | null;
  /** The provider's own times of the last changes that counted. */
  statusAt: Date | null;
  categoryAt: Date | null;
  qualityAt: Date | null;
  submittedAt: Date | null;
  /** When the provider was last asked for it and gave it. */
  verifiedAt: Date | null;
  deletedAt: Date | null;
  /** No new template of this name before then. */
  nameFreeAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What an import knows of a template; the number is given by the database, once. */
export type TemplateContent = Pick<
  TemplateRow,
  | "accountId"
  | "id"
  | "projectId"
  | "name"
  | "language"
  | "category"
  | "status"
  | "definition"
  | "variables"
  | "header"
  | "providerTemplateId"
  | "rejectedReason"
> & { at: Date };

const COLUMNS = `account_id as "accountId", id, number, project_id as "projectId", name, language,
  category, status, definition, variables, header, provider_template_id as "providerTemplateId",
  rejected_reason as "rejectedReason", draft, examples, sample_media_id as "sampleMediaId", quality, guard,
  status_at as "statusAt", category_at as "categoryAt", quality_at as "qualityAt",
  submitted_at as "submittedAt", verified_at as "verifiedAt", deleted_at as "deletedAt",
  name_free_at as "nameFreeAt", created_at as "createdAt", updated_at as "updatedAt"`;

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

/** A template's key. */
export interface TemplateKey {
  accountId: string;
  id: string;
}

/** The template, or null; `accountId` null looks in every account. */
export async function findTemplate(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<TemplateRow | null> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates
     where id = $2 and ($1::uuid is null or account_id = $1) and deleted_at is null`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** The template of an `id_template`, or null; `accountId` null looks in every account. */
export async function findTemplateByNumber(
  sql: Queryable,
  key: { accountId: string | null; number: number },
): Promise<TemplateRow | null> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates
     where number = $2 and ($1::uuid is null or account_id = $1) and deleted_at is null`,
    [key.accountId, key.number],
  );
  return rows[0] ?? null;
}

/** Which templates are listed. */
export interface TemplateChoice {
  accountId: string;
  id: string | null;
  status?: StoredTemplateStatus | undefined;
  /** What their names have in them. Not `name`: a whole project has one of its own. */
  namePart?: string | undefined;
}

/** Templates of a project (`id` null: of all of the account), of one status and with `namePart` in their name if these are given, newest first. */
export async function listTemplates(
  sql: Queryable,
  project: TemplateChoice,
  slice: Slice,
): Promise<TemplateRow[]> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates
     where account_id = $1 and ($2::uuid is null or project_id = $2)
       and ($3::uuid is null or id < $3) and ($5::text is null or status = $5)
       and ($6::text is null or position($6 in name) > 0) and deleted_at is null
     order by id desc limit $4`,
    [
      ...[project.accountId, project.id, slice.before, slice.limit],
      ...[project.status ?? null, project.namePart ?? null],
    ],
  );
  return rows;
}

/** Every template of a project, those deleted here too, held until the transaction ends. */
export async function lockTemplates(
  sql: Queryable,
  project: { accountId: string; id: string },
): Promise<TemplateRow[]> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where account_id = $1 and project_id = $2
     order by number for update`,
    [project.accountId, project.id],
  );
  return rows;
}

/** The template as it stands, held until the transaction ends; null when there is none. */
export async function lockTemplate(sql: Queryable, key: TemplateKey): Promise<TemplateRow | null> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where account_id = $1 and id = $2 for update`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/**
 * The account's templates that a provider means, held: by its id (a business account may serve several projects), or by name and
 * language one that has no such id yet, since its answer to our submission may come after its first event. That a template is gone is
 * never the first event of one: it means one that had the name before.
 */
export async function lockTemplatesOfProvider(
  sql: Queryable,
  accountId: string,
  named: {
    providerTemplateId: string;
    name: string;
    language: string;
    status: TemplateStatus | null;
  },
): Promise<TemplateRow[]> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates
     where account_id = $1 and deleted_at is null and (provider_template_id = $2
       or (provider_template_id is null and status = 'draft' and name = $3 and language = $4 and not $5))
     order by number for update`,
    [
      ...[accountId, named.providerTemplateId, named.name, named.language],
      named.status === "disabled",
    ],
  );
  return rows;
}

/** Writes a template's state: everything but its name, language and place. */
export async function updateTemplate(
  sql: Queryable,
  row: TemplateRow,
  updatedAt: Date,
): Promise<void> {
  await sql.query(
    `update templates set category = $3, status = $4, definition = $5, variables = $6, header = $7,
       provider_template_id = $8, rejected_reason = $9, draft = $10, examples = $11,
       sample_media_id = $12, quality = $13, guard = $14, status_at = $15, category_at = $16,
       quality_at = $17, submitted_at = $18, verified_at = $19, deleted_at = $20, name_free_at = $21,
       updated_at = $22
     where account_id = $1 and id = $2`,
    [
      ...[row.accountId, row.id, row.category, row.status, formatJson(row.definition)],
      ...[row.variables, row.header, row.providerTemplateId, row.rejectedReason],
      row.draft === null ? null : formatJson(row.draft),
      ...[row.examples, row.sampleMediaId, row.quality],
      row.guard === null ? null : formatJson(row.guard),
      ...[row.statusAt, row.categoryAt, row.qualityAt, row.submittedAt, row.verifiedAt],
      ...[row.deletedAt, row.nameFreeAt, updatedAt],
    ],
  );
}

/** Notes that the provider was asked for these templates and gave them as they are. */
export async function verifyTemplates(
  sql: Queryable,
  accountId: string,
  { ids, at }: { ids: readonly string[]; at: Date },
): Promise<void> {
  await sql.query(
    "update templates set verified_at = $3 where account_id = $1 and id = any($2::uuid[])",
    [accountId, ids, at],
  );
}
