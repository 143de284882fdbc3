import type { ConversationRow } from "@recado/contract/console/inbox";
import { ApiProblem } from "../../../api/api-problem.ts";
import { inboxApi } from "./inbox-api.ts";

/** The person wrote something that was not on the screen when somebody resolved. */
export class UnseenWord extends Error {
  /** As it stands now. */
  readonly conversation: ConversationRow;

  constructor(conversation: ConversationRow) {
    super("the person has written meanwhile");
    this.conversation = conversation;
  }
}

/**
 * Resolves a conversation as `seen` on the screen. Any other change, such as an own answer that the row does not know yet, is
 * no reason to refuse; a word of the person's that came meanwhile is: rejects with {@link UnseenWord}.
 */
export async function resolveSeen(
  seen: ConversationRow,
): Promise<{ conversation: ConversationRow }> {
  try {
    return await inboxApi.resolve(seen.id, seen.revision);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== "conflict") throw error;
    const { conversation } = await inboxApi.conversation(seen.id);
    if (hasUnseenWord(seen, conversation)) throw new UnseenWord(conversation);
    // Named again: between looking and resolving somebody may write too.
    return inboxApi.resolve(seen.id, conversation.revision);
  }
}

/** Whether the person has written between the two. WhatsApp's times are whole seconds: the count and the end tell too. */
export function hasUnseenWord(seen: ConversationRow, now: ConversationRow): boolean {
  const { last_message: last } = now;
  const isNewEnd = last?.direction === "in" && last.id !== seen.last_message?.id;
  return isNewEnd || now.unread > seen.unread || now.last_inbound_at > seen.last_inbound_at;
}
