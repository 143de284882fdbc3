import { isErasedMobile } from "../domain/erased.ts";
import type { MessageState } from "../domain/message-status.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { uuidFloor } from "./partitions.ts";

/** Names a message. */
export interface MessageKey {
  accountId: string;
  id: string;
}

/** A message that went out, with what events change of it. */
export interface LockedMessage extends MessageKey {
  projectId: string;
  channelId: string;
  templateId: string | null;
  mobile: string;
  campaignId: string | null;
  state: MessageState;
}

interface MessageStateRow {
  account_id: string;
  id: string;
  project_id: string;
  channel_id: string;
  template_id: string | null;
  mobile: string;
  campaign_id: string | null;
  attempts: number;
  status: MessageState["status"];
  lane: MessageState["lane"];
  due_at: Date | null;
  deadline_at: Date;
  code: string | null;
  reason: string | null;
  refunded: boolean;
  provider_message_id: string | null;
  submitted_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  failed_at: Date | null;
}

/** Locks outgoing messages of one account, in the order of their ids for all who do so. */
export async function lockMessages(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<LockedMessage[]> {
  const { rows } = await sql.query<MessageStateRow>({
    name: "lock-messages",
    text: `select account_id, id, project_id, channel_id, template_id, mobile, campaign_id, attempts, status, lane, due_at,
             deadline_at, code, reason, refunded, provider_message_id, submitted_at, sent_at,
             delivered_at, read_at, failed_at
           from messages
           where account_id = $1 and id = any($2::uuid[]) and direction = 'out'
           order by id for update`,
    values: [accountId, ids],
  });
  return rows.map(readMessage);
}

/** Writes the new states of messages that the transaction has locked. */
export async function updateMessageStates(
  sql: Queryable,
  changed: readonly LockedMessage[],
): Promise<void> {
  if (changed.length === 0) return;
  await sql.query({
    name: "update-message-states",
    text: `update messages m set status = r.status, channel_id = r.channel_id, lane = r.lane, due_at = r.due_at, code = r.code,
             reason = r.reason, refunded = r.refunded, provider_message_id = r.provider_message_id,
             submitted_at = r.submitted_at, sent_at = r.sent_at, delivered_at = r.delivered_at,
             read_at = r.read_at, failed_at = r.failed_at
           from json_to_recordset($1) as r(account_id uuid, id uuid, channel_id uuid, status text, lane text,
             due_at timestamptz, code text, reason text, refunded boolean, provider_message_id text,
             submitted_at timestamptz, sent_at timestamptz, delivered_at timestamptz,
             read_at timestamptz, failed_at timestamptz)
           where m.account_id = r.account_id and m.id = r.id`,
    values: [formatJson(changed.map(formatMessage))],
  });
}

/** How far back a provider's event may reach for its message. */
const PROVIDER_EVENT_AGE_MAX_MS = 35 * 86_400_000;

/** Our messages by the provider's ids, newest months only. Missing ones are absent. */
export async function findMessagesByProvider(
  sql: Queryable,
  wanted: { accountId: string; providerMessageIds: readonly string[]; nowMs: number },
): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; provider_message_id: string }>({
    name: "find-messages-by-provider",
    text: `select id, provider_message_id from messages
           where account_id = $1 and provider_message_id = any($2::text[]) and id >= $3
             and direction = 'out'`,
    values: [
      wanted.accountId,
      wanted.providerMessageIds,
      uuidFloor(wanted.nowMs - PROVIDER_EVENT_AGE_MAX_MS),
    ],
  });
  return new Map(rows.map((row) => [row.provider_message_id, row.id]));
}

function readMessage(row: MessageStateRow): LockedMessage {
  return {
    accountId: row.account_id,
    id: row.id,
    projectId: row.project_id,
    channelId: row.channel_id,
    templateId: row.template_id,
    mobile: row.mobile,
    campaignId: row.campaign_id,
    state: {
      attempts: row.attempts,
      status: row.status,
      lane: row.lane,
      dueAtMs: row.due_at?.getTime() ?? null,
      deadlineAtMs: row.deadline_at.getTime(),
      code: row.code,
      reason: row.reason,
      refunded: row.refunded,
      providerMessageId: row.provider_message_id,
      submittedAtMs: row.submitted_at?.getTime() ?? null,
      sentAtMs: row.sent_at?.getTime() ?? null,
      deliveredAtMs: row.delivered_at?.getTime() ?? null,
      readAtMs: row.read_at?.getTime() ?? null,
      failedAtMs: row.failed_at?.getTime() ?? null,
    },
  };
}

function formatMessage({ accountId, id, channelId, mobile, state }: LockedMessage) {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    account_id: accountId,
    id,
    channel_id: channelId,
    status: state.status,
    lane: state.lane,
    due_at: at(state.dueAtMs),
    code: state.code,
    reason: state.reason,
    refunded: state.refunded,
    // WhatsApp's id holds the person's number.
    provider_message_id: isErasedMobile(mobile) ? null : state.providerMessageId,
    submitted_at: at(state.submittedAtMs),
    sent_at: at(state.sentAtMs),
    delivered_at: at(state.deliveredAtMs),
    read_at: at(state.readAtMs),
    failed_at: at(state.failedAtMs),
  };
}
