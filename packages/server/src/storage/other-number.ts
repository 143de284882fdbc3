import type { Queryable } from "./connect.ts";
import { uuidFloor } from "./partitions.ts";

/** Until when a number rests; null: it does not, or there is none. */
export async function findChannelRest(
  sql: Queryable,
  channel: { accountId: string; channelId: string },
): Promise<Date | null> {
  const { rows } = await sql.query<{ rest_until: Date | null }>(
    "select rest_until from channels where account_id = $1 and id = $2",
    [channel.accountId, channel.channelId],
  );
  return rows[0]?.rest_until ?? null;
}

/** Whether the person has written to this number since then; what WhatsApp says of them is not theirs. */
export async function hasOpenWindow(
  sql: Queryable,
  question: { accountId: string; channelId: string; mobile: string; since: Date },
): Promise<boolean> {
  const { rows } = await sql.query<{ open: boolean }>({
    name: "has-open-window",
    text: `select exists (
             select from messages m
             where m.account_id = $1 and m.mobile = $3 and m.id >= $4 and m.channel_id = $2
               and m.direction = 'in' and m.kind <> 'system' and m.accepted_at > $5
           ) as open`,
    values: [
      question.accountId,
      question.channelId,
      question.mobile,
      uuidFloor(question.since.getTime()),
      question.since,
    ],
  });
  return rows[0]?.open ?? false;
}
