import type { Logger } from "pino";
import { mayTryElsewhere } from "../domain/failover.ts";
import type { MessageChange, NextNumber } from "../domain/message-status.ts";
import type { Failure, SendOutcome } from "../domain/send-outcome.ts";
import { createBatcher } from "../platform/batcher.ts";
import { pause, systemTimers, type Timers } from "../platform/timers.ts";
import { isDataError, type Transaction, withPipelinedTransaction } from "../storage/connect.ts";
import { upsertAliases } from "../storage/contact-addresses.ts";
import { type CallEnd, restChannel, updateAttempts } from "../storage/submitting.ts";
import { askForTemplatesOfMessages } from "../storage/template-reads.ts";
import { applyChanges } from "./apply-changes.ts";
import type { ClaimDeps, ClaimedCall } from "./claim.ts";
import { findOtherNumber } from "./other-number.ts";
import { isTemplateStale } from "./stale-template.ts";

/** Writes down how calls ended, many in one transaction. */
export interface OutcomeRecorder {
  /** Resolves when it is durable. Tries on while the database is away: the call cannot be undone. */
  record(result: CallResult): Promise<void>;
}

const GROUP_SIZE_MAX = 200;
const AGAIN_AFTER_MS = 1_000;
const BACKOFF_MS_MAX = 300_000;

/** What recording needs. */
export interface RecorderDeps extends ClaimDeps {
  logger: Logger;
  unknownOutcomeAfterMs: number;
  /** Evenly spread in [0, 1). */
  random(): number;
  /** Default: the machine's. */
  timers?: Timers;
}

/** How a call ended, with what is needed to write it down. */
export interface CallResult {
  call: ClaimedCall;
  outcome: SendOutcome;
}

/** Starts a recorder. */
export function createOutcomeRecorder(deps: RecorderDeps): OutcomeRecorder {
  const batcher = createBatcher<CallResult, void>({
    sizeMax: GROUP_SIZE_MAX,
    // One at a time: they would only wait for each other at the account's counter.
    lanesMax: 1,
    waitingMax: Number.MAX_SAFE_INTEGER,
    overflow: () => new Error("unreachable: the submit lane bounds what can wait here"),
    async run(group) {
      await recordUntilDone(deps, group);
      return group.map(() => undefined);
    },
  });
  return { record: (result) => batcher.add(result) };
}

async function recordUntilDone(deps: RecorderDeps, group: CallResult[]): Promise<void> {
  for (const results of groupByAccount(group)) await recordOrSplit(deps, results);
}

/** Tries on while the database is away. What it refuses for a value's sake is recorded one by one. */
async function recordOrSplit(deps: RecorderDeps, results: CallResult[]): Promise<void> {
  for (;;) {
    try {
      return await recordAccount(deps, results);
    } catch (error) {
      // The process is ending: the lease and the mark tell the next one.
      if (deps.pool.ended) return;
      deps.logger.error({ err: error, calls: results.length }, "submit.outcome_not_written");
      if (isDataError(error)) return recordOneByOne(deps, results);
      await pause(deps.timers ?? systemTimers, AGAIN_AFTER_MS);
    }
  }
}

async function recordOneByOne(deps: RecorderDeps, results: CallResult[]): Promise<void> {
  if (results.length > 1) {
    for (const result of results) await recordOrSplit(deps, [result]);
    return;
  }
  const [result] = results;
  const outcome = result && withoutWords(result.outcome);
  // What cannot be written even so is found by its lease, and counts as unknown then.
  if (result && outcome) await recordOrSplit(deps, [{ call: result.call, outcome }]);
}

/** The same with words that can be stored; null when nothing is left to leave out. */
function withoutWords(outcome: SendOutcome): SendOutcome | null {
  if (outcome.kind === "refused" && outcome.failure.reason !== PLAIN.reason) {
    return { kind: "refused", failure: { ...outcome.failure, ...PLAIN } };
  }
  return outcome.kind === "unknown"
    ? null
    : { kind: "unknown", why: "its answer cannot be stored" };
}

const PLAIN = { code: "402", reason: "Error por parte de WhatsApp", providerCode: null };

async function recordAccount(deps: RecorderDeps, results: CallResult[]): Promise<void> {
  const accountId = results[0]?.call.accountId ?? "";
  const nowMs = deps.clock.now();
  await withPipelinedTransaction(deps.pool, async (sql) => {
    const others = await findOthers(sql, deps, { accountId, results, nowMs });
    const changes = results.map(({ call, outcome }) => ({
      messageId: call.message.id,
      change: formatChange(deps, { call, outcome, nowMs, to: others.get(call.attemptId) }),
    }));
    const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
    const ends = results.map((result) => formatEnd(result, nowMs));
    const pending: Promise<unknown>[] = [updateAttempts(sql, accountId, ends)];
    const aliases = findWhatsappNumbers(accountId, results);
    if (aliases.length > 0) pending.push(upsertAliases(sql, aliases, new Date(nowMs)));
    for (const { call, outcome } of results) {
      if (outcome.kind !== "refused" || outcome.failure.retry.kind !== "after") continue;
      const until = new Date(nowMs + outcome.failure.retry.retryAfterMs);
      pending.push(restChannel(sql, call, { until, reason: outcome.failure.reason }));
    }
    const stale = results.flatMap(({ call, outcome }) =>
      outcome.kind === "refused" && isTemplateStale(outcome.failure) ? [call.message.id] : [],
    );
    if (stale.length > 0) {
      const wish = { messageIds: stale, now: new Date(nowMs) };
      pending.push(askForTemplatesOfMessages(sql, accountId, wish));
    }
    return { result: undefined, pending: [...pending, ...applied.finish()] };
  });
}

