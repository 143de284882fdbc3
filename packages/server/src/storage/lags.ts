import type { Queryable } from "./connect.ts";

/**
 * Age in milliseconds of the oldest work in each of a message's lanes that is due and that nobody looks
 * at. A queue that leaves at its number's pace has no lag however long it is: its number's bucket was
 * looked at a moment ago. Numbers that rest or are inactive do not count either.
 */
export async function findMessageLags(
  sql: Queryable,
  now: Date,
): Promise<{ lane: string; ageMs: number }[]> {
  const { rows } = await sql.query<{ lane: string; age: number | null }>(
    `select l.lane, (
       select extract(epoch from max($1 - greatest(m.due_at, case when l.lane = 'queued' then p.refilled_at end))) * 1000
       from (
         select account_id, channel_id, min(due_at) as due_at from messages
         where lane = l.lane and due_at <= $1 group by account_id, channel_id
       ) m
       left join channels c on c.account_id = m.account_id and c.id = m.channel_id
       left join channel_pace p on p.account_id = m.account_id and p.channel_id = m.channel_id
       where l.lane <> 'queued'
         or (c.state = 'active' and (c.rest_until is null or c.rest_until <= $1))
     )::float8 as age
     from (values ('unprepared'), ('queued'), ('unknown'), ('awaiting'), ('fetching')) as l(lane)`,
    [now],
  );
  return rows.map((row) => ({ lane: row.lane, ageMs: Math.max(0, row.age ?? 0) }));
}
