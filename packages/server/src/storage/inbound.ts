import type { StatusItem } from "../domain/inbound.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { uuidFloor } from "./partitions.ts";

/** Whose number it is that an event speaks of. */
export interface NumberOwner {
  provider: string;
  numberId: string;
  businessId: string;
  appId: string;
  accountId: string;
  channelId: string;
}

/** Owners of these numbers, as far as they belong to this app: nobody speaks for another's number. */
export async function findNumberOwners(
  sql: Queryable,
  wanted: { provider: string; appId: string; numberIds: readonly string[] },
): Promise<Map<string, NumberOwner>> {
  const { rows } = await sql.query<NumberOwner>({
    name: "find-number-owners",
    text: `select provider, number_id as "numberId", business_id as "businessId", app_id as "appId",
             account_id as "accountId", channel_id as "channelId"
           from channel_numbers where provider = $1 and app_id = $2 and number_id = any($3::text[])`,
    values: [wanted.provider, wanted.appId, wanted.numberIds],
  });
  return new Map(rows.map((row) => [row.numberId, row]));
}

/** Accounts that have numbers of these business accounts through this app. */
export async function findBusinessOwners(
  sql: Queryable,
  wanted: { provider: string; appId: string; businessIds: readonly string[] },
): Promise<{ businessId: string; accountId: string }[]> {
  const { rows } = await sql.query<{ businessId: string; accountId: string }>(
    `select distinct business_id as "businessId", account_id as "accountId"
     from channel_numbers where provider = $1 and app_id = $2 and business_id = any($3::text[])`,
    [wanted.provider, wanted.appId, wanted.businessIds],
  );
  return rows;
}

/** A message that a person wrote. */
export interface NewInbound {
  accountId: string;
  id: string;
  projectId: string;
  channelId: string;
  mobile: string;
  kind: string;
  body: string;
  media: unknown;
  replyTo: string | null;
  customField: string;
  providerMessageId: string;
  receivedAt: Date;
  /** When its file is to be fetched; null: it has none. */
  fetchAt: Date | null;
  /** What it carries besides; null: nothing. */
  content: unknown;
  /** WhatsApp's business-scoped id of the person; null when not given. */
  userId: string | null;
  /** Where it stands in its thread, compared with the ids of everything else there. */
  place: string;
}

/** Stores a person's message; false when it is there already (providers post twice). */
export async function insertInbound(sql: Queryable, message: NewInbound): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "insert-inbound",
    text: `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
             body, media, reply_to, custom_field, source, status, provider_message_id, accepted_at, lane, due_at,
             content, user_id, place)
           values ($1, $2, 'in', $3, $4, $5, 'service', $6, $7, $8, $9, $10, 'whatsapp', 'received', $11, $12,
             case when $13::timestamptz is null then null else 'fetching' end, $13, $14, $15, $16)
           on conflict do nothing`,
    values: [
      message.accountId,
      message.id,
      message.projectId,
      message.channelId,
      message.mobile,
      message.kind,
      message.body,
      message.media === null ? null : formatJson(message.media),
      message.replyTo,
      message.customField,
      message.providerMessageId,
      message.receivedAt,
      message.fetchAt,
      message.content === null ? null : formatJson(message.content),
      message.userId,
      message.place,
    ],
  });
  return rowCount === 1;
}

/** What a reply refers to. */
export interface ReplyQuestion {
  accountId: string;
  channelId: string;
  mobile: string;
  /** The provider's id of the message that it quotes; null: none. */
  quoted: string | null;
  /** Nothing older is looked at. */
  sinceMs: number;
}

/**
 * The project and `custom_field` that a reply belongs to: those of the quoted message; else the field of
 * the last message to that mobile that carried one, and the project of the last message of all.
 */
