import type { MessageContent } from "@recado/contract/v1/message-content";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { uuidFloor } from "./partitions.ts";

/* What changes about messages that persons wrote, and about persons themselves. */

/** A person's message, as something that changes it must see it. */
export interface LockedInbound {
  id: string;
  projectId: string;
  channelId: string;
  mobile: string;
  body: string;
  customField: string;
  content: MessageContent | null;
  receivedAt: Date;
  /** Older than its account keeps what was said: nothing of it is to come back. */
  isForgotten: boolean;
}

/** Whether a message `m` is older, at the moment that is `$5`, than its account keeps what was said. */
const IS_FORGOTTEN = `exists (
  select from retention r where r.account_id = m.account_id
    and m.accepted_at < $5::timestamptz - make_interval(days => r.bodies_days))`;

/** Locks a person's message by the provider's id of it; null when there is none. */
export async function lockInbound(
  sql: Queryable,
  wanted: {
    accountId: string;
    channelId: string;
    providerMessageId: string;
    sinceMs: number;
    now: Date;
  },
): Promise<LockedInbound | null> {
  const { rows } = await sql.query<LockedInbound>(
    `select id, project_id as "projectId", channel_id as "channelId", mobile, body,
       custom_field as "customField", content, accepted_at as "receivedAt",
       ${IS_FORGOTTEN} as "isForgotten"
     from messages m
     where account_id = $1 and provider_message_id = $2 and id >= $3 and channel_id = $4
       and direction = 'in'
     limit 1 for update`,
    [
      wanted.accountId,
      wanted.providerMessageId,
      uuidFloor(wanted.sinceMs),
      wanted.channelId,
      wanted.now,
    ],
  );
  return rows[0] ?? null;
}

/** Writes the words and the content of a message that the transaction has locked. */
export async function updateInbound(
  sql: Queryable,
  message: { accountId: string; id: string; body: string; content: MessageContent },
): Promise<void> {
  await sql.query("update messages set body = $3, content = $4 where account_id = $1 and id = $2", [
    message.accountId,
    message.id,
    message.body,
    formatJson(message.content),
  ]);
}

/**
 * Completes a message that was stored when less of it could be read; leaves any other as it is, and one that is older than
 * its account keeps what was said.
 */
export async function completeInbound(
  sql: Queryable,
  message: {
    accountId: string;
    id: string;
    content: MessageContent | null;
    userId: string | null;
    now: Date;
  },
): Promise<void> {
  if (message.content === null && message.userId === null) return;
  await sql.query(
    `update messages m set content = $3, user_id = $4
     where account_id = $1 and id = $2 and direction = 'in' and content is null and user_id is null
       and not ${IS_FORGOTTEN}`,
    [
      message.accountId,
      message.id,
      message.content === null ? null : formatJson(message.content),
      message.userId,
      message.now,
    ],
  );
}

/** Notes that the person of `earlier` has another address now; whatever led to `earlier` leads to the new one too. */
export async function insertAddressChange(
  sql: Queryable,
  change: { accountId: string; address: string; earlier: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into address_changes (account_id, address, earlier, at)
     select $1, $2, $3, $4
     union all
     select account_id, $2, earlier, at from (
       select account_id, earlier, at from address_changes
       where account_id = $1 and address = $3 and earlier <> $2 order by at desc limit 20
     ) before
     on conflict (account_id, address, earlier) do nothing`,
    [change.accountId, change.address, change.earlier, change.at],
  );
}

/** Addresses that the person of an address had before, the latest first. */
export async function listEarlierAddresses(
  sql: Queryable,
  of: { accountId: string; address: string },
): Promise<string[]> {
  const { rows } = await sql.query<{ earlier: string }>(
    `select earlier from address_changes where account_id = $1 and address = $2
     order by at desc limit 20`,
    [of.accountId, of.address],
  );
  return rows.map((row) => row.earlier);
}
