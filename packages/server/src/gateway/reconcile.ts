import type { Logger } from "pino";
import type { MessageChange } from "../domain/message-status.ts";
import { findMarkedCalls, type MarkedCalls, removeMarks } from "../platform/call-marker.ts";
import { idTimeMs } from "../platform/ids.ts";
import { type Instance, isCertainlyDead } from "../platform/instance.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Timers } from "../platform/timers.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import { deleteInstance, findInstances, upsertInstance } from "../storage/instances.ts";
import {
  findLate,
  findOverdue,
  findOwnedCount,
  findStranded,
  lockLate,
  lockOverdue,
  lockStranded,
  RECONCILED_MAX,
  type StrandedMessage,
} from "../storage/reconciling.ts";
import { moveMessages, updateAttempts } from "../storage/submitting.ts";
import { applyChanges } from "./apply-changes.ts";
import { type ClaimDeps, TOO_LATE } from "./claim.ts";

/*
 * Clears up after processes that died, and decides what nobody else decides in time.
 *
 * | found                                            | done                                             |
 * | ------------------------------------------------ | ------------------------------------------------ |
 * | calling, owner certainly dead, call not marked   | certainly not made: back into the queue          |
 * | calling, owner dead, call marked                 | unknown: never made again, events decide         |
 * | calling, lease over, owner elsewhere or unclear  | unknown                                          |
 * | calling, lease over, owner alive, not marked     | certainly not made: no call starts so late       |
| preparing, owner dead or lease over              | to be prepared again: that can be repeated       |
| not called yet, deadline over                    | failed and refunded, whatever its number's state |
 * | unknown, time up                                 | failed and refunded, the reason says so          |
 * | awaiting, deadline over                          | failed and refunded, the reason says so          |
 */

/** What reconciling needs. */
export interface ReconcileDeps extends ClaimDeps {
  logger: Logger;
  self: Instance;
  /** Folder of the call markers. */
  callsFolder: string;
  intervalMs: number;
  unknownOutcomeAfterMs: number;
  /** Whether this process is making this call, or writing down how it ended. */
  holds(attemptId: string): boolean;
  /** Default: the machine's. */
  timers?: Timers;
  /** Whether a process is certainly dead; default: as this host's kernel tells. */
  isDead?(instance: Instance, self: Instance): boolean;
}

/** How long a living process of this host may overrun its lease before it counts as stuck. */
const STUCK_AFTER_MS = 600_000;
/** How long an instance of another host may be silent before it is forgotten. */
const FORGET_AFTER_MS = 7 * 86_400_000;
/** How often messages that wait in vain are looked for: it reads the whole queue. */
const LATE_INTERVAL_MS = 60_000;
const NOT_MADE = "El proceso terminó antes de hacer la llamada";
const NOT_KNOWN = "No se sabe si WhatsApp aceptó el mensaje: la llamada quedó sin respuesta";
const GIVEN_UP = `${NOT_KNOWN}; el plazo de espera terminó`;
const NEVER_SENT = "WhatsApp aceptó el mensaje y no confirmó su envío antes de la fecha límite";

/** Builds the lane. Its first round takes over at once what a process of this host left behind. */
export function createReconcileLane(deps: ReconcileDeps): Lane {
  let lookedForLateAtMs = Number.NEGATIVE_INFINITY;
  return createLane({
    name: "reconcile",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    timers: deps.timers,
    async round() {
      const nowMs = deps.clock.now();
      await upsertInstance(deps.pool, deps.self, new Date(nowMs));
      await takeOver(deps, nowMs);
      await decideOverdue(deps, { lane: "unknown", reason: GIVEN_UP, nowMs });
      await decideOverdue(deps, { lane: "awaiting", reason: NEVER_SENT, nowMs });
      if (Math.abs(nowMs - lookedForLateAtMs) >= LATE_INTERVAL_MS) {
        // What is left over need not wait as long again: the next round looks at once.
        if (await decideLate(deps, nowMs)) lookedForLateAtMs = nowMs;
      }
      return false;
    },
  });
}