/** Whom WhatsApp knows by another number than the one that was dialled, as its answers said. */
function findWhatsappNumbers(accountId: string, results: readonly CallResult[]) {
  return results.flatMap(({ call, outcome }) => {
    const whatsapp = outcome.kind === "accepted" ? outcome.recipientId : null;
    const dialled = call.message.mobile;
    const isOther = whatsapp !== null && whatsapp !== dialled && PHONE.test(whatsapp);
    return isOther ? [{ accountId, dialled, whatsapp }] : [];
  });
}

const PHONE = /^[1-9]\d{5,14}$/u;

/** Other numbers for calls that may be made there, by their attempts. */
async function findOthers(
  sql: Transaction,
  deps: RecorderDeps,
  { accountId, results, nowMs }: { accountId: string; results: CallResult[]; nowMs: number },
): Promise<Map<string, NextNumber>> {
  const others = new Map<string, NextNumber>();
  for (const { call, outcome } of results) {
    const { message, channelId, attemptId } = call;
    if (outcome.kind !== "refused" || message.deadlineAtMs <= nowMs) continue;
    if (!mayTryElsewhere(outcome.failure, message.attempts + 1)) continue;
    const snapshot = (await deps.directory.snapshots(sql, [accountId])).get(accountId);
    const to = snapshot && (await findOtherNumber(sql, snapshot, { message, channelId, nowMs }));
    if (to) others.set(attemptId, to);
  }
  return others;
}

interface EndOfCall extends CallResult {
  nowMs: number;
  /** Where it goes next; undefined: nowhere else. */
  to: NextNumber | undefined;
}

function formatChange(deps: RecorderDeps, { call, outcome, nowMs, to }: EndOfCall): MessageChange {
  if (outcome.kind === "accepted") {
    return { kind: "submitted", atMs: nowMs, providerMessageId: outcome.providerMessageId };
  }
  if (outcome.kind === "unknown") {
    const giveUpAtMs = nowMs + deps.unknownOutcomeAfterMs;
    return { kind: "unknown", atMs: nowMs, giveUpAtMs, why: outcome.why };
  }
  const { failure } = outcome;
  if (to) {
    const { code, reason } = failure;
    const attempt = call.message.attempts + 1;
    return {
      kind: "retry",
      from: "calling",
      attempt,
      atMs: nowMs,
      dueAtMs: nowMs,
      code,
      reason,
      to,
    };
  }
  const dueAtMs = findRetryAtMs(
    failure,
    { attempts: call.message.attempts, random: deps.random() },
    nowMs,
  );
  const { code, reason } = failure;
  if (dueAtMs === null || dueAtMs >= call.message.deadlineAtMs) {
    return { kind: "failed", atMs: nowMs, code, reason };
  }
  const attempt = call.message.attempts + 1;
  return { kind: "retry", from: "calling", attempt, atMs: nowMs, dueAtMs, code, reason };
}

/**
 * When a refused call may be made again; null: never. `soon` doubles from a second; `pair` quadruples
 * (Meta, error 131056: wait 4^X seconds); both with a fifth of jitter.
 */
function findRetryAtMs(
  failure: Failure,
  { attempts, random }: { attempts: number; random: number },
  nowMs: number,
): number | null {
  const { retry } = failure;
  if (retry.kind === "never") return null;
  if (retry.kind === "after") return nowMs + retry.retryAfterMs;
  const plannedMs = 1_000 * (retry.kind === "pair" ? 4 : 2) ** Math.min(attempts, 12);
  const jitter = 0.8 + 0.4 * random;
  return nowMs + Math.round(Math.min(plannedMs, BACKOFF_MS_MAX) * jitter);
}

function formatEnd({ call, outcome }: CallResult, nowMs: number): CallEnd {
  const base = { attemptId: call.attemptId, at: new Date(nowMs) };
  switch (outcome.kind) {
    case "accepted":
      return { ...base, outcome: "accepted", code: null, reason: null };
    case "unknown":
      return { ...base, outcome: "unknown", code: null, reason: outcome.why };
    case "refused": {
      const { providerCode, code, reason } = outcome.failure;
      return { ...base, outcome: "refused", code: providerCode ?? code, reason };
    }
  }
}

function groupByAccount(group: readonly CallResult[]): CallResult[][] {
  const byAccount = Map.groupBy(group, (result) => result.call.accountId);
  return [...byAccount.values()];
}
