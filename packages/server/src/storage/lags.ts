import type { Queryable } from "./connect.ts";

/**
 * Age in milliseconds of the oldest work in each of a message's lanes that is due and that nobody looks
 * at. A queue that leaves at its number's pace has no lag however long it is: its number's bucket was
 * looked at a moment ago. Numbers that rest or are inactive do not count either. One step in the index for
 * each number and class with something waiting, however much waits.
 */
export async function findMessageLags(
  sql: Queryable,
  now: Date,
): Promise<{ lane: string; ageMs: number }[]> {
  const { rows } = await sql.query<{ lane: string; age: number | null }>({
    name: "find-message-lags",
    text: `select l.lane, (
       with recursive jump as (
         (select account_id, channel_id, class, due_at from messages
          where lane = l.lane order by account_id, channel_id, class, due_at limit 1)
         union all
         select next.account_id, next.channel_id, next.class, next.due_at
         from jump cross join lateral (
           select m.account_id, m.channel_id, m.class, m.due_at from messages m
           where m.lane = l.lane
             and (m.account_id, m.channel_id, m.class) > (jump.account_id, jump.channel_id, jump.class)
           order by m.account_id, m.channel_id, m.class, m.due_at limit 1
         ) next
       )
       select extract(epoch from max($1 - greatest(m.due_at, case when l.lane = 'queued' then p.refilled_at end))) * 1000
       from jump m
       left join channels c on c.account_id = m.account_id and c.id = m.channel_id
       left join channel_pace p on p.account_id = m.account_id and p.channel_id = m.channel_id
       where m.due_at <= $1 and (l.lane <> 'queued'
         or (c.state = 'active' and (c.rest_until is null or c.rest_until <= $1)))
     )::float8 as age
     from (values ('unprepared'), ('queued'), ('unknown'), ('awaiting'), ('fetching')) as l(lane)`,
    values: [now],
  });
  return rows.map((row) => ({ lane: row.lane, ageMs: Math.max(0, row.age ?? 0) }));
}
