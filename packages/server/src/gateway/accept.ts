import type { Directory } from "../accounts/directory.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { AppError } from "../platform/app-error.ts";
import { type Batcher, createBatcher } from "../platform/batcher.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { MeteredGroup } from "../platform/metrics.ts";
import { IDS_NAMED_MAX, noTracer, type Tracer } from "../platform/tracer.ts";
import {
  findRecent,
  insertAccepted,
  lockWallets,
  type RecentAnswer,
} from "../storage/accepting.ts";
import { settleAlerts } from "../storage/balance-alerts.ts";
import { addToCampaigns } from "../storage/campaigns.ts";
import {
  type Database,
  isDataError,
  type PipelinedWork,
  type Transaction,
  withPipelinedTransaction,
} from "../storage/connect.ts";
import { insertHeld } from "../storage/held-messages.ts";
import { findKeys, insertKeys, type KnownKey } from "../storage/idempotency-keys.ts";
import { insertMedia } from "../storage/media.ts";
import { addSpending } from "../storage/spending.ts";
import { createRound } from "./accept-round.ts";
import { mayBeRepeated, type ResolvedSend } from "./decide.ts";
import { type GuardCounter, openGuardCounter } from "./guard-counter.ts";
import { createHoldQueue, findWaiting } from "./hold-queue.ts";
import { createKeyRing, nameSendKey } from "./key-ring.ts";
import { askAboutRecent } from "./recent-question.ts";
import { resolveSend } from "./resolve-send.ts";
import type { SendAnswer } from "./send-answer.ts";
import { type PreparedSend, prepareSend, type SendRequest } from "./send-request.ts";
import { createSpendMeter, findSpending, type KnownSpending } from "./spend-meter.ts";

/*
 * The hot path. Concurrent sends share one transaction: their accounts' wallets are locked, everything
 * is judged in order of arrival against what the neighbours before have spent and said, and stored by
 * one statement. The answer leaves after the commit; with any answer but 1 nothing was stored.
 */