export async function findReplyContext(
  sql: Queryable,
  question: ReplyQuestion,
): Promise<{
  quotedId: string | null;
  /** The quoted message's; null: it quotes none, or one without a template. */
  templateId: string | null;
  projectId: string | null;
  customField: string;
}> {
  const { rows } = await sql.query<{
    quoted_id: string | null;
    quoted_template: string | null;
    quoted_project: string | null;
    quoted_field: string | null;
    last_project: string | null;
    last_field: string | null;
  }>({
    name: "find-reply-context",
    text: `select q.id as quoted_id, q.template_id as quoted_template, q.project_id as quoted_project, q.custom_field as quoted_field,
             (select m.project_id from messages m
              where m.account_id = $1 and m.mobile = $3 and m.id >= $5 and m.channel_id = $2
                and m.direction = 'out' order by m.id desc limit 1) as last_project,
             (select m.custom_field from messages m
              where m.account_id = $1 and m.mobile = $3 and m.id >= $5 and m.channel_id = $2
                and m.direction = 'out' and m.custom_field <> '' order by m.id desc limit 1) as last_field
           from (select 1) one left join lateral (
             select m.id, m.template_id, m.project_id, m.custom_field from messages m
             where m.account_id = $1 and m.provider_message_id = $4 and m.id >= $5 and m.direction = 'out'
             limit 1
           ) q on true`,
    values: [
      question.accountId,
      question.channelId,
      question.mobile,
      question.quoted,
      uuidFloor(question.sinceMs),
    ],
  });
  const [row] = rows;
  return {
    quotedId: row?.quoted_id ?? null,
    templateId: row?.quoted_template ?? null,
    projectId: row?.quoted_project ?? row?.last_project ?? null,
    customField: (row?.quoted_id ? row.quoted_field : row?.last_field) ?? "",
  };
}

/** A message that a person wrote to this number, by the provider's id of it; null: there is none. */
export async function findInbound(
  sql: Queryable,
  wanted: Pick<ReplyQuestion, "accountId" | "channelId" | "sinceMs"> & { quoted: string },
): Promise<{ quotedId: string; projectId: string; customField: string } | null> {
  const { rows } = await sql.query<{ quotedId: string; projectId: string; customField: string }>({
    name: "find-inbound",
    text: `select id as "quotedId", project_id as "projectId", custom_field as "customField"
           from messages
           where account_id = $1 and provider_message_id = $2 and id >= $3 and channel_id = $4
             and direction = 'in'
           limit 1`,
    values: [wanted.accountId, wanted.quoted, uuidFloor(wanted.sinceMs), wanted.channelId],
  });
  return rows[0] ?? null;
}

/** The project that a number serves, oldest first; null: none. */
export async function findProjectOfChannel(
  sql: Queryable,
  accountId: string,
  channelId: string,
): Promise<string | null> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from projects where account_id = $1 and (channel_id = $2 or fallback_channel_id = $2)
     order by state, channel_id <> $2, created_at, id limit 1`,
    [accountId, channelId],
  );
  return rows[0]?.id ?? null;
}

/** A status whose message is not known yet. */
export interface ParkedStatus {
  accountId: string;
  id: string;
  item: StatusItem;
  parkedAt: Date;
}

/** Parks statuses until their messages are known. */
export async function insertParked(
  sql: Queryable,
  parked: readonly (ParkedStatus & { retryAt: Date })[],
): Promise<void> {
  for (const one of parked) {
    await sql.query(
      `insert into parked_statuses (account_id, id, provider_message_id, item, parked_at, retry_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        one.accountId,
        one.id,
        one.item.providerMessageId,
        formatJson(one.item),
        one.parkedAt,
        one.retryAt,
      ],
    );
  }
}

/** Up to `countMax` accounts with parked statuses whose time has come, found by jumping from one with any to the next. */
export async function findParkedAccounts(
  sql: Queryable,
  now: Date,
  countMax: number,
): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-parked-accounts",
    text: `with recursive jump as (
             (select account_id, retry_at from parked_statuses order by account_id, retry_at limit 1)
             union all
             select next.account_id, next.retry_at from jump cross join lateral (
               select p.account_id, p.retry_at from parked_statuses p
               where p.account_id > jump.account_id order by p.account_id, p.retry_at limit 1
             ) next
           )
           select account_id from jump where retry_at <= $1 limit $2`,
    values: [now, countMax],
  });
  return rows.map((row) => row.account_id);
}

/** Takes an account's parked statuses whose time has come out of the parking place. */
export async function takeParked(
  sql: Queryable,
  accountId: string,
  due: { now: Date; countMax: number },
): Promise<ParkedStatus[]> {
  const { rows } = await sql.query<{
    account_id: string;
    id: string;
    item: StatusItem & { at: string };
    parked_at: Date;
  }>({
    name: "take-parked",
    text: `delete from parked_statuses where account_id = $1 and id in (
             select id from parked_statuses where account_id = $1 and retry_at <= $2
             order by retry_at limit $3 for update skip locked
           ) returning account_id, id, item, parked_at`,
    values: [accountId, due.now, due.countMax],
  });
  // In the order in which they came: `sent` before the `delivered` that overtakes it.
  rows.sort((left, right) => (left.id < right.id ? -1 : 1));
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    item: { ...row.item, at: new Date(row.item.at) },
    parkedAt: row.parked_at,
  }));
}
