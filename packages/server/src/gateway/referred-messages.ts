import type { ReferredMessage } from "../domain/session-content.ts";
import type { Database } from "../storage/connect.ts";
import { findReferred } from "../storage/referred-messages.ts";

/** Messages that others may refer to, by our id; `not-sent`: the provider has not got it. */
export type ReferredMessages = ReadonlyMap<string, ReferredMessage | "not-sent">;

/** Those of these messages that a caller of this account, and of this project unless that is null, may refer to. */
export async function findReferredMessages(
  deps: { pool: Database },
  caller: { accountId: string; projectId: string | null },
  ids: readonly string[],
): Promise<ReferredMessages> {
  if (ids.length === 0) return new Map();
  const { accountId, projectId } = caller;
  const rows = await findReferred(deps.pool, { accountId, projectId, ids: [...new Set(ids)] });
  return new Map(
    rows.map(({ providerMessageId, ...row }) => [
      row.id,
      providerMessageId === null ? "not-sent" : { ...row, providerMessageId },
    ]),
  );
}
