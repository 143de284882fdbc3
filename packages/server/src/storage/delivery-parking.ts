import { type Database, type Queryable, withTransaction } from "./connect.ts";
import type { EndpointKey } from "./endpoints.ts";

/**
 * Parks what is pending for an endpoint, if it is disabled; otherwise does nothing. Holds off enabling
 * until it is done, or something could stay parked. Answers how many it parked.
 */
export function parkPending(pool: Database, key: EndpointKey): Promise<number> {
  return withTransaction(pool, async (sql) => {
    const { rows } = await sql.query(
      "select 1 from endpoints where account_id = $1 and id = $2 and state = 'disabled' for share",
      [key.accountId, key.id],
    );
    return rows.length === 0 ? 0 : updatePendingToParked(sql, key);
  });
}

/**
 * Gives up what is pending for an endpoint that is gone: something can come for it, or come back from a
 * call, while it is removed. Answers how many.
 */
export async function giveUpPending(sql: Queryable, key: EndpointKey, now: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `update deliveries set state = 'exhausted', due_at = null, owner = null, finished_at = $3
     where account_id = $1 and endpoint_id = $2 and state = 'pending'
       and not exists (select from endpoints where account_id = $1 and id = $2)`,
    [key.accountId, key.id, now],
  );
  return rowCount ?? 0;
}

/** Parks what is pending for an endpoint; the caller's transaction has just disabled it. */
export async function updatePendingToParked(sql: Queryable, key: EndpointKey): Promise<number> {
  const { rowCount } = await sql.query(
    `update deliveries set state = 'parked', due_at = null
     where account_id = $1 and endpoint_id = $2 and state = 'pending'`,
    [key.accountId, key.id],
  );
  return rowCount ?? 0;
}

/**
 * Makes everything parked for an endpoint due, oldest first, each with all its attempts before it. The
 * caller's transaction has enabled the endpoint **in an earlier statement**, so that this one sees what
 * was parked until then. Answers how many.
 */
export async function updateParkedToPending(
  sql: Queryable,
  key: EndpointKey,
  now: Date,
): Promise<number> {
  const { rowCount } = await sql.query(
    `update deliveries d
     set state = 'pending', attempts = 0, due_at = $3::timestamptz - parked.after * interval '1 microsecond'
     from (
       select account_id, id, row_number() over (order by seq desc) as after
       from deliveries
       where account_id = $1 and endpoint_id = $2 and state = 'parked'
     ) parked
     where d.account_id = parked.account_id and d.id = parked.id and d.state = 'parked'`,
    [key.accountId, key.id, now],
  );
  return rowCount ?? 0;
}
