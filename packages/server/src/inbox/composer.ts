import { COMPOSER_LIVES_S } from "@recado/contract/console/inbox-actions";
import { AppError } from "../platform/app-error.ts";
import {
  type ComposerRow,
  deleteComposer,
  lockComposer,
  putComposer,
} from "../storage/composers.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { lockConversation } from "../storage/conversations.ts";
import { beatPresence } from "../storage/presence.ts";
import { refuseHeld } from "./change-locked.ts";
import type { AgentAct, InboxDeps } from "./inbox-deps.ts";

/* One composer at a time: two people must not answer one person at once. The conversation's row is held while it changes hands. */

/** Who has the composer now, and from whom it was taken (null: it was free, or one's own). */
export type TakenComposer = ComposerRow & { takenFrom: string | null };

/**
 * Takes the composer of a conversation, or renews it. Refuses with `composing` when somebody else has it, unless it is taken
 * over: then theirs is gone, and what they send next is refused.
 */
export async function takeComposer(
  deps: InboxDeps,
  act: AgentAct & { takeOver: boolean },
): Promise<TakenComposer> {
  const { accountId, conversationId } = act;
  const { taken, isNew } = await withTransaction(deps.pool, async (sql) => {
    const conversation = await lockConversation(sql, { accountId, id: conversationId });
    if (!conversation) throw new AppError("not_found", "There is no such conversation.");
    return holdComposer(sql, deps, act);
  });
  if (isNew) await beatPresence(deps.pool, accountId);
  deps.kick(accountId);
  return taken;
}

/** As {@link takeComposer}, in a transaction that holds the conversation. `isNew`: others would see a difference. */
export async function holdComposer(
  sql: Transaction,
  deps: InboxDeps,
  act: AgentAct & { takeOver: boolean },
): Promise<{ taken: TakenComposer; isNew: boolean }> {
  const { accountId, userId, conversationId, takeOver } = act;
  const now = new Date(deps.clock.now());
  const holder = await lockComposer(sql, { accountId, id: conversationId }, now);
  const isOwn = holder?.userId === userId;
  if (holder && !isOwn && !takeOver) {
    return refuseHeld(sql, "composing", { accountId, userId: holder.userId });
  }
  const taken = {
    ...{ conversationId, userId },
    takenAt: isOwn ? holder.takenAt : now,
    freeAt: new Date(now.getTime() + COMPOSER_LIVES_S * 1_000),
  };
  await putComposer(sql, accountId, taken);
  return { taken: { ...taken, takenFrom: holder && !isOwn ? holder.userId : null }, isNew: !isOwn };
}

/** Leaves the composer of a conversation; somebody else's is not touched. */
export async function leaveComposer(deps: InboxDeps, act: AgentAct): Promise<void> {
  const { accountId, userId, conversationId } = act;
  const had = await deleteComposer(deps.pool, { accountId, id: conversationId }, { userId });
  if (!had) return;
  await beatPresence(deps.pool, accountId);
  deps.kick(accountId);
}
