import type { ConversationRow } from "@recado/contract/console/inbox";
import type { LiveChange, LivePresence } from "@recado/contract/console/inbox-live";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import { type LiveModel, type LiveThread, threadKey } from "./live-model.ts";

/**
 * Takes what happened into the model. The same change again, or an older one after a newer one, changes nothing: what
 * counts is the version of each row and item. Nothing is added to threads that are not loaded, nor before their beginning.
 */
export function applyChanges(model: LiveModel, changes: readonly LiveChange[]): LiveModel {
  let { seq } = model;
  const rows = new Map(model.rows);
  const threads = new Map(model.threads);
  for (const change of changes) {
    seq = Math.max(seq, change.seq);
    if (change.conversation !== null) putRow(rows, change.conversation);
    const row = change.conversation ?? rows.get(change.conversation_id ?? "");
    const thread = row === undefined ? undefined : threads.get(threadKey(row));
    if (row !== undefined && thread !== undefined && change.message !== null) {
      threads.set(threadKey(row), putItem(thread, change.message));
    }
  }
  return { ...model, seq, rows, threads };
}

/** Takes loaded rows into the model; a row that is known in a newer version stays. */
export function applyRows(model: LiveModel, loaded: readonly ConversationRow[]): LiveModel {
  const rows = new Map(model.rows);
  for (const row of loaded) putRow(rows, row);
  return { ...model, rows };
}

/**
 * Says that a thread is being loaded: what happens between the server's reading and the arrival of its answer would be in
 * neither otherwise.
 */
export function beginThread(model: LiveModel, key: string): LiveModel {
  if (model.threads.has(key)) return model;
  const thread: LiveThread = { items: [], loaded: false, olderCursor: null };
  return { ...model, threads: new Map(model.threads).set(key, thread) };
}

/** Takes a loaded page of a thread, its newest or the one before what is here. */
export function applyThreadPage(
  model: LiveModel,
  key: string,
  page: { items: readonly ThreadItem[]; olderCursor: string | null },
): LiveModel {
  const before = model.threads.get(key)?.items ?? [];
  let thread: LiveThread = { items: before, loaded: true, olderCursor: null };
  for (const item of page.items) thread = putItem(thread, item);
  // Something older that was gathered meanwhile would stand there with a hole behind it.
  const first = page.olderCursor === null ? undefined : page.items[0]?.id;
  const items = first === undefined ? thread.items : thread.items.filter(({ id }) => id >= first);
  const threads = new Map(model.threads);
  threads.set(key, { items, loaded: true, olderCursor: page.olderCursor });
  return { ...model, threads };
}

/** Takes one item that an answer brought, into the thread of its conversation. */
export function applyItem(model: LiveModel, row: ConversationRow, item: ThreadItem): LiveModel {
  const thread = model.threads.get(threadKey(row));
  if (thread === undefined) return model;
  return { ...model, threads: new Map(model.threads).set(threadKey(row), putItem(thread, item)) };
}

/** Takes who is where. What is not complete names only what has changed. */
export function applyPresence(model: LiveModel, news: LivePresence): LiveModel {
  const presence = new Map(news.complete ? [] : model.presence);
  for (const one of news.conversations) {
    if (one.people.length === 0 && one.composer === null) presence.delete(one.conversation_id);
    else presence.set(one.conversation_id, one);
  }
  return { ...model, presence, here: news.here === null ? model.here : new Set(news.here) };
}

function putRow(rows: Map<string, ConversationRow>, row: ConversationRow): void {
  const known = rows.get(row.id);
  if (known === undefined || row.version > known.version) rows.set(row.id, row);
}

function putItem(thread: LiveThread, item: ThreadItem): LiveThread {
  const at = findPlace(thread.items, item.id);
  const known = thread.items[at];
  if (known?.id === item.id) {
    if (item.version <= known.version) return thread;
    return { ...thread, items: thread.items.with(at, item) };
  }
  // Older than all that is loaded: it comes with its page.
  if (at === 0 && thread.olderCursor !== null && thread.items.length > 0) return thread;
  return { ...thread, items: thread.items.toSpliced(at, 0, item) };
}

/** Where an id stands, or would stand; most news belong to the end. */
function findPlace(items: readonly ThreadItem[], id: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.id ?? "") < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
