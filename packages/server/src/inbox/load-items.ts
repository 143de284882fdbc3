import type { ThreadItem, ThreadNote } from "@recado/contract/console/inbox-thread";
import type { Queryable } from "../storage/connect.ts";
import { findHead } from "../storage/inbox-reads.ts";
import {
  findItemMessages,
  findItemNotes,
  findQuoted,
  listReactions,
  type NoteRow,
  type ReactionRow,
  type ThreadEventRow,
  type ThreadMessageRow,
} from "../storage/thread-items.ts";
import { findUncertain } from "../storage/uncertain-messages.ts";
import { renderMessage } from "./render-message.ts";
import { renderEvent, renderNote } from "./render-note.ts";

/** What to show, and how true it is. */
export interface WantedItems {
  accountId: string;
  version: number;
  nowMs: number;
  messageIds: readonly string[];
  notes: readonly NoteRow[];
  events: readonly ThreadEventRow[];
}

/** Shows items of threads, by id; what is gone is left out. */
export async function loadItems(
  sql: Queryable,
  wanted: WantedItems,
): Promise<Map<string, ThreadItem>> {
  const { version, notes, events } = wanted;
  const items = new Map<string, ThreadItem>();
  for (const message of await loadMessages(sql, wanted)) items.set(message.id, message);
  for (const note of notes) items.set(note.id, renderNote(note, version));
  for (const event of events) items.set(event.id, renderEvent(event, version));
  return items;
}

/** Shows a note that there is. */
export async function loadNote(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<ThreadNote> {
  const version = await findHead(sql, key.accountId);
  const [row] = await findItemNotes(sql, key.accountId, [key.id]);
  if (!row) throw new Error("a note that was written cannot be found");
  return renderNote(row, version);
}

async function loadMessages(sql: Queryable, wanted: WantedItems) {
  const { accountId, messageIds, version, nowMs } = wanted;
  const [rows, reactions] = await Promise.all([
    findItemMessages(sql, accountId, messageIds),
    listReactions(sql, accountId, messageIds),
  ]);
  const quotes = rows.flatMap(({ content }) => content?.quote?.message_id ?? []);
  const failed = rows.filter(({ status }) => status === "failed").map(({ id }) => id);
  const [quoted, uncertain] = await Promise.all([
    findQuoted(sql, accountId, quotes),
    findUncertain(sql, accountId, failed),
  ]);
  const around = {
    ...{ version, nowMs, uncertain },
    quoted: new Map(quoted.map((row) => [row.id, row])),
    reactions: groupByTarget(reactions),
  };
  return rows.map((row: ThreadMessageRow) => renderMessage(row, around));
}

function groupByTarget(rows: readonly ReactionRow[]): Map<string, ReactionRow[]> {
  const groups = new Map<string, ReactionRow[]>();
  for (const row of rows) groups.set(row.targetId, [...(groups.get(row.targetId) ?? []), row]);
  return groups;
}
