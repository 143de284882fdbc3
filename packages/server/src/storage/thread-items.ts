import type { MessageContent } from "@recado/contract/v1/message-content";
import type { TemplateButton } from "../domain/template.ts";
import type { Queryable } from "./connect.ts";

/*
 * What a thread of the inbox is made of: messages between a contact and a channel, notes about their conversations and
 * what happened to these. Ids begin with their moment, so the three are one list. A person's message has the moment that WhatsApp
 * tells, in whole seconds: where it stands, its `place` says.
 */

/** A message with all that the inbox shows of it. */
export interface ThreadMessageRow {
  id: string;
  /** Where it stands: compared with the ids of notes and events. */
  place: string;
  direction: "in" | "out";
  kind: string;
  body: string;
  media: Record<string, unknown> | null;
  content: (MessageContent & { sent_by?: string }) | null;
  customField: string;
  source: string;
  category: string;
  price: bigint;
  refunded: boolean;
  status: string;
  lane: string | null;
  code: string | null;
  reason: string | null;
  replyTo: string | null;
  providerMessageId: string | null;
  acceptedAt: Date;
  scheduledAt: Date | null;
  submittedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
  template: { number: number; name: string; category: string; buttons: TemplateButton[] } | null;
}

/** A message that another one quotes. */
export interface QuotedRow {
  id: string;
  direction: "in" | "out";
  kind: string;
  body: string;
  mime: string | null;
}

/** A reaction as it was sent. */
export interface ReactionRow {
  targetId: string;
  direction: "in" | "out";
  emoji: string;
  userId: string | null;
  at: Date;
}

