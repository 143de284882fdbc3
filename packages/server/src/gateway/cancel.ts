import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { type Database, withPipelinedTransaction } from "../storage/connect.ts";
import { findMessage } from "../storage/message-queries.ts";
import { type ApplyDeps, applyChanges } from "./apply-changes.ts";

/** What taking a message back needs. */
export interface CancelDeps extends ApplyDeps {
  pool: Database;
  clock: Clock;
}

/**
 * Takes back a message that has not left yet, and refunds it. Safe to repeat. Refuses with `not_cancellable` when it is
 * being handed over, was handed over or has ended: whoever comes first, the worker or this, the other one sees it.
 */
export async function cancelMessage(
  deps: CancelDeps,
  message: { accountId: string; id: string },
): Promise<void> {
  const { accountId, id: messageId } = message;
  const nowMs = deps.clock.now();
  await withPipelinedTransaction(deps.pool, async (sql) => {
    const change = { kind: "cancelled", atMs: nowMs } as const;
    const wanted = { accountId, changes: [{ messageId, change }], nowMs };
    const applied = await applyChanges(sql, deps, wanted);
    return { result: null, pending: applied.finish() };
  });
  // What stands now says how it went: a cancelled message stays so, unless WhatsApp knows better.
  const after = await findMessage(deps.pool, { accountId, id: messageId });
  if (after?.status === "cancelled") return;
  const state = after?.status === "accepted" ? "being handed to WhatsApp" : after?.status;
  throw new AppError("not_cancellable", `The message is ${state} and can no longer be cancelled.`);
}
