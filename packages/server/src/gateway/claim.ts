import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { MessageChange } from "../domain/message-status.ts";
import { judgePair, PAIR_INTERVAL_MS } from "../domain/pair-pace.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database, Transaction } from "../storage/connect.ts";
import { withPipelinedTransaction } from "../storage/connect.ts";
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
import { type Applied, type ApplyDeps, applyChanges } from "./apply-changes.ts";
import { planMoves } from "./other-number.ts";

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
  return withPipelinedTransaction(deps.pool, async (sql) => {
    const nowMs = deps.clock.now();
    const { accountId } = channel;
    const remembered = deps.directory.remembered([accountId]).get(accountId);
    const rate = remembered?.channels.get(channel.channelId)?.ratePerSecond ?? 1;
    // Asked at once; of the messages that are locked only as many are used as the pace allows.
    const [snapshots, pace, queued] = await Promise.all([
      deps.directory.snapshots(sql, [accountId]),
      lockPace(sql, channel, { ratePerSecond: rate, burst: findBurst(rate), nowMs }),
      lockQueued(sql, channel, { nowMs, countMax }),
    ]);
    const snapshot = snapshots.get(accountId);
    const view = snapshot?.channels.get(channel.channelId);
    if (!snapshot || !view) return { result: null, pending: [] };
    const usable = view.active && pace.restUntilMs === null;
    const allowed = usable ? Math.min(countMax, Math.floor(pace.tokens)) : 0;
    const moves = usable
      ? []
      : await planMoves(sql, snapshot, { channel, queued, restUntilMs: pace.restUntilMs, nowMs });
    if (moves.length > 0) {
      const left = await applyChanges(sql, deps, { accountId, changes: moves, nowMs });
      // The other number's turn comes with the next look.
      return { result: { snapshot, calls: [], more: true }, pending: left.finish() };
    }
    const sorted = await sortOut(sql, channel, { queued: queued.slice(0, allowed), nowMs });
    const late = await failLate(sql, deps, { channel, late: sorted.late, nowMs });
    const moved = moveMessages(sql, accountId, sorted.waiting);
    const { calls, recorded } = recordCalls(sql, deps, { channel, messages: sorted.going, nowMs });
    const more = calls.length > 0 && queued.length === countMax && allowed === countMax;
    const pending = [sorted.paid, moved, ...recorded, ...late.finish()];
    return { result: { snapshot, calls, more }, pending };
  });
}

/** A fifth of a second's worth: more would let two bursts exceed the rate within one second. */
function findBurst(ratePerSecond: number): number {
  return Math.max(1, Math.ceil(ratePerSecond / 5));
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
  const waiting: { id: string; lane: string; dueAtMs: number; owner: null }[] = [];
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
        const dueAtMs = Math.min(untilMs, message.deadlineAtMs);
        waiting.push({ id: message.id, lane: "queued", dueAtMs, owner: null });
      } else {
        used.set(message.mobile, verdict.freeAtMs);
        going.push(message);
      }
    }
  }
  const paid = used.size > 0 ? upsertPairs(sql, channel, used) : Promise.resolve();
  paid.catch(() => {});
  return { late, waiting, going, paid };
}

async function failLate(
  sql: Transaction,
  deps: ClaimDeps,
  { channel, late, nowMs }: { channel: WaitingChannel; late: QueuedMessage[]; nowMs: number },
): Promise<Pick<Applied, "finish">> {
  if (late.length === 0) return { finish: () => [] };
  const change: MessageChange = { kind: "failed", atMs: nowMs, code: "402", reason: TOO_LATE };
  const changes = late.map((message) => ({ messageId: message.id, change }));
  return applyChanges(sql, deps, { accountId: channel.accountId, changes, nowMs });
}

function recordCalls(
  sql: Transaction,
  deps: ClaimDeps,
  to: { channel: WaitingChannel; messages: readonly QueuedMessage[]; nowMs: number },
): { calls: ClaimedCall[]; recorded: Promise<unknown>[] } {
  const { channel, messages, nowMs } = to;
  if (messages.length === 0) return { calls: [], recorded: [] };
  const leaseUntilMs = nowMs + CALL_LEASE_MS;
  const leaseUntilTick = performance.now() + CALL_LEASE_MS;
  const calls = messages.map((message) => ({
    ...channel,
    attemptId: deps.ids.next(nowMs),
    message,
    leaseUntilMs,
    leaseUntilTick,
  }));
  const taken = takeTokens(sql, channel, calls.length);
  const inserted = insertCalls(sql, channel.accountId, {
    owner: deps.instanceId,
    at: new Date(nowMs),
    leaseUntil: new Date(leaseUntilMs),
    starts: calls.map((call) => ({
      messageId: call.message.id,
      attemptId: call.attemptId,
      number: call.message.attempts + 1,
    })),
  });
  return { calls, recorded: [taken, inserted] };
}
