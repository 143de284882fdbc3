import {
  type ContactEventKind,
  makeContactEvent,
  tellContactEvents,
} from "../contacts/contact-events.ts";
import { AppError } from "../platform/app-error.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { type ConversationRow, lockConversation } from "../storage/conversations.ts";
import { findActivePeople, findPersonName } from "../storage/inbox-reads.ts";
import type { Agent, AgentAct, InboxDeps } from "./inbox-deps.ts";

/** What happened, to be told at the end of the transaction. */
export interface Happening {
  kind: ContactEventKind;
  data: Record<string, unknown>;
}

/**
 * Locks a conversation, lets `work` change it, and tells what it says has happened: all of it or nothing. Whoever changes a
 * conversation holds its row, inbound messages too, so that what was looked at stays true. Refuses with `not_found` what is
 * not of the account, and with `conflict` one that has changed since `revision`.
 */
export async function changeLocked(
  deps: InboxDeps,
  act: AgentAct & { revision?: number | undefined },
  work: (sql: Transaction, conversation: ConversationRow) => Promise<readonly Happening[]>,
): Promise<void> {
  const { accountId, conversationId, userId, revision } = act;
  await withTransaction(deps.pool, async (sql) => {
    const conversation = await lockConversation(sql, { accountId, id: conversationId });
    if (!conversation) throw new AppError("not_found", "There is no such conversation.");
    if (revision !== undefined && BigInt(revision) !== conversation.version) {
      throw new AppError("conflict", "The conversation has changed: look at it again.");
    }
    const happenings = await work(sql, conversation);
    const { contactId, channelId, projectId } = conversation;
    const events = happenings.map(({ kind, data }) =>
      makeContactEvent(deps.ids, {
        ...{ accountId, kind, projectId, contactIds: [contactId], atMs: deps.clock.now() },
        data: { conversationId, contactId, channelId, by: "agent", userId, ...data },
      }),
    );
    await tellContactEvents(sql, events);
  });
  deps.kick(accountId);
}

/** Refuses with `invalid_request` whoever is no active person of the account. */
export async function checkPeople(
  sql: Transaction,
  accountId: string,
  of: { path: string; ids: readonly string[] },
): Promise<void> {
  const wanted = [...new Set(of.ids)];
  const found = await findActivePeople(sql, accountId, wanted);
  if (found.length === wanted.length) return;
  const message = "is no active person of the account";
  throw new AppError("invalid_request", {
    message: `${of.path}: ${message}.`,
    errors: [{ path: of.path, message }],
  });
}

/** Refuses, saying who has it. */
export async function refuseHeld(
  sql: Transaction,
  code: "taken" | "composing",
  holder: Agent,
): Promise<never> {
  const name = await findPersonName(sql, holder.accountId, holder.userId);
  const message =
    code === "taken" ? `${name} has the conversation.` : `${name} is writing in the conversation.`;
  throw new AppError(code, { message, holder: { user_id: holder.userId, name } });
}

/** Refuses what only a conversation that is not resolved allows. */
export function checkUnresolved({ state }: ConversationRow): void {
  if (state === "resolved") throw new AppError("conflict", "The conversation is resolved.");
}
