import type { Queryable } from "./connect.ts";

/** Those of these messages for which a call was made of which nobody knows how it ended. */
export async function findUncertain(
  sql: Queryable,
  accountId: string,
  messageIds: readonly string[],
): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const { rows } = await sql.query<{ id: string }>({
    name: "find-uncertain",
    text: `select distinct message_id as id from attempts
           where account_id = $1 and message_id = any($2::uuid[]) and coalesce(outcome, 'unknown') = 'unknown'`,
    values: [accountId, messageIds],
  });
  return new Set(rows.map((row) => row.id));
}

/** What filled the template of a message. */
export async function findVariables(
  sql: Queryable,
  accountId: string,
  messageId: string,
): Promise<string[]> {
  const { rows } = await sql.query<{ variables: string[] }>(
    "select variables from messages where account_id = $1 and id = $2",
    [accountId, messageId],
  );
  return rows[0]?.variables ?? [];
}
