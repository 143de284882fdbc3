import type { Queryable } from "./connect.ts";

/** What of a template changed. `edit`: a new content was submitted. */
export type TemplateChangeKind = "status" | "category" | "quality" | "content" | "guard" | "edit";

/** Who told: the provider by an event, its list, our submission, or a person here. */
export type TemplateChangeSource = "event" | "sync" | "submit" | "person";

/** One line of a template's history. */
export interface TemplateChangeRow {
  accountId: string;
  id: string;
  templateId: string;
  kind: TemplateChangeKind;
  from: string | null;
  to: string | null;
  reason: string | null;
  source: TemplateChangeSource;
  /** False: it came late, and something newer was known already. */
  applied: boolean;
  /** By the provider's clock where it was told by it. */
  at: Date;
  notedAt: Date;
}

/** Stores lines of history, in order. */
export async function insertTemplateChanges(
  sql: Queryable,
  changes: readonly TemplateChangeRow[],
): Promise<void> {
  for (const change of changes) {
    await sql.query(
      `insert into template_changes (account_id, id, template_id, kind, from_value, to_value, reason,
         source, applied, at, noted_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[change.accountId, change.id, change.templateId, change.kind, change.from, change.to],
        ...[change.reason, change.source, change.applied, change.at, change.notedAt],
      ],
    );
  }
}

/** A template's history, newest first. */
export async function listTemplateChanges(
  sql: Queryable,
  template: { accountId: string; id: string },
  slice: { before: string | null; limit: number },
): Promise<TemplateChangeRow[]> {
  const { rows } = await sql.query<TemplateChangeRow>(
    `select account_id as "accountId", id, template_id as "templateId", kind, from_value as "from",
       to_value as "to", reason, source, applied, at, noted_at as "notedAt"
     from template_changes
     where account_id = $1 and template_id = $2 and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [template.accountId, template.id, slice.before, slice.limit],
  );
  return rows;
}

/** Whether an event of the provider's is known already: providers post twice. */
export async function hasTemplateEvent(
  sql: Queryable,
  event: { accountId: string; templateId: string; kind: TemplateChangeKind; to: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from template_changes
     where account_id = $1 and template_id = $2 and kind = $3 and to_value = $4 and at = $5
       and source = 'event' limit 1`,
    [event.accountId, event.templateId, event.kind, event.to, event.at],
  );
  return rowCount === 1;
}

/** When new contents of an approved template were submitted, since that moment. */
export async function findEditTimes(
  sql: Queryable,
  template: { accountId: string; id: string },
  since: Date,
): Promise<Date[]> {
  const { rows } = await sql.query<{ at: Date }>(
    `select at from template_changes
     where account_id = $1 and template_id = $2 and kind = 'edit' and from_value = 'approved' and at > $3
     order by at`,
    [template.accountId, template.id, since],
  );
  return rows.map((row) => row.at);
}
