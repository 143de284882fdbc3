import { AppError } from "../platform/app-error.ts";
import { type DraftRow, deleteDraft, findDraft, putDraft } from "../storage/drafts.ts";
import { findInboxRows } from "../storage/inbox-rows.ts";
import type { AgentAct, InboxDeps } from "./inbox-deps.ts";

/** What somebody has begun to write. */
export type Draft = DraftRow;

/** What somebody has begun to write in a conversation; null: nothing. */
export async function readDraft(deps: InboxDeps, act: AgentAct): Promise<DraftRow | null> {
  await checkThere(deps, act);
  return findDraft(deps.pool, act);
}

/** Keeps what somebody has begun to write; an empty text forgets it. The last to save wins. */
export async function saveDraft(
  deps: InboxDeps,
  act: AgentAct,
  draft: Pick<DraftRow, "body" | "kind" | "replyTo">,
): Promise<DraftRow | null> {
  await checkThere(deps, act);
  if (draft.body === "") {
    await deleteDraft(deps.pool, act);
    return null;
  }
  const row = { ...draft, updatedAt: new Date(deps.clock.now()) };
  await putDraft(deps.pool, act, row);
  return row;
}

async function checkThere(deps: InboxDeps, act: AgentAct): Promise<void> {
  const [row] = await findInboxRows(deps.pool, act.accountId, [act.conversationId]);
  if (!row) throw new AppError("not_found", "There is no such conversation.");
}
