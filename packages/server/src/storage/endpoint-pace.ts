import type { Queryable } from "./connect.ts";

/** How many calls of an endpoint somebody wants to begin now. */
export interface PaceWish {
  accountId: string;
  endpointId: string;
  ratePerSecond: number;
  calls: number;
}

/** What may be begun now, and when there is room again for the rest. */
export interface PaceGrant {
  granted: number;
  freeAt: Date;
}

/**
 * Takes calls out of their endpoints' limits, by endpoint: among all processes no more than the limit
 * are granted in any second. Moments are the caller's; what another clock put a second ahead is not seen.
 */
export async function takePace(
  sql: Queryable,
  wishes: readonly PaceWish[],
  now: Date,
): Promise<Map<string, PaceGrant>> {
  if (wishes.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; granted: number; oldest: Date }>({
    name: "take-endpoint-pace",
    text: `
      with wish as materialized (
        select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[])
          as w (account_id, endpoint_id, rate, wanted)
      )
      insert into endpoint_pace as p (account_id, endpoint_id, at, calls)
      select account_id, endpoint_id, array[$5::timestamptz], array[least(rate, wanted)]
      from wish order by account_id, endpoint_id
      on conflict (account_id, endpoint_id) do update set (at, calls) = (
        select array_append(array_agg(r.at) filter (where r.at is not null), $5::timestamptz),
          array_append(array_agg(r.calls) filter (where r.at is not null),
            greatest(0, least(w.wanted, w.rate - coalesce(sum(r.calls), 0)))::int)
        from wish w left join unnest(p.at, p.calls) r (at, calls)
          on r.at > $5::timestamptz - interval '1 second'
          and r.at < $5::timestamptz + interval '1 second'
        where w.account_id = p.account_id and w.endpoint_id = p.endpoint_id
        group by w.rate, w.wanted
      )
      returning p.endpoint_id as id, p.calls[cardinality(p.calls)] as granted,
        (select min(each.at) from unnest(p.at, p.calls) each (at, calls) where each.calls > 0) as oldest`,
    values: [
      wishes.map((wish) => wish.accountId),
      wishes.map((wish) => wish.endpointId),
      wishes.map((wish) => wish.ratePerSecond),
      wishes.map((wish) => wish.calls),
      now,
    ],
  });
  const after = (oldest: Date | null) => new Date((oldest ?? now).getTime() + 1_000);
  return new Map(rows.map(({ id, granted, oldest }) => [id, { granted, freeAt: after(oldest) }]));
}

/** Gives back what was granted at `now` and not begun. */
export async function returnPace(
  sql: Queryable,
  unused: readonly { accountId: string; endpointId: string; calls: number }[],
  now: Date,
): Promise<void> {
  if (unused.length === 0) return;
  await sql.query({
    name: "return-endpoint-pace",
    text: `
      update endpoint_pace p set at = array_append(p.at, $4::timestamptz), calls = array_append(p.calls, -u.calls)
      from (
        select p.account_id, p.endpoint_id, u.calls from endpoint_pace p
        join unnest($1::uuid[], $2::uuid[], $3::int[]) u (account_id, endpoint_id, calls)
          using (account_id, endpoint_id)
        order by p.account_id, p.endpoint_id for no key update of p
      ) u
      where p.account_id = u.account_id and p.endpoint_id = u.endpoint_id`,
    values: [
      unused.map((one) => one.accountId),
      unused.map((one) => one.endpointId),
      unused.map((one) => one.calls),
      now,
    ],
  });
}
