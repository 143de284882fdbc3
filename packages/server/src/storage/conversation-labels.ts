import type { Queryable } from "./connect.ts";

/** Most labels that a conversation may have. */
const LABELS_MAX = 20;

/**
 * Gives a conversation that the transaction holds the labels that `choose` picks, knowing those that it has. Answers all that
 * it has then; null: nothing changed.
 */
export async function putConversationLabels(
  sql: Queryable,
  of: { accountId: string; conversationId: string; at: Date },
  choose: (before: readonly string[]) => readonly string[],
): Promise<string[] | null> {
  const { accountId, conversationId, at } = of;
  const { rows } = await sql.query<{ id: string }>(
    `select label_id as id from conversation_labels where account_id = $1 and conversation_id = $2
     order by label_id`,
    [accountId, conversationId],
  );
  const before = rows.map(({ id }) => id);
  const next = [...choose(before)].sort().slice(0, LABELS_MAX);
  if (next.join() === before.join()) return null;
  await sql.query(
    "delete from conversation_labels where account_id = $1 and conversation_id = $2",
    [accountId, conversationId],
  );
  await sql.query(
    `insert into conversation_labels (account_id, label_id, conversation_id)
     select $1, unnest($3::uuid[]), $2`,
    [accountId, conversationId, next],
  );
  await sql.query(
    "update conversations set version = version + 1, updated_at = $3 where account_id = $1 and id = $2",
    [accountId, conversationId, at],
  );
  return next;
}
