import type { Queryable } from "./connect.ts";

/** What an integrator sent to a person with a field of its own. */
export interface ReceivedRow {
  messageId: string;
  at: Date;
  customField: string;
  template: string | null;
  source: string;
}

/** The latest messages to a contact that carried a `custom_field`, newest first. */
export async function listReceived(
  sql: Queryable,
  of: { accountId: string; contactId: string; max: number },
): Promise<ReceivedRow[]> {
  const { rows } = await sql.query<ReceivedRow>(
    `select m.id as "messageId", m.accepted_at as at, m.custom_field as "customField", m.source,
       (select t.name from templates t where t.account_id = $1 and t.id = m.template_id) as template
     from contact_addresses a
     cross join lateral (
       select * from messages m
       where m.account_id = a.account_id and m.mobile = a.value and m.direction = 'out' and m.custom_field <> ''
       order by m.id desc limit $3
     ) m
     where a.account_id = $1 and a.contact_id = $2
     order by m.id desc limit $3`,
    [of.accountId, of.contactId, of.max],
  );
  return rows;
}

/** A conversation of a person, for the history. */
export interface PastConversation {
  id: string;
  channelId: string;
  projectId: string;
  state: "open" | "snoozed" | "resolved";
  assigneeId: string | null;
  openedAt: Date;
  resolvedAt: Date | null;
  lastInboundAt: Date;
  rating: number | null;
}

/** Conversations of a contact, newest first. */
export async function listPastConversations(
  sql: Queryable,
  of: { accountId: string; contactId: string; max: number },
): Promise<PastConversation[]> {
  const { rows } = await sql.query<PastConversation>(
    `select id, channel_id as "channelId", project_id as "projectId", state, assignee_id as "assigneeId",
       opened_at as "openedAt", resolved_at as "resolvedAt", last_inbound_at as "lastInboundAt",
       rating::int as rating
     from conversations where account_id = $1 and contact_id = $2
     order by opened_at desc, id desc limit $3`,
    [of.accountId, of.contactId, of.max],
  );
  return rows;
}

/** A merge that a contact came out of. */
export interface PastMerge {
  mergedId: string;
  name: string | null;
  mergedAt: Date;
  undoneAt: Date | null;
}

/** Contacts that were merged into this one, newest first. */
export async function listPastMerges(
  sql: Queryable,
  of: { accountId: string; contactId: string; max: number },
): Promise<PastMerge[]> {
  const { rows } = await sql.query<PastMerge>(
    `select g.merged_id as "mergedId", coalesce(c.name, c.profile_name) as name, g.merged_at as "mergedAt",
       g.undone_at as "undoneAt"
     from contact_merges g join contacts c on c.account_id = g.account_id and c.id = g.merged_id
     where g.account_id = $1 and g.survivor_id = $2 order by g.merged_at desc limit $3`,
    [of.accountId, of.contactId, of.max],
  );
  return rows;
}

/** What messages to a contact have cost since a moment, refunds taken off; 1/10,000. */
export async function sumSpent(
  sql: Queryable,
  of: { accountId: string; contactId: string; sinceId: string },
): Promise<bigint> {
  const { rows } = await sql.query<{ spent: bigint }>(
    `select coalesce(sum(m.price), 0)::bigint as spent from contact_addresses a
     join messages m on m.account_id = a.account_id and m.mobile = a.value and m.id >= $3
     where a.account_id = $1 and a.contact_id = $2 and m.direction = 'out' and not m.refunded
       and m.status <> 'held'`,
    [of.accountId, of.contactId, of.sinceId],
  );
  return rows[0]?.spent ?? 0n;
}

/** Whether one of a contact's numbers is on a project's opt-out list. */
export async function isOptedOut(
  sql: Queryable,
  of: { accountId: string; contactId: string; projectId: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from contact_addresses a
     join opt_outs o on o.account_id = a.account_id and o.project_id = $3 and o.mobile = a.value
     where a.account_id = $1 and a.contact_id = $2 and o.ended_at is null limit 1`,
    [of.accountId, of.contactId, of.projectId],
  );
  return (rowCount ?? 0) > 0;
}

/** Sample values of templates, by `id_template`. */
export async function findExamples(
  sql: Queryable,
  accountId: string,
  numbers: readonly number[],
): Promise<Map<number, string[]>> {
  const { rows } = await sql.query<{ number: number; examples: string[] }>(
    "select number, examples from templates where account_id = $1 and number = any($2::int[])",
    [accountId, numbers],
  );
  return new Map(rows.map((row) => [row.number, row.examples]));
}
