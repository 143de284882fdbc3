import type { Logger } from "pino";
import { refuseField } from "../accounts/check-fields.ts";
import {
  cutPage,
  openCursor,
  type Page,
  type PageRequest,
  refuseCursor,
} from "../accounts/page.ts";
import { AppError } from "../platform/app-error.ts";
import { isUuid } from "../platform/ids.ts";
import { findSqlState, type Transaction, withTransaction } from "../storage/connect.ts";
import {
  type ConversationFilter,
  type ConversationKey,
  type ConversationPlace,
  type ConversationRow,
  type ConversationState,
  type ConversationView,
  countInboundAfter,
  findDueSnoozedAccount,
  findUnresolved,
  listConversations,
  lockConversation,
  lockDueSnoozed,
  updateConversation,
} from "../storage/conversations.ts";
import { findMessages, type MessageView } from "../storage/message-queries.ts";
import { findPlace, listPlacedMessages } from "../storage/thread-places.ts";
import { makeContactEvent, tellContactEvents } from "./contact-events.ts";
import type { ContactDeps } from "./contacts.ts";

/** A contact on a channel, with the end of its thread. */
export type Conversation = ConversationView;

/** Which part of a thread, and from which end. */
export interface ThreadRequest extends PageRequest {
  order: "newest" | "oldest";
  /** Only messages after this one. */
  after?: string | undefined;
  /** Only messages before this one. */
  before?: string | undefined;
}

/** What somebody changes of a conversation. */
export interface ConversationChange {
  state: ConversationState;
  /** With `snoozed`: when it opens by itself; absent: when the person writes. */
  snoozedUntil?: Date | undefined;
  /** Refuse if it has changed since. */
  version?: bigint | undefined;
  /** Who of the account does it in the console; absent: a program. */
  userId?: string | undefined;
}

const SNOOZE_MAX_MS = 365 * 86_400_000;
/** Of one account at a time. */
const WAKE_BATCH = 100;
const WAKE_TURNS_MAX = 100;

/** Conversations, those with the newest word of their person first. */
export async function browseConversations(
  deps: Pick<ContactDeps, "pool">,
  filter: ConversationFilter,
  page: PageRequest,
): Promise<Page<Conversation>> {
  const before = page.cursor === undefined ? null : openPlace(page.cursor);
  const rows = await listConversations(deps.pool, filter, { before, limit: page.limit + 1 });
  return cutPage(rows, page.limit, (row) => [String(row.lastInboundAt.getTime()), row.id]);
}

