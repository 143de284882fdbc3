import type { MessageContent } from "@recado/contract/v1/message-content";
import { lowestIdAt } from "../platform/ids.ts";
import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import type { InboundMediaJson } from "./inbound-files.ts";

/** A message as people look at it. Money in 1/10,000. */
export interface MessageView {
  accountId: string;
  id: string;
  direction: "out" | "in";
  projectId: string;
  channelId: string;
  mobile: string;
  category: "marketing" | "utility" | "authentication" | "service";
  kind: string;
  /** The `id_template`; null without one. */
  template: number | null;
  templateName: string | null;
  variables: string[];
  body: string;
  /** The message that it quotes or reacts to. */
  replyTo: string | null;
  customField: string;
  /** Which interface it came by. */
  source: string;
  price: bigint;
  status:
    | "held"
    | "accepted"
    | "submitted"
    | "sent"
    | "delivered"
    | "read"
    | "failed"
    | "cancelled"
    | "received";
  code: string | null;
  reason: string | null;
  refunded: boolean;
  lane: string | null;
  dueAt: Date | null;
  deadlineAt: Date | null;
  attempts: number;
  providerMessageId: string | null;
  acceptedAt: Date;
  /** Not before then; null: at once. */
  scheduledAt: Date | null;
  submittedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
  /** What it carries besides text, file and variables; null: nothing. */
  content: MessageContent | null;
  /** WhatsApp's business-scoped id of the person; null when not known. */
  userId: string | null;
  /** A person's file; null otherwise. */
  inboundFile: InboundMediaJson | null;
}

/** Which messages; what is null does not matter. */
export interface MessageFilter {
  accountId: string;
  projectId: string | null;
  mobile: string | null;
  status: string | null;
  direction: string | null;
  /** Accepted at or after, and before. */
  since: Date | null;
  until: Date | null;
  customField?: string | null;
  /** The `id_template`. */
  template?: number | null;
  /** Whether it waits for its hour at this moment. */
  scheduled?: { after: Date; is: boolean } | null;
}

/** A call to the provider. */
export interface AttemptView {
  number: number;
  startedAt: Date;
  finishedAt: Date | null;
  /** Null while the call is under way. */
  outcome: string | null;
  code: string | null;
  reason: string | null;
}

/** Something that happened to the message. */
export interface EventView {
  seq: bigint;
  kind: string;
  at: Date;
  data: unknown;
}

const COLUMNS = `m.account_id as "accountId", m.id, m.direction, m.project_id as "projectId",
  m.channel_id as "channelId", m.mobile, m.category, m.kind, t.number as template,
  t.name as "templateName", m.variables, m.body,
  m.reply_to as "replyTo", m.custom_field as "customField", m.source, m.price,
  m.status, m.code, m.reason, m.refunded, m.lane, m.due_at as "dueAt",
  m.deadline_at as "deadlineAt", m.attempts, m.provider_message_id as "providerMessageId",
  m.accepted_at as "acceptedAt", m.scheduled_at as "scheduledAt", m.submitted_at as "submittedAt", m.sent_at as "sentAt",
  m.delivered_at as "deliveredAt", m.read_at as "readAt", m.failed_at as "failedAt",
  nullif(m.content - '{referred_channel_id,sent_by}'::text[], '{}'::jsonb) as content, m.user_id as "userId", case when m.direction = 'in' then m.media end as "inboundFile"`;

const FROM = `messages m
  left join templates t on t.account_id = m.account_id and t.id = m.template_id`;

/** Messages of an account, newest first. */
export async function listMessages(
  sql: Queryable,
  filter: MessageFilter,
  slice: Slice,
): Promise<MessageView[]> {
  const { rows } = await sql.query<MessageView>(
    `select ${COLUMNS} from ${FROM}
     where m.account_id = $1 and ($2::uuid is null or m.project_id = $2)
       and ($3::text is null or m.mobile = $3) and ($4::text is null or m.status = $4)
       and ($5::text is null or m.direction = $5)
       and m.id >= $6::uuid and m.id < $7::uuid
       and ($9::text is null or (m.custom_field <> '' and md5(m.custom_field) = md5($9) and m.custom_field = $9))
       and ($10::int is null or t.number = $10)
       and ($11::timestamptz is null
         or (m.scheduled_at is not null and m.scheduled_at > $11 and m.lane is distinct from 'unknown') = $12)
     order by m.id desc limit $8`,
    [
      filter.accountId,
      filter.projectId,
      filter.mobile,
      filter.status,
      filter.direction,
      filter.since ? lowestIdAt(filter.since.getTime()) : LOWEST,
      earliest(
        filter.until ? lowestIdAt(filter.until.getTime()) : HIGHEST,
        slice.before ?? HIGHEST,
      ),
      slice.limit,
      filter.customField ?? null,
      filter.template ?? null,
      filter.scheduled?.after ?? null,
      filter.scheduled?.is ?? null,
    ],
  );
  return rows;
}

/** Those of these messages that there are. */
export async function findMessages(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<MessageView[]> {
  const { rows } = await sql.query<MessageView>(
    `select ${COLUMNS} from ${FROM} where m.account_id = $1 and m.id = any($2::uuid[])`,
    [accountId, ids],
  );
  return rows;
}

/** When this person last wrote to the channel since a moment (what WhatsApp says of them is not theirs); null: not since then. */
export async function findLastInbound(
  sql: Queryable,
  from: { accountId: string; channelId: string; mobile: string; since: Date },
): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date }>(
    `select accepted_at as at from messages
     where account_id = $1 and mobile = $3 and channel_id = $2 and direction = 'in' and id >= $4
       and accepted_at > $5 and kind <> 'system'
     order by id desc limit 1`,
    [from.accountId, from.channelId, from.mobile, lowestIdAt(from.since.getTime()), from.since],
  );
  return rows[0]?.at ?? null;
}

/** The message, or null. */
export async function findMessage(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<MessageView | null> {
  const { rows } = await sql.query<MessageView>(
    `select ${COLUMNS} from ${FROM} where m.account_id = $1 and m.id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Calls to the provider for a message, oldest first. */
export async function listAttempts(
  sql: Queryable,
  message: { accountId: string; id: string },
): Promise<AttemptView[]> {
  const { rows } = await sql.query<AttemptView>(
    `select number, started_at as "startedAt", finished_at as "finishedAt", outcome, code, reason
     from attempts where account_id = $1 and message_id = $2 order by id limit 1000`,
    [message.accountId, message.id],
  );
  return rows;
}

/** What happened to a message, in order. */
export async function listEvents(
  sql: Queryable,
  message: { accountId: string; id: string },
): Promise<EventView[]> {
  const { rows } = await sql.query<EventView>(
    `select seq, kind, at, data - 'told' as data from events
     where account_id = $1 and message_id = $2 order by seq limit 1000`,
    [message.accountId, message.id],
  );
  return rows;
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

function earliest(left: string, right: string): string {
  return left < right ? left : right;
}
