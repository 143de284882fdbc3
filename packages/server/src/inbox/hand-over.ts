import { refuseField } from "../accounts/check-fields.ts";
import { deleteComposer } from "../storage/composers.ts";
import type { Transaction } from "../storage/connect.ts";
import { type ConversationRow, updateConversation } from "../storage/conversations.ts";
import { findTeam } from "../storage/inbox-catalogue.ts";
import {
  changeLocked,
  checkPeople,
  checkUnresolved,
  type Happening,
  refuseHeld,
} from "./change-locked.ts";
import type { AgentAct, InboxDeps } from "./inbox-deps.ts";
import { writeNote } from "./notes.ts";

/* Who has a conversation. Whoever composed in it lets go of the composer when it becomes somebody else's. */

/** Takes a conversation; of two who do it at once one gets it, and the other is told who. Safe to repeat. */
export function takeConversation(
  deps: InboxDeps,
  act: AgentAct & { from?: string | undefined },
): Promise<void> {
  const { accountId, userId, from } = act;
  return changeLocked(deps, act, async (sql, conversation) => {
    const { assigneeId } = conversation;
    if (assigneeId === userId) return [];
    checkUnresolved(conversation);
    if (assigneeId !== null && assigneeId !== from) {
      return refuseHeld(sql, "taken", { accountId, userId: assigneeId });
    }
    return [await give(sql, deps, { conversation, userId })];
  });
}

/** Gives a conversation to somebody, or to nobody. What is so already stays, and is not told again. */
export function assignConversation(
  deps: InboxDeps,
  act: AgentAct & { assigneeId: string | null; revision?: number | undefined },
): Promise<void> {
  const { accountId, assigneeId } = act;
  return changeLocked(deps, act, async (sql, conversation) => {
    if (assigneeId === conversation.assigneeId) return [];
    checkUnresolved(conversation);
    if (assigneeId !== null) {
      await checkPeople(sql, accountId, { path: "user_id", ids: [assigneeId] });
    }
    return [await give(sql, deps, { conversation, userId: assigneeId })];
  });
}

/** Puts a conversation into a team's queue, or out of any; who has it keeps it. */
export function moveToTeam(
  deps: InboxDeps,
  act: AgentAct & { teamId: string | null },
): Promise<void> {
  const { accountId, teamId } = act;
  return changeLocked(deps, act, async (sql, conversation) => {
    if (teamId === conversation.teamId) return [];
    checkUnresolved(conversation);
    await checkTeam(sql, accountId, teamId);
    await updateConversation(sql, { ...conversation, teamId }, new Date(deps.clock.now()));
    const { assigneeId } = conversation;
    return [{ kind: "conversation.transferred", data: { teamId, assigneeId } }];
  });
}

/** To whom a conversation goes: a person, or a team's queue (null: everybody's). */
export interface Transfer {
  to: { userId: string } | { teamId: string | null };
  /** Empty: none. */
  note: string;
  mentions: readonly string[];
  revision?: number | undefined;
}

/** Hands a conversation over; note, mention and new holder become true in one moment. */
export function transferConversation(deps: InboxDeps, act: AgentAct & Transfer): Promise<void> {
  const { accountId, userId, to } = act;
  return changeLocked(deps, act, async (sql, conversation) => {
    checkUnresolved(conversation);
    const assigneeId = "userId" in to ? to.userId : null;
    const teamId = "teamId" in to ? to.teamId : conversation.teamId;
    if (assigneeId !== null) {
      await checkPeople(sql, accountId, { path: "user_id", ids: [assigneeId] });
    }
    if ("teamId" in to) await checkTeam(sql, accountId, teamId);
    const mentions = assigneeId === null ? act.mentions : [...act.mentions, assigneeId];
    const text = act.note.trim();
    const note =
      text === ""
        ? null
        : await writeNote(sql, deps, {
            ...{ accountId, userId, conversationId: conversation.id, key: undefined },
            ...{ text, mentions: [...new Set(mentions)] },
          });
    await give(sql, deps, { conversation: { ...conversation, teamId }, userId: assigneeId });
    const previousAssigneeId = conversation.assigneeId;
    const data = { assigneeId, previousAssigneeId, teamId, noteId: note?.id ?? null };
    const told: Happening = { kind: "conversation.transferred", data };
    return note ? [note.happening, told] : [told];
  });
}

/** Writes down who has a conversation that is locked, and says what happened. */
export async function give(
  sql: Transaction,
  deps: InboxDeps,
  { conversation, userId }: { conversation: ConversationRow; userId: string | null },
): Promise<Happening> {
  const { accountId, id, assigneeId: previousAssigneeId } = conversation;
  await updateConversation(
    sql,
    { ...conversation, assigneeId: userId },
    new Date(deps.clock.now()),
  );
  await deleteComposer(sql, { accountId, id }, { butOf: userId });
  const kind = userId === null ? "conversation.unassigned" : "conversation.assigned";
  return { kind, data: { assigneeId: userId, previousAssigneeId } };
}

async function checkTeam(sql: Transaction, accountId: string, id: string | null): Promise<void> {
  if (id !== null && !(await findTeam(sql, { accountId, id }))) {
    refuseField("team_id", "is no team of the account");
  }
}
