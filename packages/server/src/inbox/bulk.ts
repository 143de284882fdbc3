import type { bulkAnswer, bulkBody } from "@recado/contract/console/inbox-actions";
import type { z } from "zod";
import { AppError } from "../platform/app-error.ts";
import { findHead } from "../storage/inbox-reads.ts";
import { findInboxRows } from "../storage/inbox-rows.ts";
import { changeLabel, changeState, readConversation } from "./change-state.ts";
import { assignConversation, moveToTeam, takeConversation } from "./hand-over.ts";
import type { Agent, AgentAct, InboxDeps } from "./inbox-deps.ts";
import { renderConversation } from "./render-conversation.ts";

type Wish = z.output<typeof bulkBody>;

/** Does one thing to many conversations, one after the other; what is refused of one does not stop the others. */
export async function changeMany(
  deps: InboxDeps,
  agent: Agent,
  wish: Wish,
): Promise<z.input<typeof bulkAnswer>> {
  const ids = [...new Set(wish.conversation_ids)];
  const refusals = new Map<string, AppError>();
  for (const conversationId of ids) {
    const revision = wish.revisions[conversationId];
    await act(deps, { ...agent, conversationId, revision }, wish.action).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      refusals.set(conversationId, error);
    });
  }
  const seq = await findHead(deps.pool, agent.accountId);
  const rows = await findInboxRows(deps.pool, agent.accountId, ids);
  const shown = new Map(rows.map((row) => [row.id, renderConversation(row, seq)]));
  const answers = ids.map((id) => {
    const refusal = refusals.get(id);
    return {
      conversation_id: id,
      ok: !refusal,
      conversation: shown.get(id) ?? null,
      code: refusal?.code ?? null,
      detail: refusal?.detail.message ?? null,
    };
  });
  return { done: ids.length - refusals.size, answers };
}

/** With a revision, whatever the same action on one conversation compares it for. */
function act(
  deps: InboxDeps,
  given: AgentAct & { revision: number | undefined },
  action: Wish["action"],
): Promise<void> {
  switch (action.type) {
    case "take":
      return takeConversation(deps, given);
    case "assign":
      return assignConversation(deps, { ...given, assigneeId: action.user_id });
    case "team":
      return moveToTeam(deps, { ...given, teamId: action.team_id });
    case "snooze": {
      const snoozedUntil = action.until === null ? undefined : new Date(action.until);
      return changeState(deps, { ...given, state: "snoozed", snoozedUntil });
    }
    case "resolve":
      return changeState(deps, { ...given, state: "resolved" });
    case "reopen":
      return changeState(deps, { ...given, state: "open" });
    case "read":
      return readConversation(deps, { ...given, upTo: null });
    case "label":
      return changeLabel(deps, { ...given, add: action.label_id });
    case "unlabel":
      return changeLabel(deps, { ...given, remove: action.label_id });
  }
}
