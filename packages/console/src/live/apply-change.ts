import type { ConversationRow } from "@recado/contract/console/inbox";
import type { LiveChange, LivePresence } from "@recado/contract/console/inbox-live";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import { EMPTY_THREAD, type LiveModel, type LiveThread, threadKey } from "./live-model.ts";

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
  return model.threads.has(key) ? model : putThread(model, key, EMPTY_THREAD);
}

/** Takes a loaded page of a thread, its newest or the one before what is here. */
export function applyThreadPage(
  model: LiveModel,
  key: string,
  page: { items: readonly ThreadItem[]; olderCursor: string | null },
): LiveModel {
  const before = model.threads.get(key) ?? EMPTY_THREAD;
  const open = { ...before, loaded: true, olderCursor: null };
  const thread = putItems(open, page.items);
  // Something older that was gathered meanwhile would stand there with a hole behind it.
  const first = page.olderCursor === null ? "" : (page.items[0]?.place ?? "");
  const items = thread.items.filter(({ place }) => place >= first);
  return putThread(model, key, { ...thread, items, olderCursor: page.olderCursor });
}

/** Shows the end of a thread instead of a part out of its middle. */
export function applyEndPage(
  model: LiveModel,
  key: string,
  page: { items: readonly ThreadItem[]; olderCursor: string | null },
): LiveModel {
  const before = model.threads.get(key) ?? EMPTY_THREAD;
  // What happened while the page was on its way is in neither otherwise.
  const begun = putThread(model, key, putItems(EMPTY_THREAD, [...before.items, ...before.later]));
  return applyThreadPage(begun, key, page);
}

/** What lies around an item somebody jumped to. */
export interface MiddlePage {
  items: readonly ThreadItem[];
  olderCursor: string | null;
  newerCursor: string | null;
}

/** Shows a part out of the middle of a thread instead of what was there. */
export function applyMiddlePage(model: LiveModel, key: string, page: MiddlePage): LiveModel {
  const before = model.threads.get(key) ?? EMPTY_THREAD;
  const known = [...before.items, ...before.later];
  const empty = { ...EMPTY_THREAD, loaded: true, lastPlace: lastPlaceOf(page.items) };
  const part = putItems(empty, page.items);
  const thread = { ...part, olderCursor: page.olderCursor, newerCursor: page.newerCursor };
  return putThread(model, key, putItems(thread, known));
}

/** Takes the page behind a part out of the middle. When it is the last, what happened meanwhile follows it. */
export function applyNewerPage(
  model: LiveModel,
  key: string,
  page: { items: readonly ThreadItem[]; newerCursor: string | null },
): LiveModel {
  const before = model.threads.get(key);
  if (before === undefined) return model;
  const { later, newerCursor } = before;
  const lastPlace = lastPlaceOf([...before.items, ...page.items]);
  const thread = putItems({ ...before, later: [], lastPlace }, page.items);
  const whole = { ...thread, newerCursor: page.newerCursor };
  return newerCursor === null ? model : putThread(model, key, putItems(whole, later));
}

/** Takes one item that an answer brought, into the thread of its conversation. */
export function applyItem(model: LiveModel, row: ConversationRow, item: ThreadItem): LiveModel {
  const thread = model.threads.get(threadKey(row));
  if (thread === undefined) return model;
  return putThread(model, threadKey(row), putItem(thread, item));
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

function putThread(model: LiveModel, key: string, thread: LiveThread): LiveModel {
  return { ...model, threads: new Map(model.threads).set(key, thread) };
}

function putItems(thread: LiveThread, items: readonly ThreadItem[]): LiveThread {
  let next = thread;
  for (const item of items) next = putItem(next, item);
  return next;
}

function putItem(thread: LiveThread, item: ThreadItem): LiveThread {
  const { items, newerCursor, lastPlace } = thread;
  if (newerCursor !== null && item.place > lastPlace) {
    return { ...thread, later: putInPlace(thread.later, item) };
  }
  const isKnown = items[findPlace(items, item.place)]?.id === item.id;
  // Older than all that is loaded: it comes with its page.
  const isBefore = thread.olderCursor !== null && item.place < (items[0]?.place ?? "");
  const next = isBefore && !isKnown ? items : putInPlace(items, item);
  return next === items ? thread : { ...thread, items: next };
}

/** With the item where it stands; unchanged when it is there in this version or a newer one. */
function putInPlace(items: readonly ThreadItem[], item: ThreadItem): readonly ThreadItem[] {
  const at = findPlace(items, item.place);
  const known = items[at];
  if (known?.id !== item.id) return items.toSpliced(at, 0, item);
  return item.version <= known.version ? items : items.with(at, item);
}

/** Where a place is, or would be; most news belong to the end. */
function findPlace(items: readonly ThreadItem[], place: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.place ?? "") < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Items stand in the order of their places. */
function lastPlaceOf(items: readonly ThreadItem[]): string {
  return items.at(-1)?.place ?? "";
}
