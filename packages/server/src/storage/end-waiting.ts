import type { Queryable } from "./connect.ts";

/** A conversation whose person has been answered. */
export interface AnsweredConversation {
  id: string;
  contactId: string;
  channelId: string;
  projectId: string;
  /** The answer. */
  messageId: string;
}

/**
 * Ends the waiting of persons whom one of these messages answered, and says whose. An answer is what an integrator sent into a
 * conversation: no template out of the blue, and nothing that leaves later. Whoever has written since waits from then on.
 * Safe to repeat.
 */
export async function endWaiting(
  sql: Queryable,
  of: { accountId: string; messageIds: readonly string[]; now: Date },
): Promise<AnsweredConversation[]> {
  if (of.messageIds.length === 0) return [];
  const { rows } = await sql.query<AnsweredConversation>({
    name: "end-waiting",
    text: `update conversations v set waiting_since = w.waits, version = v.version + 1, updated_at = $3
           from (
             select v.id, m.id as answer,
               case when coalesce(l.place, v.last_inbound_id) > m.id then v.last_inbound_at end as waits
             from (
               select distinct on (a.contact_id, m.channel_id) a.contact_id, m.channel_id, m.id, m.accepted_at
               from messages m
               join contact_addresses a on a.account_id = $1 and a.kind in ('phone', 'whatsapp-user-id')
                 and a.value = m.mobile
               where m.account_id = $1 and m.id = any($2::uuid[]) and m.direction = 'out'
                 and m.source not in ('console', 'auto') and (m.template_id is null or m.reply_to is not null)
                 and m.status <> 'held' and (m.scheduled_at is null or m.scheduled_at <= m.accepted_at)
               order by a.contact_id, m.channel_id, m.id desc
             ) m
             join conversations v on v.account_id = $1 and v.contact_id = m.contact_id and v.channel_id = m.channel_id
             left join messages l on l.account_id = $1 and l.id = v.last_inbound_id
             where v.state <> 'resolved' and v.waiting_since is not null
               and (v.waiting_since < m.accepted_at or coalesce(l.place, v.last_inbound_id) < m.id)
           ) w
           where v.account_id = $1 and v.id = w.id and v.waiting_since is distinct from w.waits
           returning v.id, v.contact_id as "contactId", v.channel_id as "channelId", v.project_id as "projectId",
             w.answer as "messageId"`,
    values: [of.accountId, of.messageIds, of.now],
  });
  return rows;
}
