import type { ThreadItem, ThreadMessage } from "@recado/contract/console/inbox-thread";
import type { OutgoingMessage } from "../state/desk.ts";

/** A thread as it is drawn: days, what was said, and what waits in the outbox. */
export type ThreadRow =
  | { kind: "day"; key: string; at: string }
  | { kind: "item"; key: string; item: ThreadItem; isFirst: boolean }
  | { kind: "unread"; key: string }
  | { kind: "outgoing"; key: string; outgoing: OutgoingMessage; isFirst: boolean };

/** How close two bubbles of one author must be to look like one breath. */
const RUN_MS = 5 * 60_000;

/**
 * Lays out a thread. The first bubble of a run shows who speaks; `unreadFrom` marks the first item that was not read when the
 * thread was opened. What the outbox holds stands at the end, in the order of sending.
 */
export function layOutThread(
  items: readonly ThreadItem[],
  outgoing: readonly OutgoingMessage[],
  about: { unreadFrom?: string | null; dayOf?: (at: string) => string } = {},
): ThreadRow[] {
  const { unreadFrom = null, dayOf = localDay } = about;
  const rows: ThreadRow[] = [];
  let day = "";
  let run = "";
  let runAt = 0;
  const begin = (author: string, at: string) => {
    if (dayOf(at) !== day) {
      day = dayOf(at);
      run = "";
      // A day may come twice: what was said long ago can be told late.
      rows.push({ kind: "day", key: `day ${day} ${rows.length}`, at });
    }
    const isFirst = author !== run || Date.parse(at) - runAt > RUN_MS;
    run = author;
    runAt = Date.parse(at);
    return isFirst;
  };
  for (const item of items) {
    if (isHidden(item)) continue;
    const isFirst = begin(authorOf(item), item.at);
    const isNew = item.id === unreadFrom;
    if (isNew) rows.push({ kind: "unread", key: "unread" });
    rows.push({ kind: "item", key: item.id, item, isFirst: isFirst || isNew });
  }
  const known = new Set(items.map(({ id }) => id));
  for (const one of outgoing) {
    if (one.messageId !== null && known.has(one.messageId)) continue;
    const isFirst = begin("outgoing", one.at);
    rows.push({ kind: "outgoing", key: one.key, outgoing: one, isFirst });
  }
  return rows;
}

/** The item from which on nothing was read: the `unread`-th message of the person from the end. */
export function findUnreadFrom(items: readonly ThreadItem[], unread: number): string | null {
  if (unread <= 0) return null;
  const theirs = items.filter((item) => item.type === "message" && item.direction === "in");
  return theirs.at(-unread)?.id ?? theirs[0]?.id ?? null;
}

/** A reaction, an edit or a deletion is shown at the message that it is about. */
function isHidden(item: ThreadItem): boolean {
  if (item.type !== "message") return false;
  const { content, kind } = item;
  return (
    content?.reaction !== undefined || kind === "reaction" || kind === "edit" || kind === "deletion"
  );
}

function authorOf(item: ThreadItem): string {
  if (item.type === "event") return `event ${item.id}`;
  if (item.type === "note") return `note ${item.author_id}`;
  return messageAuthor(item);
}

function messageAuthor({ direction, author, author_id }: ThreadMessage): string {
  return `${direction} ${author} ${author_id ?? ""}`;
}

function localDay(at: string): string {
  return new Date(at).toDateString();
}