/** The messages of a conversation's person on its channel, those of earlier conversations too, as they stand in the console. */
export async function browseThread(
  deps: Pick<ContactDeps, "pool">,
  conversation: Conversation & { onlyProjectId: string | null },
  request: ThreadRequest,
): Promise<Page<MessageView>> {
  const { order, cursor, limit } = request;
  const from = cursor === undefined ? null : openThreadCursor(cursor);
  const { accountId, contactId, channelId } = conversation;
  const placeOf = async (id: string) => (await findPlace(deps.pool, accountId, id)) ?? id;
  const after = request.after === undefined ? LOWEST : await placeOf(request.after);
  const before = request.before === undefined ? HIGHEST : await placeOf(request.before);
  const placed = await listPlacedMessages(deps.pool, {
    ...{ accountId, contactId, channelId, order, limit: limit + 1 },
    ...{ projectId: conversation.onlyProjectId, withReactions: true },
    after: order === "oldest" && from !== null && from > after ? from : after,
    before: order === "newest" && from !== null && from < before ? from : before,
  });
  const ids = placed.map(({ id }) => id);
  const found = await findMessages(deps.pool, accountId, ids);
  const byId = new Map(found.map((message) => [message.id, message]));
  const page = cutPage(placed, limit, ({ place }) => [place]);
  return { ...page, items: page.items.flatMap(({ id }) => byId.get(id) ?? []) };
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Resolves, snoozes or reopens a conversation. What is so already stays, and is not told again. */
export async function changeConversation(
  deps: ContactDeps,
  key: ConversationKey,
  change: ConversationChange,
): Promise<void> {
  const nowMs = deps.clock.now();
  const { snoozedUntil } = change;
  if (snoozedUntil !== undefined) {
    const aheadMs = snoozedUntil.getTime() - nowMs;
    if (change.state !== "snoozed") refuseField("snoozed_until", "goes with the state snoozed");
    if (aheadMs <= 0 || aheadMs > SNOOZE_MAX_MS) {
      refuseField("snoozed_until", "must lie ahead, and at most a year");
    }
  }
  await withTransaction(deps.pool, async (sql) => {
    const conversation = await getLocked(sql, key);
    if (change.version !== undefined && change.version !== conversation.version) {
      throw new AppError("conflict", "The conversation has changed: read it again.");
    }
    const sameHour = conversation.snoozedUntil?.getTime() === snoozedUntil?.getTime();
    if (conversation.state === change.state && sameHour) return;
    await checkOnlyOne(sql, conversation, change.state);
    const at = new Date(nowMs);
    const isResolved = change.state === "resolved";
    const next = {
      ...conversation,
      state: change.state,
      snoozedUntil: snoozedUntil ?? null,
      resolvedAt: isResolved ? at : null,
      unread: isResolved ? 0 : conversation.unread,
      waitingSince: isResolved ? null : conversation.waitingSince,
    };
    await updateConversation(sql, next, at).catch(refuseSecond);
    const kind = KINDS[change.state];
    const { userId } = change;
    const by = userId === undefined ? { by: "caller" } : { by: "agent", userId };
    const until = snoozedUntil === undefined ? {} : { until: snoozedUntil.toISOString() };
    await tell(sql, deps, { kind, conversation, data: { ...by, ...until } });
  });
}

/** Notes that a conversation was read, up to and with a message, or whole. Safe to repeat. */
export async function markConversationRead(
  deps: ContactDeps,
  key: ConversationKey,
  upTo: string | null,
): Promise<void> {
  await withTransaction(deps.pool, async (sql) => {
    const conversation = await getLocked(sql, key);
    const left = upTo === null ? 0 : await countInboundAfter(sql, conversation, upTo);
    const unread = Math.min(left, conversation.unread);
    if (unread === conversation.unread) return;
    await updateConversation(sql, { ...conversation, unread }, new Date(deps.clock.now()));
    await tell(sql, deps, { kind: "conversation.read", conversation, data: { unread } });
  });
}

/** Opens snoozed conversations whose hour has come; true when there may be more. */
export async function wakeSnoozed(deps: ContactDeps & { logger: Logger }): Promise<boolean> {
  const now = new Date(deps.clock.now());
  const passed: string[] = [];
  for (let turn = 0; turn < WAKE_TURNS_MAX; turn += 1) {
    const accountId = await findDueSnoozedAccount(deps.pool, now, passed);
    if (accountId === null) return false;
    try {
      if (await wakeOfAccount(deps, accountId, now)) continue;
    } catch (error) {
      // One account's trouble must not let the others' conversations sleep on.
      deps.logger.error({ accountId, err: error }, "conversations.not_woken");
    }
    passed.push(accountId);
  }
  return true;
}

/** One batch; true when there may be more. */
function wakeOfAccount(deps: ContactDeps, accountId: string, now: Date): Promise<boolean> {
  return withTransaction(deps.pool, async (sql) => {
    const due = await lockDueSnoozed(sql, accountId, { now, countMax: WAKE_BATCH });
    for (const conversation of due) {
      await updateConversation(sql, { ...conversation, state: "open", snoozedUntil: null }, now);
    }
    const events = due.map((conversation) =>
      makeEvent(deps, { kind: "conversation.reopened", conversation, data: { by: "clock" } }),
    );
    await tellContactEvents(sql, events);
    return due.length === WAKE_BATCH;
  });
}

const KINDS = {
  open: "conversation.reopened",
  snoozed: "conversation.snoozed",
  resolved: "conversation.resolved",
} as const;

interface Telling {
  kind: (typeof KINDS)[ConversationState] | "conversation.read";
  conversation: ConversationRow;
  data: Record<string, unknown>;
}

function makeEvent(deps: ContactDeps, { kind, conversation, data }: Telling) {
  const { accountId, id: conversationId, contactId, projectId } = conversation;
  return makeContactEvent(deps.ids, {
    ...{ accountId, kind, projectId, contactIds: [contactId], atMs: deps.clock.now() },
    data: { conversationId, contactId, ...data },
  });
}

async function tell(sql: Transaction, deps: ContactDeps, telling: Telling): Promise<void> {
  await tellContactEvents(sql, [makeEvent(deps, telling)]);
}

async function getLocked(sql: Transaction, key: ConversationKey): Promise<ConversationRow> {
  const conversation = await lockConversation(sql, key);
  if (!conversation) throw new AppError("not_found", "There is no such conversation.");
  return conversation;
}

/** One that was resolved opens again only while its person has no other open one on the channel. */
async function checkOnlyOne(
  sql: Transaction,
  { accountId, contactId, channelId, state }: ConversationRow,
  wanted: ConversationState,
): Promise<void> {
  if (state !== "resolved" || wanted === "resolved") return;
  const other = await findUnresolved(sql, { accountId, id: contactId }, channelId);
  if (other === null) return;
  throw new AppError("conflict", `The person has an open conversation on this number: ${other}.`);
}

/** The person wrote at this very moment, and has an open one now. */
function refuseSecond(error: unknown): never {
  if (findSqlState(error) !== UNIQUE_VIOLATION) throw error;
  throw new AppError("conflict", "The person has just begun another conversation on this number.");
}

const UNIQUE_VIOLATION = "23505";

function openPlace(cursor: string): ConversationPlace {
  const [ms = "", id = ""] = openCursor(cursor);
  if (!/^-?\d{1,15}$/u.test(ms) || !isUuid(id)) refuseCursor();
  return { lastInboundAt: new Date(Number(ms)), id };
}

function openThreadCursor(cursor: string): string {
  const [id = ""] = openCursor(cursor);
  return isUuid(id) ? id : refuseCursor();
}
