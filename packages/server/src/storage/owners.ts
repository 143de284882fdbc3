import type { Queryable } from "./connect.ts";

/** Tables of tenants whose rows people name by id alone. */
export type OwnedTable = "messages" | "deliveries" | "endpoints" | "journal" | "erasures";

/**
 * Which account a row belongs to; null when there is none. Tenant tables are keyed by account first, so
 * each account's index is probed in turn: cheap for an operator's question, not for the hot path.
 * `accountId` confines the search.
 */
export async function findOwner(
  sql: Queryable,
  table: OwnedTable,
  key: { accountId: string | null; id: string },
): Promise<string | null> {
  // The limit inside keeps the planner from turning this into one scan of the whole table.
  const { rows } = await sql.query<{ accountId: string }>(
    `select a.account_id as "accountId" from accounts a
     cross join lateral
       (select from ${table} t where t.account_id = a.account_id and t.id = $2 limit 1) found
     where $1::uuid is null or a.account_id = $1
     limit 1`,
    [key.accountId, key.id],
  );
  return rows[0]?.accountId ?? null;
}
