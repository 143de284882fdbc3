import type { Queryable } from "./connect.ts";

/** A message that another one may refer to. */
export interface ReferredRow {
  id: string;
  channelId: string;
  mobile: string;
  /** The provider's id; null until it has taken it. */
  providerMessageId: string | null;
}

/** Those of these messages that there are in the account, and in the project unless that is null. */
export async function findReferred(
  sql: Queryable,
  wanted: { accountId: string; projectId: string | null; ids: readonly string[] },
): Promise<ReferredRow[]> {
  const { rows } = await sql.query<ReferredRow>({
    name: "find-referred",
    text: `select m.id, m.channel_id as "channelId", m.mobile, m.provider_message_id as "providerMessageId"
           from messages m
           where m.account_id = $1 and m.id = any($2::uuid[]) and ($3::uuid is null or m.project_id = $3)`,
    values: [wanted.accountId, wanted.ids, wanted.projectId],
  });
  return rows;
}
