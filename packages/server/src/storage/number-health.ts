import type { Queryable } from "./connect.ts";

/** How one official number does. */
export interface NumberHealth {
  channelId: string;
  /** Since when it is silent though it usually is not; null: it is as ever. */
  silentSince: Date | null;
  /** How many messages the same hours usually bring. */
  expected: number | null;
  /** The newest hour in which somebody wrote; null: nobody in the weeks that are counted. */
  lastHour: Date | null;
}

/** The health of all numbers of an account that anything is known of. */
export async function findNumberHealth(sql: Queryable, accountId: string): Promise<NumberHealth[]> {
  const { rows } = await sql.query<NumberHealth>(
    `select c.id as "channelId", a.silent_since as "silentSince", a.expected, h.hour as "lastHour"
     from channels c
     left join channel_alarms a on a.account_id = c.account_id and a.channel_id = c.id
     left join lateral (
       select hour from channel_hours
       where account_id = c.account_id and channel_id = c.id and received > 0
       order by hour desc limit 1
     ) h on true
     where c.account_id = $1`,
    [accountId],
  );
  return rows;
}