/** The acceptance of sends. */
export interface Acceptance {
  /** Rejects with AppError `too_many_requests` when the queue is full, else with the database's error. */
  send(request: SendRequest): Promise<SendAnswer>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** What {@link createAcceptance} needs. */
export interface AcceptanceOptions {
  pool: Database;
  directory: Directory;
  clock: Clock;
  ids: IdMaker;
  /** Sends that may wait for a place in a group; one more answers 429. */
  waitingMax: number;
  /** Told after each commit that stored something. */
  onAccepted(count: number): void;
  /** Told of each group that was answered. */
  onGroup?(group: MeteredGroup): void;
  tracer?: Tracer;
}

const GROUP_SIZE_MAX = 200;
/** A second group waits for the wallets of the first, with half of its sends and a commit of its own. */
const GROUPS_AT_ONCE_MAX = 1;
/** With so many in it that pays all the same: it has the wallets the moment that the first is durable, while the first is answered. */
const CROWD = 60;

/**
 * Whose turn a send takes whose token has not been found yet: one turn for all of them, so that tokens cost whoever makes many up
 * and not the others. An account's own begin once one of its sends with that token has been judged.
 */
const STRANGERS = "";

/** How long an idempotency key is remembered. */
export const KEY_LIFE_MS = 72 * 3_600_000;

/** Starts the acceptance. */
export function createAcceptance(options: AcceptanceOptions): Acceptance {
  const batcher: Batcher<PreparedSend, SendAnswer> = createBatcher({
    sizeMax: GROUP_SIZE_MAX,
    lanesMax: GROUPS_AT_ONCE_MAX,
    crowd: CROWD,
    waitingMax: options.waitingMax,
    ownerOf: (send) =>
      send.accountId ?? options.directory.rememberedAccount(send.tokenHash) ?? STRANGERS,
    run: (group) => traceGroup(options, group),
    overflow: () =>
      new AppError("too_many_requests", {
        message: "Too many sends are waiting; try again in a second.",
        retryAfterS: 1,
      }),
  });
  return { send: (request) => batcher.add(prepareSend(request)), idle: batcher.idle };
}

/** The group as a step of its own: it belongs to none of the requests in it. */
function traceGroup(
  options: AcceptanceOptions,
  group: PreparedSend[],
): Promise<(SendAnswer | Error)[]> {
  const { tracer = noTracer } = options;
  const step = { name: "accept.group", root: true, facts: { "recado.sends": group.length } };
  return tracer.trace(step, async (span) => {
    const answers = await acceptGroup(options, group);
    if (tracer.enabled) {
      const ids = answers.flatMap((one) => ("messageId" in one ? one.messageId : []));
      span.note({ "recado.message_ids": ids.slice(0, IDS_NAMED_MAX) });
    }
    return answers;
  });
}

async function acceptGroup(
  options: AcceptanceOptions,
  group: PreparedSend[],
): Promise<(SendAnswer | Error)[]> {
  const startedMs = performance.now();
  try {
    const { answers, charged } = await withPipelinedTransaction(options.pool, (sql) =>
      acceptIn(sql, options, group),
    );
    const accepted = answers.filter((answer) => answer.code === 1 && !answer.replayed).length;
    if (accepted > 0) options.onAccepted(accepted);
    const codes = answers.map((answer) => answer.code);
    options.onGroup?.({ codes, charged, durationMs: performance.now() - startedMs });
    return answers;
  } catch (error) {
    // A value that the database refuses must not cost the neighbours their answer.
    if (group.length === 1 || !isDataError(error)) throw error;
    const alone = group.map((send) => acceptGroup(options, [send]).catch((reason) => [reason]));
    return (await Promise.all(alone)).map(([answer]) => answer ?? new Error("no answer"));
  }
}

/**
 * Two round trips: the wallets are locked and the questions about repeats and keys are asked by what is
 * remembered of the accounts; if that was out of date, both are done again by what is true.
 */
async function acceptIn(
  sql: Transaction,
  options: AcceptanceOptions,
  group: readonly PreparedSend[],
): Promise<PipelinedWork<{ answers: SendAnswer[]; charged: Map<string, bigint> }>> {
  const { directory, ids } = options;
  const hashes = group.flatMap((send) => (send.accountId === null ? [send.tokenHash] : []));
  const owners = await directory.accountsByToken(sql, hashes);
  const ownerOf = (send: PreparedSend) => send.accountId ?? owners.get(send.tokenHash) ?? "";
  const own = group.flatMap((send) => send.accountId ?? []);
  const accountIds = [...new Set([...owners.values(), ...own])];
  const locked = lockWallets(sql, accountIds);
  const remembered = directory.remembered(accountIds);
  const resolve = (snapshots: ReadonlyMap<string, AccountSnapshot>) => {
    const nowMs = options.clock.now();
    return group.map((prepared) => {
      const snapshot = snapshots.get(ownerOf(prepared)) ?? null;
      return { send: resolveSend(prepared, snapshot, nowMs), nowMs };
    });
  };
  let sends = resolve(remembered);
  const asked = findHistory(sql, sends);
  asked.catch(() => {});
  const wallets = await locked;
  let history = await asked;
  if ([...wallets.values()].some((row) => remembered.get(row.accountId)?.version !== row.version)) {
    const versions = new Map([...wallets.values()].map((row) => [row.accountId, row.version]));
    sends = resolve(await directory.snapshotsAt(sql, versions));
    history = await findHistory(sql, sends);
  }
  const nowMs = sends[0]?.nowMs ?? options.clock.now();
  const keys = createKeyRing(history.keys, nowMs);
  const meter = createSpendMeter(history.spending, { ids, nowMs });
  const queue = createHoldQueue(history.waiting);
  const round = createRound({ wallets, ...history, keys, nowMs, ids, meter, queue });
  const answers = sends.map(({ send }, index) => round.judge(send, index));
  const result = { answers, charged: round.charged };
  if (round.rows.length + queue.rows.length === 0) return { result, pending: [] };
  const at = new Date(nowMs);
  // Before the events: who tells of alerts locks them first too.
  const limits = [
    settleAlerts(sql, round.crossings(), at),
    addSpending(sql, meter.counted),
    addToCampaigns(sql, meter.campaigns),
  ];
  const { rows } = round;
  const stored = rows.length > 0 ? [insertAccepted(sql, rows, round.spending())] : [];
  const rest = [
    insertMedia(sql, [...rows, ...queue.rows], ids),
    insertKeys(sql, keys.used),
    ...history.guards.store(sql),
  ];
  return { result, pending: [...limits, ...stored, ...insertHeld(sql, queue.rows), ...rest] };
}

/** What was said before. A twin in flight has waited for the wallet, and finds the first one's key here. */
async function findHistory(
  sql: Transaction,
  sends: readonly { send: ResolvedSend; nowMs: number }[],
): Promise<{
  recents: Map<number, RecentAnswer>;
  keys: Map<string, KnownKey>;
  spending: KnownSpending;
  waiting: Map<string, number>;
  guards: GuardCounter;
}> {
  const named = sends.flatMap(({ send }) => nameSendKey(send) ?? []);
  const sinceMs = (sends[0]?.nowMs ?? 0) - KEY_LIFE_MS;
  const [recents, keys, spending, waiting, guards] = await Promise.all([
    findRecents(sql, sends),
    named.length > 0 ? findKeys(sql, named, sinceMs) : new Map<string, KnownKey>(),
    findSpending(sql, sends),
    findWaiting(sql, sends),
    openGuardCounter(sql, sends),
  ]);
  return { recents, keys, spending, waiting, guards };
}

/** Asks the database only for sends that nothing refuses which comes before 9 and 10. */
async function findRecents(
  sql: Transaction,
  sends: readonly { send: ResolvedSend; nowMs: number }[],
): Promise<Map<number, RecentAnswer>> {
  const asked = [...sends.entries()].filter(([, { send }]) => mayBeRepeated(send));
  if (asked.length === 0) return new Map();
  const questions = asked.map(([, { send, nowMs }]) => askAboutRecent(send, nowMs));
  const answers = await findRecent(sql, questions);
  return new Map(
    asked.flatMap(([index], at): [number, RecentAnswer][] => {
      const answer = answers[at];
      return answer ? [[index, answer]] : [];
    }),
  );
}
