import type { ConversationRow } from "@recado/contract/console/inbox";
import { applyRows, applyThreadPage, beginThread } from "../../../live/apply-change.ts";
import { threadKey } from "../../../live/live-model.ts";
import type { Desk } from "./desk.ts";
import { inboxApi } from "./inbox-api.ts";

/** Loads the row of a conversation that no list has brought: it was opened by its address. */
export async function loadConversation(desk: Desk, id: string): Promise<void> {
  const { conversation } = await inboxApi.conversation(id);
  desk.model.update((model) => applyRows(model, [conversation]));
}

/** Loads the end of a thread; without effect when it is here or on its way. */
export async function loadThread(desk: Desk, row: ConversationRow): Promise<void> {
  const key = threadKey(row);
  if (desk.model.get().threads.has(key)) return;
  desk.model.update((model) => beginThread(model, key));
  try {
    const page = await inboxApi.thread(row.id);
    const { items, next_cursor } = page;
    desk.model.update((model) => applyThreadPage(model, key, { items, olderCursor: next_cursor }));
  } catch (error) {
    // Not begun after all: opening it again tries again.
    desk.model.update((model) => {
      const threads = new Map(model.threads);
      threads.delete(key);
      return { ...model, threads };
    });
    throw error;
  }
}

/** Loads what is before the oldest item here; false when the beginning is reached. */
export async function loadOlder(desk: Desk, row: ConversationRow): Promise<boolean> {
  const key = threadKey(row);
  const thread = desk.model.get().threads.get(key);
  if (thread === undefined || !thread.loaded || thread.olderCursor === null) return false;
  const { items, next_cursor } = await inboxApi.thread(row.id, thread.olderCursor);
  if (desk.model.get().threads.get(key)?.olderCursor === thread.olderCursor) {
    desk.model.update((model) => applyThreadPage(model, key, { items, olderCursor: next_cursor }));
  }
  return next_cursor !== null;
}
