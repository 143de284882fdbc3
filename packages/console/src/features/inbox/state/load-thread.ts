import type { ConversationRow } from "@recado/contract/console/inbox";
import {
  applyEndPage,
  applyMiddlePage,
  applyNewerPage,
  applyRows,
  applyThreadPage,
  beginThread,
} from "../../../live/apply-change.ts";
import { type LiveThread, threadKey } from "../../../live/live-model.ts";
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
    const { items, next_cursor: olderCursor } = await inboxApi.thread(row.id);
    if (findThread(desk, row)?.loaded === true) return;
    desk.model.update((model) => applyThreadPage(model, key, { items, olderCursor }));
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

/** Loads what is before the oldest item here. Without effect at the beginning, and when the part has changed meanwhile. */
export async function loadOlder(desk: Desk, row: ConversationRow): Promise<void> {
  const cursor = findThread(desk, row)?.olderCursor ?? null;
  if (cursor === null) return;
  const { items, next_cursor: olderCursor } = await inboxApi.thread(row.id, { cursor });
  if (findThread(desk, row)?.olderCursor !== cursor) return;
  desk.model.update((model) => applyThreadPage(model, threadKey(row), { items, olderCursor }));
}

/** Loads what is behind a part out of the middle. Without effect at the end, and when the part has changed meanwhile. */
export async function loadNewer(desk: Desk, row: ConversationRow): Promise<void> {
  const cursor = findThread(desk, row)?.newerCursor ?? null;
  if (cursor === null) return;
  const { items, newer_cursor: newerCursor } = await inboxApi.thread(row.id, { cursor });
  if (findThread(desk, row)?.newerCursor !== cursor) return;
  desk.model.update((model) => applyNewerPage(model, threadKey(row), { items, newerCursor }));
}

/** Shows the part of a thread that has an item in its middle, however far back that is. */
export async function loadAround(desk: Desk, row: ConversationRow, id: string): Promise<void> {
  const page = await inboxApi.thread(row.id, { around: id });
  const { items, next_cursor: olderCursor, newer_cursor: newerCursor } = page;
  const part = { items, olderCursor, newerCursor };
  desk.model.update((model) => applyMiddlePage(model, threadKey(row), part));
}

/** Shows the end of a thread again. */
export async function loadEnd(desk: Desk, row: ConversationRow): Promise<void> {
  const { items, next_cursor: olderCursor } = await inboxApi.thread(row.id);
  desk.model.update((model) => applyEndPage(model, threadKey(row), { items, olderCursor }));
}

function findThread(desk: Desk, row: ConversationRow): LiveThread | undefined {
  return desk.model.get().threads.get(threadKey(row));
}
