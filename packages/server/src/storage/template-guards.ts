import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/**
 * How many messages of each guarded template were accepted since its category became dearer; one without a row has none. Exact
 * only while the account's wallet is locked.
 */
export async function findGuardCounts(
  sql: Queryable,
  templateIds: readonly string[],
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ id: string; used: number }>(
    `select template_id as id, used from template_guards
     where account_id = any($2::uuid[]) and template_id = any($1::uuid[])`,
    [templateIds, accountIds],
  );
  return new Map(rows.map((row) => [row.id, row.used]));
}

/** Adds messages to the counts. Lock the wallets first. */
export async function addGuardCounts(
  sql: Queryable,
  counts: readonly { account_id: string; template_id: string; messages: number }[],
): Promise<void> {
  if (counts.length === 0) return;
  await sql.query(
    `insert into template_guards as g (account_id, template_id, used)
     select account_id, template_id, messages
     from json_to_recordset($1) as c(account_id uuid, template_id uuid, messages int)
     on conflict (account_id, template_id) do update set used = g.used + excluded.used`,
    [formatJson(counts)],
  );
}

/** Forgets a template's count: its guard begins, or is over. */
export async function resetGuardCount(
  sql: Queryable,
  template: { accountId: string; id: string },
): Promise<void> {
  await sql.query("delete from template_guards where account_id = $1 and template_id = $2", [
    template.accountId,
    template.id,
  ]);
}
