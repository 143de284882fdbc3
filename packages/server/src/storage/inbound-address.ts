import type { Queryable } from "./connect.ts";

/** The address that the person of a conversation wrote from last; null: it is not kept. */
export async function findInboundAddress(
  sql: Queryable,
  conversation: { accountId: string; id: string },
): Promise<string | null> {
  const { rows } = await sql.query<{ mobile: string }>(
    `select m.mobile from conversations v
     join messages m on m.account_id = v.account_id and m.id = v.last_inbound_id
     where v.account_id = $1 and v.id = $2`,
    [conversation.accountId, conversation.id],
  );
  return rows[0]?.mobile ?? null;
}
