import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { uuidFloor } from "./partitions.ts";

/** How many numbers are silent that usually are not. */
export async function countAlarms(sql: Queryable): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    "select count(*)::int as count from channel_alarms",
  );
  return rows[0]?.count ?? 0;
}

/** A number that is in use, and whether its silence raised an alarm already. */
export interface WatchedChannel {
  accountId: string;
  channelId: string;
  officialNumber: string;
  provider: string;
  alarmed: boolean;
}

/** Numbers in use of active accounts, and whatever has an alarm; in pages by account. */
export async function findWatchedChannels(
  sql: Queryable,
  afterAccountId: string | null,
  accountsMax: number,
): Promise<WatchedChannel[]> {
  const { rows } = await sql.query<WatchedChannel>(
    `select c.account_id as "accountId", c.id as "channelId", c.official_number as "officialNumber",
       c.provider, m.account_id is not null as alarmed
     from (
       select account_id from accounts where state = 'active' and ($1::uuid is null or account_id > $1)
       order by account_id limit $2
     ) a
     join channels c on c.account_id = a.account_id and c.state = 'active'
     left join channel_alarms m on m.account_id = c.account_id and m.channel_id = c.id
     order by c.account_id, c.id`,
    [afterAccountId, accountsMax],
  );
  return rows;
}

/** Accounts after this one that are active; null: no more. The end of a page of {@link findWatchedChannels}. */
export async function findLastAccount(
  sql: Queryable,
  afterAccountId: string | null,
  accountsMax: number,
): Promise<string | null> {
  const { rows } = await sql.query<{ account_id: string }>(
    `select account_id from (
       select account_id from accounts where state = 'active' and ($1::uuid is null or account_id > $1)
       order by account_id limit $2
     ) a order by account_id desc limit 1`,
    [afterAccountId, accountsMax],
  );
  return rows[0]?.account_id ?? null;
}

/** Messages are filed under WhatsApp's time; one that comes later than this is not counted. */
const LATE_MS = 2 * 3_600_000;

/** Counts anew what an account's numbers received in every hour since `from`, the start of an hour. */
export async function countHours(sql: Queryable, accountId: string, from: Date): Promise<void> {
  await sql.query(
    `insert into channel_hours (account_id, channel_id, hour, received)
     select account_id, channel_id, date_trunc('hour', accepted_at, 'UTC'), count(*)::int
     from messages
     where account_id = $1 and id >= $2 and direction = 'in' and accepted_at >= $3
     group by 1, 2, 3
     on conflict (account_id, channel_id, hour) do update set received = excluded.received`,
    [accountId, uuidFloor(from.getTime() - LATE_MS), from],
  );
}

/** What an account's numbers received since `from`: by number, by the hour's start in milliseconds. */
export async function findHours(
  sql: Queryable,
  accountId: string,
  from: Date,
): Promise<Map<string, Map<number, number>>> {
  const { rows } = await sql.query<{ channel_id: string; hour: Date; received: number }>(
    `select channel_id, hour, received from channel_hours
     where account_id = $1 and hour >= $2 order by channel_id, hour`,
    [accountId, from],
  );
  const byChannel = Map.groupBy(rows, (row) => row.channel_id);
  return new Map(
    [...byChannel].map(([channelId, hours]) => [
      channelId,
      new Map(hours.map((row) => [row.hour.getTime(), row.received])),
    ]),
  );
}

/** An alarm to write down. */
export interface NewAlarm {
  channelId: string;
  silentSince: Date;
  expected: number;
}

/** Writes alarms down; answers the numbers that had none. */
export async function insertAlarms(
  sql: Queryable,
  accountId: string,
  { alarms, at }: { alarms: readonly NewAlarm[]; at: Date },
): Promise<string[]> {
  const { rows } = await sql.query<{ channel_id: string }>(
    `insert into channel_alarms (account_id, channel_id, silent_since, expected, raised_at)
     select $1, r."channelId", r."silentSince", r.expected, $3
     from json_to_recordset($2) as r("channelId" uuid, "silentSince" timestamptz, expected int)
     on conflict do nothing returning channel_id`,
    [accountId, formatJson(alarms), at],
  );
  return rows.map((row) => row.channel_id);
}

/** Ends alarms; answers the numbers that had one. */
export async function deleteAlarms(
  sql: Queryable,
  accountId: string,
  channelIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql.query<{ channel_id: string }>(
    `delete from channel_alarms where account_id = $1 and channel_id = any($2::uuid[])
     returning channel_id`,
    [accountId, channelIds],
  );
  return rows.map((row) => row.channel_id);
}

/** Ends the alarms of numbers that are in use no more. */
export async function deleteIdleAlarms(sql: Queryable): Promise<void> {
  await sql.query(
    `delete from channel_alarms m where not exists (
       select from channels c join accounts a on a.account_id = c.account_id
       where c.account_id = m.account_id and c.id = m.channel_id
         and c.state = 'active' and a.state = 'active')`,
  );
}

/** Forgets what was received before `before`, of every account: nothing compares with it any more. */
export async function deleteHours(sql: Queryable, before: Date): Promise<void> {
  await sql.query("delete from channel_hours where hour < $1", [before]);
}
