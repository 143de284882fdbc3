import type { AccountSnapshot, ChannelView, TemplateView } from "../domain/account-snapshot.ts";
import type { MessageChange } from "../domain/message-status.ts";
import { judgePair, PAIR_INTERVAL_MS } from "../domain/pair-pace.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database, Transaction } from "../storage/connect.ts";
import { withTransaction } from "../storage/connect.ts";
import {
  findPairs,
  insertCalls,
  lockPace,
  lockQueued,
  moveMessages,
  type QueuedMessage,
  takeTokens,
  upsertPairs,
  type WaitingChannel,
} from "../storage/submitting.ts";
import { type ApplyDeps, applyChanges } from "./apply-changes.ts";

/** A call that is written down and may now be made, until the lease ends. */
export interface ClaimedCall {
  accountId: string;
  channelId: string;
  attemptId: string;
  message: QueuedMessage;
  leaseUntilMs: number;
  /** The same by a clock that nobody sets: `performance.now()`, milliseconds. */
  leaseUntilTick: number;
}

/** What a claim brought. */
export interface Claim {
  snapshot: AccountSnapshot;
  calls: ClaimedCall[];
  /** Whether more was due than was taken. */
  more: boolean;
}

/** What claiming needs. */
export interface ClaimDeps extends ApplyDeps {
  pool: Database;
  clock: Clock;
  instanceId: string;
}

/** A call's lease: longer than any call's time-out. */
export const CALL_LEASE_MS = 60_000;
/** Why a message failed that could not leave before its deadline. */
export const TOO_LATE = "La fecha límite del mensaje pasó antes de poder entregarlo a WhatsApp";

/**
 * Takes up to `countMax` due messages of one number, in one transaction: not faster than the number's
 * rate, not faster to one person than WhatsApp allows, and each written down as being called before
 * anything is sent. Messages past their deadline fail here.
 */
export function claimMessages(
  deps: ClaimDeps,
  channel: WaitingChannel,
  countMax: number,
): Promise<Claim | null> {
  return withTransaction(deps.pool, async (sql) => {
    const snapshots = await deps.directory.snapshots(sql, [channel.accountId]);
    const snapshot = snapshots.get(channel.accountId);
    const view = snapshot?.channels.get(channel.channelId);
    if (!snapshot || !view) return null;
    const nowMs = deps.clock.now();
    const allowed = await findAllowed(sql, channel, { view, nowMs, countMax });
    if (allowed === 0) return { snapshot, calls: [], more: false };
    const queued = await lockQueued(sql, channel, { nowMs, countMax: allowed });
    const sorted = await sortOut(sql, channel, { queued, nowMs });
    await failLate(sql, deps, { channel, late: sorted.late, nowMs });
    const moves = sorted.waiting.map(({ message, untilMs }) => ({
      id: message.id,
      lane: "queued",
      dueAtMs: untilMs,
      owner: null,
    }));
    await moveMessages(sql, channel.accountId, moves);
    const calls = await recordCalls(sql, deps, { channel, messages: sorted.going, nowMs });
    return { snapshot, calls, more: calls.length > 0 && queued.length === allowed };
  });
}

const templatesById = new WeakMap<AccountSnapshot, Map<string, TemplateView>>();

/** The template of a message, by the id that it was accepted with; null when it is gone. */
export function findTemplateById(
  snapshot: AccountSnapshot,
  templateId: string | null,
): TemplateView | null {
  let byId = templatesById.get(snapshot);
  if (!byId) {
    const views = [...snapshot.templatesByNumber.values()];
    byId = new Map(views.map((view) => [view.id, view]));
    templatesById.set(snapshot, byId);
  }
  return byId.get(templateId ?? "") ?? null;
}

async function findAllowed(
  sql: Transaction,
  channel: WaitingChannel,
  { view, nowMs, countMax }: { view: ChannelView; nowMs: number; countMax: number },
): Promise<number> {
  if (!view.active) return 0;
  // A fifth of a second's worth: more would let two bursts exceed the rate within one second.
  const burst = Math.max(1, Math.ceil(view.ratePerSecond / 5));
  const pace = await lockPace(sql, channel, { ratePerSecond: view.ratePerSecond, burst, nowMs });
  return pace.restUntilMs === null ? Math.min(countMax, Math.floor(pace.tokens)) : 0;
}

async function sortOut(
  sql: Transaction,
  channel: WaitingChannel,
  { queued, nowMs }: { queued: readonly QueuedMessage[]; nowMs: number },
) {
  const pairs = await findPairs(sql, channel, [
    ...new Set(queued.map((message) => message.mobile)),
  ]);
  const used = new Map<string, number>();
  const late: QueuedMessage[] = [];
  const delayed = new Map<string, number>();
  const waiting: { message: QueuedMessage; untilMs: number }[] = [];
  const going: QueuedMessage[] = [];
  for (const message of queued) {
    if (message.deadlineAtMs <= nowMs) late.push(message);
    else {
      const verdict = judgePair(used.get(message.mobile) ?? pairs.get(message.mobile), nowMs);
      if (verdict.kind === "wait") {
        // Each waits for those before it, or all would come back at the same moment for one place.
        const before = delayed.get(message.mobile) ?? 0;
        delayed.set(message.mobile, before + 1);
        const untilMs = verdict.untilMs + before * PAIR_INTERVAL_MS;
        waiting.push({ message, untilMs: Math.min(untilMs, message.deadlineAtMs) });
      } else {
        used.set(message.mobile, verdict.freeAtMs);
        going.push(message);
      }
    }
  }
  if (used.size > 0) await upsertPairs(sql, channel, used);
  return { late, waiting, going };
}

async function failLate(
  sql: Transaction,
  deps: ClaimDeps,
  { channel, late, nowMs }: { channel: WaitingChannel; late: QueuedMessage[]; nowMs: number },
): Promise<void> {
  if (late.length === 0) return;
  const change: MessageChange = { kind: "failed", atMs: nowMs, code: "402", reason: TOO_LATE };
  const changes = late.map((message) => ({ messageId: message.id, change }));
  await applyChanges(sql, deps, { accountId: channel.accountId, changes, nowMs });
}

async function recordCalls(
  sql: Transaction,
  deps: ClaimDeps,
  to: { channel: WaitingChannel; messages: readonly QueuedMessage[]; nowMs: number },
): Promise<ClaimedCall[]> {
  const { channel, messages, nowMs } = to;
  if (messages.length === 0) return [];
  const leaseUntilMs = nowMs + CALL_LEASE_MS;
  const calls = messages.map((message) => ({
    ...channel,
    attemptId: deps.ids.next(nowMs),
    message,
    leaseUntilMs,
    leaseUntilTick: performance.now() + CALL_LEASE_MS,
  }));
  await takeTokens(sql, channel, calls.length);
  await insertCalls(sql, channel.accountId, {
    owner: deps.instanceId,
    at: new Date(nowMs),
    leaseUntil: new Date(leaseUntilMs),
    starts: calls.map((call) => ({
      messageId: call.message.id,
      attemptId: call.attemptId,
      number: call.message.attempts + 1,
    })),
  });
  return calls;
}
