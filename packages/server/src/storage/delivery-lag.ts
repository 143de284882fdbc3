import type { Queryable } from "./connect.ts";

/**
 * Age in milliseconds of the oldest due delivery that nobody works on: its endpoint is enabled, its
 * circuit closed, it is not kept waiting by its own limit, and no process has a live claim on anything of it. 0 when there is none. One step for
 * each endpoint with something pending, however much.
 */
export async function findLagMs(sql: Queryable, now: Date): Promise<number> {
  const { rows } = await sql.query<{ lag_ms: number }>({
    name: "find-delivery-lag",
    text: `
      with recursive pair as (
        (select account_id, endpoint_id, due_at from deliveries
         where state = 'pending' order by account_id, endpoint_id, due_at limit 1)
        union all
        select next.account_id, next.endpoint_id, next.due_at
        from pair cross join lateral (
          select d.account_id, d.endpoint_id, d.due_at from deliveries d
          where d.state = 'pending'
            and (d.account_id, d.endpoint_id) > (pair.account_id, pair.endpoint_id)
          order by d.account_id, d.endpoint_id, d.due_at limit 1
        ) next
      )
      select coalesce(extract(epoch from $1::timestamptz - min(pair.due_at)) * 1000, 0)::float8 as lag_ms
      from pair
      join endpoints e on e.account_id = pair.account_id and e.id = pair.endpoint_id
      where pair.due_at <= $1 and e.state = 'enabled' and e.open_until is null
        and not exists (
          select from deliveries c where c.state = 'calling' and c.account_id = pair.account_id
            and c.endpoint_id = pair.endpoint_id and c.due_at > $1
        )
        and (e.rate_per_second is null or not exists (
          select from endpoint_pace p where p.account_id = pair.account_id
            and p.endpoint_id = pair.endpoint_id
            and p.at[cardinality(p.at)] > $1::timestamptz - interval '5 seconds'
        ))`,
    values: [now],
  });
  return Math.round(rows[0]?.lag_ms ?? 0);
}