/** A note. */
export interface NoteRow {
  id: string;
  conversationId: string;
  authorId: string;
  body: string;
  mentions: string[];
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** Something that happened to a conversation or its contact. */
export interface ThreadEventRow {
  id: string;
  kind: string;
  at: Date;
  data: Record<string, unknown> | null;
}

/** Which part of a thread; bounds are places, exclusive, and `oldest` counts from `after` on. */
export interface ItemSlice {
  accountId: string;
  contactId: string;
  channelId: string;
  after: string;
  before: string;
  order: "newest" | "oldest";
  limit: number;
}

/** Kinds of events that a thread shows. */
export const THREAD_EVENT_KINDS = [
  "conversation.opened",
  "conversation.reopened",
  "conversation.resolved",
  "conversation.snoozed",
  "conversation.assigned",
  "conversation.unassigned",
  "conversation.transferred",
  "conversation.labelled",
  "conversation.rated",
  "contact.merged",
  "contact.unmerged",
];

/** Notes of a slice, of all conversations of the contact on the channel. */
export async function listItemNotes(sql: Queryable, slice: ItemSlice): Promise<NoteRow[]> {
  const direction = directionOf(slice);
  const { rows } = await sql.query<NoteRow>({
    name: `list-item-notes-${direction}`,
    text: `select ${NOTE} from conversations v
           join notes n on n.account_id = v.account_id and n.conversation_id = v.id
           where v.account_id = $1 and v.contact_id = $2 and v.channel_id = $3
             and n.id > $4::uuid and n.id < $5::uuid
           order by n.id ${direction} limit $6`,
    values: valuesOf(slice),
  });
  return rows;
}

/** Events of a slice. */
export async function listItemEvents(sql: Queryable, slice: ItemSlice): Promise<ThreadEventRow[]> {
  const direction = directionOf(slice);
  const { rows } = await sql.query<ThreadEventRow>({
    name: `list-item-events-${direction}`,
    text: `select e.id, e.kind, e.at, e.data from contact_events c
           join events e on e.account_id = c.account_id and e.id = c.event_id
           where c.account_id = $1 and c.contact_id = $2 and c.event_id > $4::uuid and c.event_id < $5::uuid
             and e.kind = any($7::text[])
             and (e.data ->> 'conversationId' is null or e.data ->> 'conversationId' in (
               select v.id::text from conversations v
               where v.account_id = $1 and v.contact_id = $2 and v.channel_id = $3))
           order by c.event_id ${direction} limit $6`,
    values: [...valuesOf(slice), THREAD_EVENT_KINDS],
  });
  return rows;
}

/** These messages. */
export async function findItemMessages(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<ThreadMessageRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<ThreadMessageRow>({
    name: "find-item-messages",
    text: `select m.id, coalesce(m.place, m.id) as place, m.direction, m.kind, m.body, m.media, m.content - 'referred_channel_id' as content,
             m.custom_field as "customField", m.source, m.category, m.price, m.refunded, m.status, m.lane, m.code,
             m.reason, m.reply_to as "replyTo", m.provider_message_id as "providerMessageId",
             m.accepted_at as "acceptedAt", m.scheduled_at as "scheduledAt", m.submitted_at as "submittedAt",
             m.sent_at as "sentAt", m.delivered_at as "deliveredAt", m.read_at as "readAt", m.failed_at as "failedAt",
             (select json_build_object('number', t.number, 'name', t.name, 'category', t.category,
                'buttons', t.definition -> 'buttons')
              from templates t where t.account_id = m.account_id and t.id = m.template_id) as template
           from messages m where m.account_id = $1 and m.id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/** Messages that others quote. */
export async function findQuoted(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<QuotedRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<QuotedRow>({
    name: "find-quoted",
    text: `select id, direction, kind, left(body, 200) as body,
             coalesce(media ->> 'mime', media -> 'file' ->> 'mime') as mime
           from messages where account_id = $1 and id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/**
 * Reactions to these messages, oldest first. Each thread is read from the oldest of its messages named on, by the index on
 * mobile and id.
 */
export async function listReactions(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<ReactionRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<ReactionRow>({
    name: "list-reactions",
    text: `select r.reply_to as "targetId", r.direction, coalesce(r.content -> 'reaction' ->> 'emoji', '') as emoji,
             r.content ->> 'sent_by' as "userId", r.accepted_at as at
           from (
             select m.mobile, min(m.id::text)::uuid as first from messages m
             where m.account_id = $1 and m.id = any($2::uuid[]) group by m.mobile
           ) t
           join messages r on r.account_id = $1 and r.mobile = t.mobile and r.id > t.first
           where r.kind = 'reaction' and r.status <> 'failed' and r.reply_to = any($2::uuid[])
           order by r.id`,
    values: [accountId, ids],
  });
  return rows;
}

/** These notes. */
export async function findItemNotes(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<NoteRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<NoteRow>({
    name: "find-item-notes",
    text: `select ${NOTE} from notes n where n.account_id = $1 and n.id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/**
 * The conversations that a message stands in: first the one that goes on (not resolved, else the latest), then the one that
 * it ended, where that is another.
 */
export async function findConversationsOfMessages(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<{ messageId: string; targetId: string; conversationId: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<{ messageId: string; targetId: string; conversationId: string }>(
    {
      name: "find-conversations-of-messages",
      text: `select m.id as "messageId", v.id as "conversationId",
             case when m.kind = 'reaction' then coalesce(m.reply_to, m.id) else m.id end as "targetId"
           from messages m
           join contact_addresses a on a.account_id = $1 and a.kind in ('phone', 'whatsapp-user-id')
             and a.value = m.mobile
           cross join lateral (
             (select v.id, 0 as place from conversations v
              where v.account_id = $1 and v.contact_id = a.contact_id and v.channel_id = m.channel_id
              order by v.state = 'resolved', v.opened_at desc, v.id desc limit 1)
             union all
             (select v.id, 1 from conversations v
              where v.account_id = $1 and v.contact_id = a.contact_id and v.channel_id = m.channel_id
                and v.resolved_at >= m.accepted_at
              order by v.resolved_at limit 1)
           ) v
           where m.account_id = $1 and m.id = any($2::uuid[]) order by m.id, v.place`,
      values: [accountId, ids],
    },
  );
  return rows;
}

/** Conversations of contacts: those that are not resolved, and the latest others, at most `max`. */
export async function listConversationsOfContacts(
  sql: Queryable,
  of: { accountId: string; contactIds: readonly string[]; max: number },
): Promise<string[]> {
  if (of.contactIds.length === 0) return [];
  const { rows } = await sql.query<{ id: string }>(
    `select id from conversations where account_id = $1 and contact_id = any($2::uuid[])
     order by state = 'resolved', opened_at desc limit $3`,
    [of.accountId, of.contactIds, of.max],
  );
  return rows.map((row) => row.id);
}

const NOTE = `n.id, n.conversation_id as "conversationId", n.author_id as "authorId", n.body, n.mentions,
  n.edited_at as "editedAt", n.deleted_at as "deletedAt"`;

function directionOf({ order }: ItemSlice): "asc" | "desc" {
  return order === "newest" ? "desc" : "asc";
}

function valuesOf(slice: ItemSlice): unknown[] {
  const { accountId, contactId, channelId, after, before, limit } = slice;
  return [accountId, contactId, channelId, after, before, limit];
}
