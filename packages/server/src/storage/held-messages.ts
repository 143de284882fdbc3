import type { MessageCategory } from "../domain/account-snapshot.ts";
import type { AcceptedRow } from "./accepting.ts";
import type { Queryable } from "./connect.ts";
import { insertEvents } from "./events.ts";
import { formatJson } from "./format-json.ts";

/** How many messages of each account are held, counted up to `countMax`. Accounts with none are absent. */
export async function countHeld(
  sql: Queryable,
  accountIds: readonly string[],
  countMax: number,
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ account_id: string; count: number }>({
    name: "count-held",
    text: `select a.account_id, h.count
           from unnest($1::uuid[]) as a(account_id)
           cross join lateral (
             select count(*)::int as count from (
               select from messages m where m.lane = 'held' and m.account_id = a.account_id limit $2
             ) one
           ) h where h.count > 0`,
    values: [accountIds, countMax],
  });
  return new Map(rows.map((row) => [row.account_id, row.count]));
}

/** Stores messages that wait for money: nothing is charged. Answers the statements that are on their way. */
export function insertHeld(sql: Queryable, rows: readonly AcceptedRow[]): Promise<unknown>[] {
  if (rows.length === 0) return [];
  const stored = sql.query({
    name: "insert-held",
    text: `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category,
             kind, template_id, variables, body, media, content, reply_to, custom_field, digest, source, price,
             status, lane, class, due_at, scheduled_at, deadline_at, accepted_at, campaign_id)
           select account_id, id, 'out', project_id, channel_id, mobile, category, kind, template_id,
             array(select jsonb_array_elements_text(variables)), body, media, content, reply_to, custom_field,
             decode(digest, 'hex'), source, price, 'held', 'held', class, deadline_at, scheduled_at,
             deadline_at, accepted_at, campaign_id
           from json_to_recordset($1) as r(
             account_id uuid, id uuid, project_id uuid, channel_id uuid, mobile text, category text,
             kind text, template_id uuid, variables jsonb, body text, media jsonb, content jsonb, reply_to uuid, custom_field text,
             digest text, source text, price bigint, class smallint, scheduled_at timestamptz,
             deadline_at timestamptz, accepted_at timestamptz, campaign_id uuid)`,
    values: [formatJson(rows)],
  });
  const events = rows.map((row) => ({
    accountId: row.account_id,
    id: row.event_id,
    kind: "held",
    messageId: row.id,
    projectId: row.project_id,
    at: new Date(row.accepted_at),
    data: null,
  }));
  return [stored, insertEvents(sql, events)];
}

/** Accounts that have messages that wait for money. */
export async function findHeldAccounts(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-held-accounts",
    text: `with recursive jump as (
             (select account_id from messages where lane = 'held' order by account_id limit 1)
             union all
             select n.account_id from jump cross join lateral (
               select m.account_id from messages m
               where m.lane = 'held' and (m.lane, m.account_id) > ('held', jump.account_id)
               order by m.lane, m.account_id limit 1
             ) n
           )
           select account_id from jump`,
  });
  return rows.map((row) => row.account_id);
}

/** A message that waits for money. */
export interface HeldMessage {
  accountId: string;
  id: string;
  projectId: string;
  templateId: string | null;
  campaign: string | null;
  mobile: string;
  category: MessageCategory;
}

/** A held message with what it costs now, in 1/10,000 units. */
export interface PricedMessage extends HeldMessage {
  price: bigint;
}

/** The held messages after an id, in the order in which they came, locked; those that somebody changes are passed by. */
export async function lockHeld(
  sql: Queryable,
  accountId: string,
  slice: { after: string; now: Date; limit: number },
): Promise<HeldMessage[]> {
  const { rows } = await sql.query<HeldMessage>({
    name: "lock-held",
    text: `select m.account_id as "accountId", m.id, m.project_id as "projectId", m.template_id as "templateId", m.mobile, m.category,
             (select c.name from campaigns c
              where c.account_id = m.account_id and c.id = m.campaign_id) as campaign
           from messages m
           where m.lane = 'held' and m.account_id = $1 and m.id > $2 and m.due_at > $3
           order by m.id limit $4 for update of m skip locked`,
    values: [accountId, slice.after, slice.now, slice.limit],
  });
  return rows;
}

/** Lets held messages go on as accepted ones, at the price given. The caller has charged them, and has them locked. */
export async function releaseHeld(
  sql: Queryable,
  accountId: string,
  wanted: { messages: readonly PricedMessage[]; at: Date },
): Promise<void> {
  const { messages, at } = wanted;
  await sql.query({
    name: "release-held",
    text: `update messages m set status = 'accepted', price = r.price,
             lane = case when m.media is null then 'queued' else 'unprepared' end,
             due_at = greatest(m.scheduled_at, $4), accepted_at = $4
           from unnest($2::uuid[], $3::int8[]) as r(id, price)
           where m.account_id = $1 and m.id = r.id and m.lane = 'held'`,
    values: [accountId, messages.map(({ id }) => id), messages.map(({ price }) => price), at],
  });
}

/** Held messages of an account whose time is up, locked. */
export async function lockExpired(
  sql: Queryable,
  accountId: string,
  of: { now: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: "lock-expired-held",
    text: `select id from messages
           where lane = 'held' and account_id = $1 and due_at <= $2
           order by id limit $3 for update skip locked`,
    values: [accountId, of.now, of.limit],
  });
  return rows.map((row) => row.id);
}
