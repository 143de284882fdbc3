import type { EventName } from "@recado/contract/webhook-payloads";
import type { Logger } from "pino";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { returnClaims } from "../storage/delivery-outcomes.ts";
import type { ClaimedDelivery, DueEndpoint } from "../storage/delivery-work.ts";
import type { EndpointCaller } from "./call-endpoint.ts";
import type { CallPlaces } from "./call-places.ts";
import { CALL_TIMEOUT_MS, type CallResult } from "./delivery-policy.ts";
import type { PaceGate } from "./endpoint-pacer.ts";
import type { HeldClaims } from "./held-claims.ts";
import type { EndedCall, OutcomeRecorder, Recorded } from "./record-outcomes.ts";
import type { Taken } from "./take-deliveries.ts";

/** Deliveries of one message to one endpoint, oldest first: each is called when the one before was delivered. */
export interface Chain {
  endpoint: DueEndpoint;
  claims: ClaimedDelivery[];
}

/** One attempt, as logs and metrics see it. */
export interface AttemptSummary {
  accountId: string;
  endpointId: string;
  deliveryId: string;
  messageId: string | null;
  kind: EventName;
  /** From 1. */
  number: number;
  result: CallResult["kind"];
  httpStatus: number | null;
  error: string | null;
  /** What became of the delivery; `lost` when its outcome could not be written down. */
  next: Recorded["state"];
  durationMs: number;
  /** From the event to the end of this attempt. */
  ageMs: number;
}

/** What running chains needs. */
export interface ChainDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  instanceId: string;
  call: EndpointCaller;
  recorder: OutcomeRecorder;
  places: CallPlaces;
  held: HeldClaims;
  /** Whether a call may begin; see {@link PaceGate}. */
  pace: PaceGate;
  /** No call begins after it; what is under way may end. */
  stopping: AbortSignal;
  onAttempt(summary: AttemptSummary): void;
}

/** Groups claims by what follows what; the claims come with those that are followed first. */
export function toChains(work: Taken["work"]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const { claim, endpoint } of work) {
    const chain = (claim.follows && chains.get(claim.follows)) || { endpoint, claims: [] };
    chain.claims.push(claim);
    chains.set(claim.id, chain);
  }
  return [...new Set(chains.values())];
}

/** What a call needs of its lease: itself, and the writing down. */
const LEASE_LEFT_MS_MIN = CALL_TIMEOUT_MS + 2_000;

/**
 * Makes the calls of chains. A call that did not end well ends its chain: the rest is given back unspent, due
 * when the failed one is. So is what could not begin before its lease came near its end, the circuit opened, the
 * lane stopped, or the endpoint had all its calls of this second.
 */
export function createChainRunner(deps: ChainDeps): (chain: Chain) => Promise<void> {
  return async ({ endpoint, claims }) => {
    const [first] = claims;
    if (!first) return;
    for (const claim of claims) deps.held.add(claim.endpointId);
    const ended: Promise<Recorded>[] = [];
    let pauseUntil: Date | null = null;
    await deps.places.use(first.endpointId, async () => {
      for (const claim of claims) {
        if (mayNotCall(deps, claim, endpoint)) return;
        pauseUntil = endpoint.ratePerSecond === null ? null : await askPace(deps, claim, endpoint);
        if (pauseUntil !== null) return;
        const call = await makeCall(deps, claim, endpoint);
        const recorded = recordCall(deps, call);
        ended.push(recorded);
        if (call.result.kind === "delivered") continue;
        // The place stays taken until the failure counts: the next call is not made if it opens the circuit.
        await recorded;
        return;
      }
    });
    const outcomes = await Promise.all(ended);
    const last = outcomes.at(-1);
    const rest = claims.slice(outcomes.length);
    if (rest.length > 0) await giveBack(deps, rest, pauseUntil ?? findDueAt(last));
    for (const claim of rest) deps.held.end(claim.endpointId);
  };
}

const ASK_AGAIN_AFTER_MS = 1_000;

/** As {@link PaceGate}. When that cannot be asked, nothing was sent: in a second the database may be back. */
async function askPace(
  deps: ChainDeps,
  claim: ClaimedDelivery,
  endpoint: DueEndpoint,
): Promise<Date | null> {
  try {
    return await deps.pace(claim, endpoint);
  } catch (error) {
    deps.logger.error({ deliveryId: claim.id, err: error }, "delivery.pace-not-known");
    return new Date(deps.clock.now() + ASK_AGAIN_AFTER_MS);
  }
}

/** A probe is what finds out whether the circuit can be closed: it is called though the circuit is open. */
function mayNotCall(deps: ChainDeps, claim: ClaimedDelivery, endpoint: DueEndpoint): boolean {
  const isLate = claim.lease.getTime() - deps.clock.now() < LEASE_LEFT_MS_MIN;
  const isProbe = endpoint.openUntil !== null;
  return isLate || deps.stopping.aborted || (!isProbe && deps.recorder.isResting(claim.endpointId));
}

async function makeCall(
  deps: ChainDeps,
  claim: ClaimedDelivery,
  endpoint: DueEndpoint,
): Promise<EndedCall> {
  const startedAt = new Date(deps.clock.now());
  const called = await deps.call(claim, endpoint);
  const isCut = deps.stopping.aborted && called.kind === "failed" && called.httpStatus === null;
  return {
    claim,
    result: isCut ? INTERRUPTED : called,
    startedAt,
    finishedAt: new Date(deps.clock.now()),
  };
}

const INTERRUPTED: CallResult = {
  kind: "interrupted",
  httpStatus: null,
  error: "the process was stopped during the call",
  response: null,
  retryAfterMs: undefined,
};

async function recordCall(deps: ChainDeps, call: EndedCall): Promise<Recorded> {
  const next = await deps.recorder.record(call);
  deps.held.end(call.claim.endpointId);
  deps.onAttempt(summarise(call, next));
  return next;
}

/** When what follows is due: just after what failed; null: now. */
function findDueAt(before: Recorded | undefined): Date | null {
  return before?.state === "pending" ? new Date(before.dueAt.getTime() + 1) : null;
}

/** If it cannot be written down, the leases end by themselves. */
async function giveBack(
  deps: ChainDeps,
  claims: readonly ClaimedDelivery[],
  dueAt: Date | null,
): Promise<void> {
  const terms = { owner: deps.instanceId, dueAt: dueAt ?? new Date(deps.clock.now()) };
  try {
    await returnClaims(deps.pool, claims, terms);
  } catch (error) {
    deps.logger.error({ err: error, claims: claims.length }, "delivery.not-returned");
  }
}

function summarise(ended: EndedCall, next: Recorded): AttemptSummary {
  const { claim, result, startedAt, finishedAt } = ended;
  return {
    accountId: claim.accountId,
    endpointId: claim.endpointId,
    deliveryId: claim.id,
    messageId: claim.messageId,
    kind: claim.kind,
    number: claim.number,
    result: result.kind,
    httpStatus: result.httpStatus,
    error: result.error,
    next: next.state,
    durationMs: finishedAt.getTime() - startedAt.getTime(),
    ageMs: finishedAt.getTime() - claim.createdAt.getTime(),
  };
}