async function takeOver(deps: ReconcileDeps, nowMs: number): Promise<void> {
  const instances = await findInstances(deps.pool);
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const { isDead = isCertainlyDead } = deps;
  const dead = instances.filter((instance) => isDead(instance, deps.self));
  const owners = dead.map((instance) => instance.id);
  const preparing = await findStranded(deps.pool, "preparing", { owners, nowMs });
  for (const group of groupStranded(preparing)) {
    await aside(deps, group, () => requeuePreparing(deps, group, nowMs));
  }
  const calling = await findStranded(deps.pool, "calling", { owners, nowMs });
  for (const group of groupStranded(calling)) {
    const owner = byId.get(group[0]?.owner ?? "");
    const living = owner?.host === deps.self.host && !owners.includes(owner.id);
    const marked = owner ? findMarks(deps, owner) : null;
    // A living owner makes no call once its lease is over, but one that it has made may still end.
    const ripe = group.filter(
      (one) =>
        !living || wasNotMade(deps, marked, one) || one.leaseUntilMs + STUCK_AFTER_MS <= nowMs,
    );
    await aside(deps, ripe, () => settleCalls(deps, ripe, marked));
  }
  for (const instance of instances) {
    const silent = instance.seenAt.getTime() + FORGET_AFTER_MS < nowMs;
    if (owners.includes(instance.id) || silent) await forget(deps, instance);
  }
}

/** Certainly so: its owner's marks since then are here and whole, and this call is not among them. */
function wasNotMade(
  deps: ReconcileDeps,
  marked: MarkedCalls | null,
  { attemptId }: StrandedMessage,
): boolean {
  if (marked === null || attemptId === null || deps.holds(attemptId)) return false;
  return idTimeMs(attemptId) >= marked.completeSinceMs && !marked.attemptIds.has(attemptId);
}

function findMarks(deps: ReconcileDeps, instance: Instance): MarkedCalls | null {
  if (instance.bootId !== deps.self.bootId) return null;
  return findMarkedCalls(deps.callsFolder, { bootId: instance.bootId, instanceId: instance.id });
}

async function requeuePreparing(
  deps: ReconcileDeps,
  group: readonly StrandedMessage[],
  nowMs: number,
): Promise<void> {
  const { accountId = "", owner = null } = group[0] ?? {};
  await withTransaction(deps.pool, async (sql) => {
    const ids = group.map((one) => one.id);
    const held = await lockStranded(sql, accountId, { lane: "preparing", owner, ids });
    const moves = [...held].map((id) => ({ id, lane: "unprepared", dueAtMs: nowMs, owner: null }));
    await moveMessages(sql, accountId, moves);
  });
}

async function settleCalls(
  deps: ReconcileDeps,
  group: readonly StrandedMessage[],
  marked: MarkedCalls | null,
): Promise<void> {
  const { accountId = "", owner = null } = group[0] ?? {};
  if (group.length === 0) return;
  await withTransaction(deps.pool, async (sql) => {
    const ids = group.map((one) => one.id);
    const held = await lockStranded(sql, accountId, { lane: "calling", owner, ids });
    // Not the moment at which the round began: this process may have stood still since, and the call been made meanwhile.
    const nowMs = deps.clock.now();
    const stranded = group.filter((one) => held.has(one.id));
    const notMade = (one: StrandedMessage) => wasNotMade(deps, marked, one);
    const changes = stranded.map((one) => ({
      messageId: one.id,
      change: notMade(one) ? again(one, nowMs) : becomeUnknown(deps, nowMs),
    }));
    const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
    const ends = stranded.flatMap((one) => {
      if (one.attemptId === null) return [];
      const [outcome, reason] = notMade(one)
        ? (["not-made", NOT_MADE] as const)
        : (["unknown", NOT_KNOWN] as const);
      return [{ attemptId: one.attemptId, outcome, code: null, reason, at: new Date(nowMs) }];
    });
    await updateAttempts(sql, accountId, ends);
    await Promise.all(applied.finish());
    const requeued = stranded.filter(notMade).length;
    const unknown = stranded.length - requeued;
    deps.logger.warn({ accountId, owner, requeued, unknown }, "reconcile.took_over");
  });
}

