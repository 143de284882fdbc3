import type { Database } from "../storage/connect.ts";
import { findMessages, type MessageView } from "../storage/message-queries.ts";

/** Messages of an account that the acceptance has just named; in no order. */
export async function readAccepted(
  deps: { pool: Database },
  accountId: string,
  ids: readonly string[],
): Promise<MessageView[]> {
  return ids.length === 0 ? [] : findMessages(deps.pool, accountId, ids);
}
