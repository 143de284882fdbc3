import type { LiveChange } from "@recado/contract/console/inbox-live";
import type { Rendered } from "../live/account-feed.ts";
import { formatFrame } from "../live/listeners.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { findInboxRows, type InboxRow } from "../storage/inbox-rows.ts";
import { type LiveEvent, listLiveEvents } from "../storage/live-log.ts";
import {
  findConversationsOfMessages,
  findItemNotes,
  listConversationsOfContacts,
  THREAD_EVENT_KINDS,
} from "../storage/thread-items.ts";
import { loadItems } from "./load-items.ts";
import { renderConversation } from "./render-conversation.ts";

/*
 * What happened, as those who look at the inbox need it: the fresh state of what each event concerns. A batch is looked up
 * once, however many events it has. What concerns nobody in the inbox (a campaign to strangers, templates, webhooks) moves
 * the number on and is not sent.
 */

/** Events that are looked up together. */
const BATCH_MAX = 500;
/** Conversations of one person that are told of a change of the person. */
const CONVERSATIONS_MAX = 50;

/** Renders what happened in an account after a number. */
export async function renderChanges(
  deps: { pool: Database; clock: Clock },
  span: { accountId: string; after: number; to: number },
): Promise<Rendered> {
  const { pool } = deps;
  const { accountId, to } = span;
  const events = await listLiveEvents(pool, { ...span, max: BATCH_MAX });
  const isWhole = events.length < BATCH_MAX;
  const reached = isWhole ? to : (events.at(-1)?.seq ?? to);
  const why = findReset(events);
  if (why !== null) return { kind: "reset", to, why };
  const places = await place(pool, accountId, events);
  const wanted = [...new Set(places.flatMap((one) => one.conversationIds))];
  const rows = new Map((await findInboxRows(pool, accountId, wanted)).map((row) => [row.id, row]));
  const noteIds = places.flatMap(({ event }) => readText(event, "noteId") ?? []);
  const items = await loadItems(pool, {
    ...{ accountId, version: 0, nowMs: deps.clock.now() },
    messageIds: [...new Set(places.flatMap(({ targetId }) => targetId ?? []))],
    notes: await findItemNotes(pool, accountId, [...new Set(noteIds)]),
    events: places
      .map(({ event }) => event)
      .filter(({ kind }) => THREAD_EVENT_KINDS.includes(kind)),
  });
  const frames = places.flatMap((one) => renderOne(one, { rows, items }));
  return { kind: "changes", to: reached, frames: frames.join("") };
}

interface Placed {
  event: LiveEvent;
  conversationIds: string[];
  /** The message that it shows: that to which a reaction belongs. */
  targetId: string | null;
}

/** In which conversations events happened; those that happened in none are left out. */
async function place(
  pool: Database,
  accountId: string,
  events: readonly LiveEvent[],
): Promise<Placed[]> {
  const messageIds = [...new Set(events.flatMap(({ messageId }) => messageId ?? []))];
  const found = await findConversationsOfMessages(pool, accountId, messageIds);
  const byMessage = Map.groupBy(found, (row) => row.messageId);
  const placed: Placed[] = [];
  for (const event of events) {
    const { kind, messageId } = event;
    if (messageId !== null) {
      const rows = byMessage.get(messageId);
      if (!rows) continue;
      const conversationIds = [...new Set(rows.map((row) => row.conversationId))];
      placed.push({ event, conversationIds, targetId: rows[0]?.targetId ?? null });
      continue;
    }
    const conversationId = readText(event, "conversationId");
    if (conversationId !== null) {
      placed.push({ event, conversationIds: [conversationId], targetId: null });
    } else if (kind.startsWith("contact.")) {
      const contactIds = ["contactId", "mergedId"].flatMap((key) => readText(event, key) ?? []);
      const of = { accountId, contactIds, max: CONVERSATIONS_MAX };
      const conversationIds = await listConversationsOfContacts(pool, of);
      placed.push({ event, conversationIds, targetId: null });
    } else if (kind.startsWith("catalogue.")) {
      placed.push({ event, conversationIds: [], targetId: null });
    }
  }
  return placed;
}

/** What changes more than can be told one by one: whole threads, or every row that had a team or label. */
function findReset(events: readonly LiveEvent[]): "erased" | "merged" | "catalogue" | null {
  if (events.some(({ kind }) => kind.startsWith("person."))) return "erased";
  if (events.some(({ kind }) => /^contact[.](?:un)?merged$/u.test(kind))) return "merged";
  return events.some(({ kind }) => kind === "catalogue.deleted") ? "catalogue" : null;
}

/** One frame for each conversation; only the last has the number, so that a cut in between repeats them all. */
function renderOne(
  { event, conversationIds, targetId }: Placed,
  known: {
    rows: ReadonlyMap<string, InboxRow>;
    items: Awaited<ReturnType<typeof loadItems>>;
  },
): string[] {
  const { seq, kind, data } = event;
  const itemId = targetId ?? readText(event, "noteId") ?? event.id;
  const isNote = kind.startsWith("note.");
  const item = known.items.get(isNote || targetId !== null ? itemId : event.id);
  const mentions = isNote && Array.isArray(data?.mentions) ? (data.mentions as string[]) : [];
  const shown: (string | null)[] = conversationIds.length === 0 ? [null] : conversationIds;
  return shown.map((id, index) => {
    const row = id === null ? undefined : known.rows.get(id);
    const change: LiveChange = {
      ...{ seq, kind, at: event.at.toISOString() },
      conversation_id: id,
      message_id: item?.id ?? null,
      conversation: row ? renderConversation(row, seq) : null,
      message: item ? { ...item, version: seq } : null,
      by: readText(event, "userId"),
      mentions,
    };
    const isLast = index === shown.length - 1;
    return formatFrame({ event: "change", data: change, ...(isLast && { id: seq }) });
  });
}

function readText({ data }: LiveEvent, key: string): string | null {
  const value = data?.[key];
  return typeof value === "string" ? value : null;
}
