import type { Logger } from "pino";
import { makeContactEvent, tellContactEvents } from "../contacts/contact-events.ts";
import {
  readWorkEvent,
  WORK_KINDS,
  type WorkEvent,
  type WorkFact,
  type WorkState,
} from "../domain/work-facts.ts";
import type { Clock } from "../platform/clock.ts";
import { isUuid } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import { endWaiting } from "../storage/end-waiting.ts";
import {
  type FollowedEvent,
  listBehind,
  lockFollower,
  readStretch,
  updateFollower,
} from "../storage/log-followers.ts";
import { findWorkStates, insertWorkFacts, putWorkStates } from "../storage/work-log.ts";
import { type AutomationDeps, type HeardEvent, planAutoMessages } from "./work-automation.ts";

/*
 * Follows each account's log for the work of the inbox: what reports count is written down, what is to be said without
 * anybody is decided, and whoever was answered by an integrator waits no longer; all in the transaction that notes how far it
 * came. So whoever sends pays nothing for it.
 */

/** What following needs. */
export interface WorkFollowerDeps extends AutomationDeps {
  pool: Database;
  clock: Clock;
}

const ACCOUNTS_MAX = 100;
const EVENTS_MAX = 2_000;
/** Of a message that goes out. */
const ACCEPTED = "accepted";
const KINDS = [...WORK_KINDS, ACCEPTED];

/** Builds the lane. */
export function createWorkLane(
  deps: WorkFollowerDeps & { logger: Logger; intervalMs: number; onPlanned(): void },
): Lane {
  return createLane({
    name: "work",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const accountIds = await listBehind(deps.pool, "work", ACCOUNTS_MAX);
      let more = false;
      for (const accountId of accountIds) {
        try {
          const done = await followWork(deps, accountId);
          if (done.planned > 0) deps.onPlanned();
          more ||= done.more || accountIds.length === ACCOUNTS_MAX;
        } catch (error) {
          // One account's trouble must not leave the others' logs unread.
          deps.logger.error({ accountId, err: error }, "work.failed");
        }
      }
      return more;
    },
  });
}

/** One stretch of an account's log; `more`: there is more of it. */
export function followWork(
  deps: WorkFollowerDeps,
  accountId: string,
): Promise<{ more: boolean; planned: number }> {
  return withTransaction(deps.pool, async (sql) => {
    const place = await lockFollower(sql, { accountId, follower: "work", from: "all" });
    if (!place) return { more: false, planned: 0 };
    const stretch = { accountId, after: place.seq, kinds: KINDS, countMax: EVENTS_MAX };
    const { events, to, head } = await readStretch(sql, stretch);
    const read = events.flatMap((event) => readEvent(event) ?? []);
    const ids = [...new Set(read.map(({ conversationId }) => conversationId))];
    const before = await findWorkStates(sql, accountId, ids);
    const { states, facts, heard } = reduce(before, read);
    await putWorkStates(sql, accountId, [...states.values()]);
    await insertWorkFacts(sql, accountId, facts);
    const nowMs = deps.clock.now();
    const planned = await planAutoMessages(sql, deps, { accountId, events: heard, nowMs });
    const messagesAfter = to < head ? place.messagesAfter : null;
    await updateFollower(sql, "work", { ...place, seq: to, messagesAfter });
    const accepted = events.filter(({ kind }) => kind === ACCEPTED);
    const messageIds = accepted.flatMap(({ messageId }) => messageId ?? []);
    await noteAnswers(sql, deps, { accountId, messageIds, nowMs });
    return { more: to < head, planned };
  });
}

/** Tells whom integrators answered. The last of the transaction: events are numbered in it. */
async function noteAnswers(
  sql: Transaction,
  deps: WorkFollowerDeps,
  of: { accountId: string; messageIds: readonly string[]; nowMs: number },
): Promise<void> {
  const { accountId, messageIds, nowMs: atMs } = of;
  const answered = await endWaiting(sql, { accountId, messageIds, now: new Date(atMs) });
  const events = answered.map(({ id, contactId, channelId, projectId, messageId }) =>
    makeContactEvent(deps.ids, {
      ...{ accountId, kind: "conversation.answered", projectId, contactIds: [contactId], atMs },
      data: { conversationId: id, contactId, channelId, by: "caller", messageId },
    }),
  );
  await tellContactEvents(sql, events);
}

type ReadEvent = WorkEvent & { messageId: string | null };

function reduce(before: readonly WorkState[], events: readonly ReadEvent[]) {
  const states = new Map(before.map((state) => [state.conversationId, state]));
  const facts: WorkFact[] = [];
  const heard: HeardEvent[] = [];
  for (const event of events) {
    const known = states.get(event.conversationId);
    const read = readWorkEvent(known, event);
    states.set(event.conversationId, read.state);
    facts.push(...read.facts);
    heard.push({ ...event, ended: known?.ended ?? false });
  }
  return { states, facts, heard };
}

/** Null when it is not about a conversation. */
function readEvent(event: FollowedEvent): ReadEvent | null {
  const { id, kind, at, messageId, projectId, data } = event;
  const conversationId = readId(data.conversationId);
  if (conversationId === null || projectId === null) return null;
  const about = { id, kind, at, messageId, conversationId, projectId };
  const byUserId = kind === "conversation.rated" ? readId(data.ofUserId) : readId(data.userId);
  return {
    ...{ ...about, byUserId },
    ...("assigneeId" in data && { assigneeId: readId(data.assigneeId) }),
    ...("teamId" in data && { teamId: readId(data.teamId) }),
    ...(typeof data.rating === "number" && { score: data.rating }),
  };
}

function readId(value: unknown): string | null {
  return typeof value === "string" && isUuid(value) ? value : null;
}
