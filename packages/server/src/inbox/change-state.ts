import { refuseField } from "../accounts/check-fields.ts";
import {
  type ConversationChange,
  changeConversation,
  markConversationRead,
} from "../contacts/conversations.ts";
import { deleteComposer } from "../storage/composers.ts";
import { putConversationLabels } from "../storage/conversation-labels.ts";
import { listLabels } from "../storage/inbox-catalogue.ts";
import { deleteMentionsFor } from "../storage/notes.ts";
import { changeLocked } from "./change-locked.ts";
import type { AgentAct, InboxDeps } from "./inbox-deps.ts";

/** Resolves, snoozes or reopens a conversation in somebody's name. A resolved one has nobody composing in it. */
export async function changeState(
  deps: InboxDeps,
  act: AgentAct &
    Pick<ConversationChange, "state" | "snoozedUntil"> & { revision?: number | undefined },
): Promise<void> {
  const { accountId, conversationId: id, userId, state, snoozedUntil, revision } = act;
  const version = revision === undefined ? undefined : BigInt(revision);
  await changeConversation(deps, { accountId, id }, { state, snoozedUntil, version, userId });
  if (state === "resolved") await deleteComposer(deps.pool, { accountId, id }, { butOf: null });
  deps.kick(accountId);
}

/** Notes that somebody has read a conversation; what mentioned them in it is seen. */
export async function readConversation(
  deps: InboxDeps,
  act: AgentAct & { upTo: string | null },
): Promise<void> {
  const { accountId, conversationId: id } = act;
  await markConversationRead(deps, { accountId, id }, act.upTo);
  await deleteMentionsFor(deps.pool, act);
  deps.kick(accountId);
}

/** Gives a conversation these labels and no others. What is so already is not told again. */
export function labelConversation(
  deps: InboxDeps,
  act: AgentAct & { labelIds: readonly string[] },
): Promise<void> {
  return relabel(deps, act, () => [...new Set(act.labelIds)]);
}

/** Adds or takes away one label. */
export function changeLabel(
  deps: InboxDeps,
  act: AgentAct & { add?: string; remove?: string },
): Promise<void> {
  return relabel(deps, act, (before) => [
    ...new Set([...before.filter((id) => id !== act.remove), ...(act.add ? [act.add] : [])]),
  ]);
}

function relabel(
  deps: InboxDeps,
  act: AgentAct,
  choose: (before: readonly string[]) => string[],
): Promise<void> {
  const { accountId, conversationId } = act;
  return changeLocked(deps, act, async (sql) => {
    const known = new Set((await listLabels(sql, accountId)).map(({ id }) => id));
    const change = { accountId, conversationId, at: new Date(deps.clock.now()) };
    const labelIds = await putConversationLabels(sql, change, (before) => {
      const next = choose(before);
      const unknown = next.some((id) => !known.has(id) && !before.includes(id));
      return unknown ? refuseField("label_ids", "is no label of the account") : next;
    });
    return labelIds === null ? [] : [{ kind: "conversation.labelled", data: { labelIds } }];
  });
}
