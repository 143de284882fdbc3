import type { ConversationRow, InboxCounts } from "@recado/contract/console/inbox";
import type { LivePresence } from "@recado/contract/console/inbox-live";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";

/** Who is in one conversation. */
export type ConversationPresence = LivePresence["conversations"][number];

/** What is loaded of a thread: everything between two of its items, to its end unless somebody jumped back. */
export interface LiveThread {
  /** In the order of their places, by which parts are cut too. */
  items: readonly ThreadItem[];
  /** False: its first page is on its way, and what happens meanwhile is gathered. */
  loaded: boolean;
  /** Leads to what is older; null: the beginning is here. */
  olderCursor: string | null;
  /** Leads to what is newer; null: the end is here, and what happens is added to it. */
  newerCursor: string | null;
  /** The last place of the part, while there is something newer. */
  lastPlace: string;
  /** What happened behind the part: it comes to its end when that is reached. */
  later: readonly ThreadItem[];
}

/** A thread of which nothing is here yet. */
export const EMPTY_THREAD: LiveThread = {
  ...{ items: [], loaded: false, olderCursor: null },
  ...{ newerCursor: null, lastPlace: "", later: [] },
};

/**
 * What the browser knows of the inbox. It is always old state plus changes, and equals what a fresh load would give:
 * every row and item is the newest version that was heard of.
 */
export interface LiveModel {
  /** Up to which number of the account's log everything here is true. */
  seq: number;
  rows: ReadonlyMap<string, ConversationRow>;
  /** By {@link threadKey}. */
  threads: ReadonlyMap<string, LiveThread>;
  counts: InboxCounts | null;
  presence: ReadonlyMap<string, ConversationPresence>;
  /** Everybody who has the console open. */
  here: ReadonlySet<string>;
}

/** Before anything is loaded. */
export const EMPTY_MODEL: LiveModel = {
  seq: 0,
  rows: new Map(),
  threads: new Map(),
  counts: null,
  presence: new Map(),
  here: new Set(),
};

/** Threads are of a person and a number, whatever conversation was opened to see them. */
export function threadKey(row: Pick<ConversationRow, "contact" | "channel_id">): string {
  return `${row.contact.id} ${row.channel_id}`;
}