function again({ attempts }: StrandedMessage, nowMs: number): MessageChange {
  return {
    kind: "retry",
    from: "calling",
    attempt: attempts,
    atMs: nowMs,
    dueAtMs: nowMs,
    code: "402",
    reason: NOT_MADE,
  };
}

function becomeUnknown(deps: ReconcileDeps, nowMs: number): MessageChange {
  const giveUpAtMs = nowMs + deps.unknownOutcomeAfterMs;
  return { kind: "unknown", atMs: nowMs, giveUpAtMs, why: NOT_KNOWN };
}

async function decideOverdue(
  deps: ReconcileDeps,
  { lane, reason, nowMs }: { lane: "unknown" | "awaiting"; reason: string; nowMs: number },
): Promise<void> {
  const overdue = await findOverdue(deps.pool, lane, nowMs);
  for (const [accountId, group] of Map.groupBy(overdue, (one) => one.accountId)) {
    const ids = group.map((one) => one.id);
    const decide = async (sql: Transaction) => {
      const held = await lockOverdue(sql, accountId, { lane, ids, nowMs });
      await failAll(sql, deps, { accountId, ids: held, reason, nowMs });
    };
    await aside(deps, group, () => withTransaction(deps.pool, decide));
  }
}

/**
 * Messages that nobody could call in time: their number rests, is inactive or gone, or others were first. False when some are left:
 * somebody held them just now, or they were too many for one round.
 */
async function decideLate(deps: ReconcileDeps, nowMs: number): Promise<boolean> {
  const late = await findLate(deps.pool, nowMs);
  let left = 0;
  for (const [accountId, group] of Map.groupBy(late, (one) => one.accountId)) {
    const ids = group.map((one) => one.id);
    const decide = async (sql: Transaction) => {
      const held = await lockLate(sql, accountId, { ids, nowMs });
      await failAll(sql, deps, { accountId, ids: held, reason: TOO_LATE, nowMs });
      return ids.length - held.length;
    };
    // What fails is not asked for sooner than the rest: looking reads the whole queue.
    await aside(deps, group, async () => {
      left += await withTransaction(deps.pool, decide);
    });
  }
  return left === 0 && late.length < RECONCILED_MAX;
}

async function failAll(
  sql: Transaction,
  deps: ReconcileDeps,
  failed: { accountId: string; ids: readonly string[]; reason: string; nowMs: number },
): Promise<void> {
  const { accountId, ids, reason, nowMs } = failed;
  const change: MessageChange = { kind: "failed", atMs: nowMs, code: "402", reason };
  const changes = ids.map((messageId) => ({ messageId, change }));
  const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
  await Promise.all(applied.finish());
}

/** One account's trouble must not keep the others' messages undecided: it is logged, and tried again in the next round. */
async function aside(
  deps: ReconcileDeps,
  [first]: readonly { accountId: string }[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.logger.error({ accountId: first?.accountId, err: error }, "reconcile.failed");
  }
}

async function forget(deps: ReconcileDeps, instance: Instance): Promise<void> {
  if ((await findOwnedCount(deps.pool, instance.id)) > 0) return;
  if (instance.bootId === deps.self.bootId) {
    removeMarks(deps.callsFolder, { bootId: instance.bootId, instanceId: instance.id });
  }
  await deleteInstance(deps.pool, instance.id);
}

function groupStranded(stranded: readonly StrandedMessage[]): StrandedMessage[][] {
  return [...Map.groupBy(stranded, (one) => `${one.accountId} ${one.owner}`).values()];
}
