import type { Queryable } from "./connect.ts";

/**
 * Age in milliseconds of the oldest work in each of a message's lanes that has been due and untouched.
 * A lane with nothing due has age 0. Numbers that rest or are inactive do not count: that is not lag.
 */
export async function findMessageLags(
  sql: Queryable,
  now: Date,
): Promise<{ lane: string; ageMs: number }[]> {
  const { rows } = await sql.query<{ lane: string; age: number | null }>(
    `select l.lane, (
       select extract(epoch from $1 - min(m.due_at)) * 1000 from messages m
       left join channels c on c.account_id = m.account_id and c.id = m.channel_id
       where m.lane = l.lane and m.due_at <= $1 and (l.lane <> 'queued' or (
         c.state = 'active' and (c.rest_until is null or c.rest_until <= $1)))
     )::float8 as age
     from (values ('queued'), ('preparing'), ('unknown'), ('awaiting'), ('fetching')) as l(lane)`,
    [now],
  );
  return rows.map((row) => ({ lane: row.lane, ageMs: Math.max(0, row.age ?? 0) }));
}
