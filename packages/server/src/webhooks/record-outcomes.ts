import { type Batcher, createBatcher } from "../platform/batcher.ts";
import { pause, systemTimers, type Timers } from "../platform/timers.ts";
import {
  type AttemptOutcome,
  type EndpointRecord,
  type EndpointReport,
  storeOutcomes,
  wakeFollowers,
} from "../storage/delivery-outcomes.ts";
import type { ClaimedDelivery } from "../storage/delivery-work.ts";
import {
  type CallResult,
  CIRCUIT_FAILURES_MAX,
  CIRCUIT_PAUSE_MS,
  decideNext,
  isFailedForGood,
} from "./delivery-policy.ts";
import { type DisableDeps, disableEndpoint } from "./disable.ts";
import { createFailureWindow, type FailureWindow } from "./failure-window.ts";

/** A call that has ended. */
export interface EndedCall {
  claim: ClaimedDelivery;
  result: CallResult;
  startedAt: Date;
  finishedAt: Date;
}

/** What recording needs. */
export interface RecordDeps extends DisableDeps {
  /** Who holds the claims. */
  instanceId: string;
  /** Evenly spread in [0, 1). */
  random: () => number;
  /** Default: the machine's. */
  timers?: Timers;
}

/** What becomes of a delivery; `lost` when that could not be written down. */
export type Recorded = AttemptOutcome["next"] | { state: "lost" };

/** Writes ended calls down. */
export interface OutcomeRecorder {
  record(call: EndedCall): Promise<Recorded>;
  /** Whether what was written down here says that the endpoint's circuit is open: claims held must wait. */
  isResting(endpointId: string): boolean;
}

/**
 * Writes ended calls down, many in one transaction, and answers what became of each delivery. Followers
 * are woken after the commit, and endpoints that have failed for good are disabled. While the database
 * is away it tries for as long as the claim lasts; then the call will be made again.
 */
export function createOutcomeRecorder(deps: RecordDeps): OutcomeRecorder {
  const resting = new Map<string, number>();
  const batcher = createOutcomeBatcher(deps, resting);
  return {
    isResting: (endpointId) => deps.clock.now() < (resting.get(endpointId) ?? 0),
    async record(call) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await batcher.add(call);
        } catch (error) {
          const { id } = call.claim;
          deps.logger.error({ deliveryId: id, tries, err: error }, "delivery.not-recorded");
          if (tries === RECORD_TRIES_MAX) return { state: "lost" };
          await pause(deps.timers ?? systemTimers, RECORD_PAUSE_MS);
        }
      }
    },
  };
}

/** Together less than what a lease has left after the longest call. */
const RECORD_TRIES_MAX = 10;
const RECORD_PAUSE_MS = 1_000;

function createOutcomeBatcher(
  deps: RecordDeps,
  resting: Map<string, number>,
): Batcher<EndedCall, AttemptOutcome["next"]> {
  const window = createFailureWindow();
  return createBatcher({
    sizeMax: 200,
    // One at a time: two transactions could update the same endpoints in another order.
    lanesMax: 1,
    waitingMax: 10_000,
    async run(group) {
      const { outcomes, records } = await record(deps, window, group);
      for (const { claim } of group) resting.delete(claim.endpointId);
      for (const { id, openUntil } of records) if (openUntil) resting.set(id, openUntil.getTime());
      return outcomes.map((outcome) => outcome.next);
    },
    overflow: () => new Error("too many ended calls wait to be written down"),
  });
}

async function record(deps: RecordDeps, window: FailureWindow, group: EndedCall[]) {
  const outcomes = group.map((call) => toOutcome(call, deps.random()));
  const stored = { owner: deps.instanceId, outcomes, reports: foldReports(group, window) };
  const openUntil = new Date(deps.clock.now() + CIRCUIT_PAUSE_MS);
  const circuit = { failuresMax: CIRCUIT_FAILURES_MAX, openUntil };
  const records = await storeOutcomes(deps.pool, stored, circuit);
  try {
    await followUp(deps, group, { outcomes, records });
  } catch (error) {
    // The outcomes are stored. Followers come when the old lease ends, and the next failure disables.
    deps.logger.error({ err: error }, "delivery.follow-up-failed");
  }
  return { outcomes, records };
}

async function followUp(
  deps: RecordDeps,
  group: readonly EndedCall[],
  stored: { outcomes: readonly AttemptOutcome[]; records: readonly EndpointRecord[] },
): Promise<void> {
  const nowMs = deps.clock.now();
  const ended = stored.outcomes.filter((outcome) => outcome.next.state !== "pending");
  const chains = ended.map((outcome) => outcome.claim);
  await wakeFollowers(deps.pool, chains, new Date(nowMs));
  for (const { claim, result } of group) {
    if (result.kind !== "gone") continue;
    await disableEndpoint(deps, { accountId: claim.accountId, id: claim.endpointId }, "gone");
  }
  for (const found of stored.records) {
    if (found.state === "disabled" || !isFailedForGood(found, nowMs)) continue;
    await disableEndpoint(deps, found, "failing");
  }
}

function toOutcome(call: EndedCall, random: number): AttemptOutcome {
  const { claim, result, startedAt, finishedAt } = call;
  const { httpStatus, error, response } = result;
  const next = decideNext(result, { number: claim.number, finishedAt, random });
  return { claim, startedAt, finishedAt, httpStatus, error, response, next };
}

/** One report for each endpoint, in the order in which its calls ended. */
function foldReports(group: readonly EndedCall[], window: FailureWindow): EndpointReport[] {
  const reports = new Map<string, EndpointReport>();
  for (const { claim, result, finishedAt } of group) {
    if (result.kind === "interrupted") continue;
    const { accountId, endpointId: id } = claim;
    const failed = result.kind !== "delivered";
    const trip = window.note(id, failed, finishedAt.getTime());
    const before = reports.get(id) ?? { accountId, id, succeeded: false, trip: false, ...CLEAN };
    reports.set(
      id,
      failed
        ? {
            ...before,
            failures: before.failures + 1,
            failingSince: before.failingSince ?? finishedAt,
            trip: before.trip || trip,
          }
        : { ...before, ...CLEAN, succeeded: true },
    );
  }
  return [...reports.values()];
}

const CLEAN = { failures: 0, failingSince: null };
