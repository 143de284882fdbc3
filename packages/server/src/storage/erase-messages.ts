import { ERASED_BODY, ERASED_MOBILE, eraseMobile } from "../domain/erased.ts";
import type { Queryable } from "./connect.ts";
import { holdFollower } from "./log-followers.ts";
import { uuidFloor } from "./partitions.ts";
import { deleteMessageWords } from "./search-index.ts";

/** Whose messages, and from before when. */
export interface ErasedMessages {
  accountId: string;
  addresses: readonly string[];
  beforeMs: number;
}

/** Ids of messages that have not left yet, those that wait for money among them. */
export async function listWaiting(
  sql: Queryable,
  of: ErasedMessages,
  countMax: number,
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from messages
     where account_id = $1 and mobile = any($2::text[]) and id < $3
       and direction = 'out' and lane in ('held', 'queued', 'unprepared')
     order by id limit $4`,
    [of.accountId, of.addresses, uuidFloor(of.beforeMs), countMax],
  );
  return rows.map((row) => row.id);
}

/** How many messages something is still owed to: being handed over, waited for, or their files being fetched. */
export async function countUnderWay(sql: Queryable, of: ErasedMessages): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from messages
     where account_id = $1 and mobile = any($2::text[]) and id < $3 and lane is not null`,
    [of.accountId, of.addresses, uuidFloor(of.beforeMs)],
  );
  return rows[0]?.count ?? 0;
}

/** Locks the next messages that nothing is owed to. */
export async function lockErasable(
  sql: Queryable,
  of: ErasedMessages,
  countMax: number,
): Promise<{ id: string; storageKey: string | null }[]> {
  const { rows } = await sql.query<{ id: string; storageKey: string | null }>(
    `select id, coalesce(media ->> 'storageKey', media -> 'source' ->> 'storageKey') as "storageKey"
     from messages
     where account_id = $1 and mobile = any($2::text[]) and id < $3 and lane is null
     order by id limit $4 for update`,
    [of.accountId, of.addresses, uuidFloor(of.beforeMs), countMax],
  );
  return rows;
}

/** Blanks everything personal of messages that the transaction has locked; what is said of money and time stays. */
export async function blankMessages(
  sql: Queryable,
  of: ErasedMessages,
  ids: readonly string[],
): Promise<void> {
  const pattern = of.addresses.map((one) => one.replace(/[^\w]/gu, "\\$&")).join("|");
  await sql.query(
    `update messages set mobile = (
         select e.erased from unnest($5::text[], $6::text[]) as e(address, erased) where e.address = mobile),
       body = '', variables = '{}', media = null, custom_field = '',
       content = null, user_id = null,
       digest = null, provider_message_id = null, reason = regexp_replace(reason, $4, $3, 'g')
     where account_id = $1 and id = any($2::uuid[])`,
    [of.accountId, ids, ERASED_MOBILE, pattern, of.addresses, of.addresses.map(eraseMobile)],
  );
  await sql.query(
    `update attempts set reason = regexp_replace(reason, $4, $3, 'g')
     where account_id = $1 and message_id = any($2::uuid[]) and reason ~ $4`,
    [of.accountId, ids, ERASED_MOBILE, pattern],
  );
  await sql.query(
    `update events set data = regexp_replace(
       (data - '{providerMessageId,whatsappId,told,before,after,user_id,user_id_before}'::text[])::text, $4, $3, 'g')::jsonb
     where account_id = $1 and message_id = any($2::uuid[]) and data is not null`,
    [of.accountId, ids, ERASED_MOBILE, pattern],
  );
  await holdFollower(sql, of.accountId, "search");
  await deleteMessageWords(sql, of.accountId, ids);
}

/** Blanks webhooks about messages and what receivers answered; those not delivered yet are given up. */
export async function blankDeliveries(
  sql: Queryable,
  accountId: string,
  of: { messageIds: readonly string[]; at: Date },
): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `update deliveries set body = $3, order_key = message_id::text,
       state = case when state in ('pending', 'parked') then 'exhausted' else state end,
       due_at = case when state in ('pending', 'parked') then null else due_at end,
       finished_at = case when state in ('pending', 'parked') then $4::timestamptz else finished_at end
     where account_id = $1 and message_id = any($2::uuid[]) returning id`,
    [accountId, of.messageIds, ERASED_BODY, of.at],
  );
  await sql.query(
    `update delivery_attempts set response = null, error = case when error is null then null else 'erased' end
     where account_id = $1 and delivery_id = any($2::uuid[])`,
    [accountId, rows.map((row) => row.id)],
  );
  return rows.length;
}

/** Takes messages' files out of possession; answers the keys that nobody has any more. */
export async function deleteFiles(
  sql: Queryable,
  accountId: string,
  of: { messageIds: readonly string[]; storageKeys: readonly string[] },
): Promise<string[]> {
  await sql.query(
    `delete from media
     where storage_key = any($3::text[]) and account_id = $1 and message_id = any($2::uuid[])`,
    [accountId, of.messageIds, of.storageKeys],
  );
  const { rows } = await sql.query<{ key: string }>(
    `select k.key from unnest($1::text[]) as k(key)
     where not exists (select from media m where m.storage_key = k.key)`,
    [of.storageKeys],
  );
  return [...new Set(rows.map((row) => row.key))];
}
