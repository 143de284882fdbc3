import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Database } from "../storage/connect.ts";
import {
  findExpiredAccounts,
  releaseExpired,
  wakeFollowers,
} from "../storage/delivery-outcomes.ts";
import { giveUpPending, parkPending } from "../storage/delivery-parking.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  type DueEndpoint,
  findPendingEndpoints,
  type PendingCursor,
  type PendingEndpoint,
  reserveProbes,
  returnProbes,
} from "../storage/delivery-work.ts";
import {
  CIRCUIT_FAILURES_MAX,
  CIRCUIT_PAUSE_MS,
  LEASE_MS,
  WEBHOOK_SCHEDULE,
} from "./delivery-policy.ts";
import { createEndpointPacer, type EndpointPacer } from "./endpoint-pacer.ts";
import type { HeldClaims } from "./held-claims.ts";
import { shareSlots } from "./share-slots.ts";

/** What taking needs. */
export interface TakeDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  instanceId: string;
  /** What this process holds already. */
  held: HeldClaims;
}

/** What was taken. */
export interface Taken {
  work: { claim: ClaimedDelivery; endpoint: DueEndpoint }[];
  /** Another look now would find more. */
  more: boolean;
  /** After so long an endpoint may be called again that has had all its calls of this second; null: none. */
  againMs: number | null;
}

/** Endpoints that one look goes through; the next look goes on from there. */
const ENDPOINTS_PER_LOOK = 256;

/** Deliveries of one claim at most. */
const CLAIM_MAX = 256;

/** Leases that have passed are looked for this often. */
const SWEEP_MS = 5_000;

/** Takes due deliveries for up to the given number of free slots, fairly between accounts. */
export function createTaker(deps: TakeDeps): (free: number) => Promise<Taken> {
  let after: PendingCursor | null = null;
  let sweptMs = Number.NEGATIVE_INFINITY;
  const pacer = createEndpointPacer(deps.pool);
  let turn = 0;

  return async (free) => {
    const nowMs = deps.clock.now();
    if (Math.abs(nowMs - sweptMs) >= SWEEP_MS) {
      await sweep(deps);
      sweptMs = nowMs;
    }
    if (free <= 0) return { work: [], more: false, againMs: null };
    const look = { now: new Date(nowMs), after, max: ENDPOINTS_PER_LOOK };
    const found = await findPendingEndpoints(deps.pool, look);
    const last = found.length === ENDPOINTS_PER_LOOK ? found.at(-1) : undefined;
    after = last ? { accountId: last.accountId, endpointId: last.endpointId } : null;
    turn += 1;
    const terms = { free: Math.min(free, CLAIM_MAX), turn, pacer };
    const taken = await takeFrom(deps, found, terms);
    return { ...taken, more: taken.more || last !== undefined };
  };
}

async function takeFrom(
  deps: TakeDeps,
  found: readonly PendingEndpoint[],
  terms: { free: number; turn: number; pacer: EndpointPacer },
): Promise<Taken> {
  const nowMs = deps.clock.now();
  const probe = { now: new Date(nowMs), until: new Date(nowMs + CIRCUIT_PAUSE_MS) };
  const { endpoints, probes } = await admit(deps, found, probe);
  const againMs = await terms.pacer.limit(endpoints.values(), nowMs);
  const shares = shareSlots([...endpoints.values()], terms.free, terms.turn);
  deps.held.forget();
  const { claimed, full } = await claimDeliveries(deps.pool, shares, {
    owner: deps.instanceId,
    now: probe.now,
    lease: new Date(nowMs + LEASE_MS),
    nextAttemptId: () => deps.ids.next(nowMs),
  });
  await terms.pacer.settle(claimed);
  const called = new Set(claimed.map((claim) => claim.endpointId));
  const unused = probes.filter((key) => !called.has(key.id));
  await returnProbes(deps.pool, unused, probe);
  const work = claimed.flatMap((claim) => {
    const endpoint = endpoints.get(claim.endpointId)?.endpoint;
    return endpoint ? [{ claim, endpoint }] : [];
  });
  return { work, more: full && claimed.length > 0, againMs };
}

interface Admitted {
  accountId: string;
  endpointId: string;
  endpoint: DueEndpoint;
  room: number;
}

/**
 * Endpoints that may be called now, with room for how many calls; parks what is for disabled ones, and gives
 * up what is for none.
 */
async function admit(
  deps: TakeDeps,
  found: readonly PendingEndpoint[],
  probe: { now: Date; until: Date },
) {
  for (const { accountId, endpointId, endpoint, dueAt } of found) {
    const isGone = endpoint === null && dueAt <= probe.now;
    if (isGone) await giveUpPending(deps.pool, { accountId, id: endpointId }, probe.now);
  }
  const due = found.flatMap(({ accountId, endpointId, endpoint }) =>
    endpoint ? [{ accountId, endpointId, endpoint }] : [],
  );
  const rested = due.filter(
    ({ endpoint }) => endpoint.openUntil !== null && endpoint.openUntil <= probe.now,
  );
  const keys = rested.map(({ accountId, endpointId }) => ({ accountId, id: endpointId }));
  const reserved = await reserveProbes(deps.pool, keys, probe);
  const endpoints = new Map<string, Admitted>();
  for (const each of due) {
    const { accountId, endpointId, endpoint } = each;
    if (endpoint.state === "disabled") {
      await parkPending(deps.pool, { accountId, id: endpointId });
    } else if (endpoint.openUntil === null) {
      // One that fails gets no more than it takes to open its circuit, what is under way counted: every further call would be spent.
      const untilOpen = Math.max(1, CIRCUIT_FAILURES_MAX - endpoint.failures);
      const openIn = untilOpen - deps.held.countOf(endpointId);
      // What is granted to one with a limit is granted for now: it is not taken ahead.
      const { held } = deps;
      const isLimited = endpoint.ratePerSecond !== null;
      const free = isLimited ? held.findPlaces(endpointId) : held.findRoom(endpointId);
      const room = endpoint.failures > 0 ? Math.min(free, openIn) : free;
      endpoints.set(endpointId, { ...each, room });
    } else if (reserved.has(endpointId)) {
      endpoints.set(endpointId, { ...each, room: 1 });
    }
  }
  return { endpoints, probes: keys.filter((key) => reserved.has(key.id)) };
}

async function sweep(deps: TakeDeps): Promise<void> {
  const now = new Date(deps.clock.now());
  const attemptsMax = WEBHOOK_SCHEDULE.delaysMs.length;
  for (const accountId of await findExpiredAccounts(deps.pool, now)) {
    const terms = { now, attemptsMax, max: 500 };
    const { exhausted } = await releaseExpired(deps.pool, accountId, terms);
    await wakeFollowers(deps.pool, exhausted, now);
  }
}
