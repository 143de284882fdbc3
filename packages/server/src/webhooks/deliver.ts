import type { Logger } from "pino";
import { type AddressGuardOptions, createAddressGuard } from "../platform/address-guard.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { createSafeFetch, type SafeFetch } from "../platform/safe-fetch.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import { systemTimers, type Timer, type Timers } from "../platform/timers.ts";
import { noTracer, type Tracer } from "../platform/tracer.ts";
import type { Database } from "../storage/connect.ts";
import { findLagMs } from "../storage/delivery-lag.ts";
import { createEndpointCaller } from "./call-endpoint.ts";
import { createCallPlaces } from "./call-places.ts";
import { type AttemptSummary, createChainRunner, toChains } from "./deliver-chain.ts";
import { createPaceGate } from "./endpoint-pacer.ts";
import { createHeldClaims } from "./held-claims.ts";
import { createOutcomeRecorder } from "./record-outcomes.ts";
import { createTaker } from "./take-deliveries.ts";
import { traceCalls } from "./trace-calls.ts";

/** Settings of {@link createDeliveryLane}. */
export interface DeliveryLaneOptions {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  secretBox: SecretBox;
  /** What may be called besides public addresses. */
  guard: AddressGuardOptions;
  logger: Logger;
  /** This process; another one's claims are left alone until their leases end. */
  instanceId: string;
  /** Calls under way at once in this process. Default 256. */
  concurrency?: number;
  /** Calls of this process under way at once to one endpoint. Default 64. */
  perEndpointMax?: number;
  /** Longest pause between two looks. Default 500. */
  intervalMs?: number;
  /** Calls that are still under way so long after `stop` are cut and made again later. Default 5,000. */
  drainMs?: number;
  /** Evenly spread in [0, 1); spreads retries. */
  random?: () => number;
  /** Told of every attempt, after its outcome was written down. */
  onAttempt?: (summary: AttemptSummary) => void;
  tracer?: Tracer;
  /** Makes the calls; default: one of its own, behind `guard`. */
  fetch?: SafeFetch;
  /** Default: the machine's. */
  timers?: Timers;
}

/** The lane, and how far it is behind. */
export interface DeliveryLane {
  lane: Lane;
  /**
   * Age of the oldest due delivery that nobody is working on, 0 without one. Endpoints that are disabled
   * or whose circuit is open do not count: their backlog is not ours.
   */
  lagMs(): Promise<number>;
}

/**
 * The lane that brings events to integrators. Any number of processes may run one on one database.
 *
 * Every delivery is made at least once, in order within its endpoint and order_key. An attempt is
 * written down before its call; a call whose outcome was never written down (this process died) is made
 * again under the same webhook-id once its lease has passed.
 */
export function createDeliveryLane(options: DeliveryLaneOptions): DeliveryLane {
  const { clock, pool, tracer = noTracer, timers = systemTimers } = options;
  const perEndpointMax = options.perEndpointMax ?? 64;
  const callsMax = options.concurrency ?? 256;
  const fetch = options.fetch ?? openFetch(options, perEndpointMax);
  const held = createHeldClaims(perEndpointMax);
  const take = createTaker({ ...options, held });
  const stopping = new AbortController();
  const runChain = createChainRunner({
    ...options,
    call: traceCalls(tracer, createEndpointCaller({ clock, secretBox: options.secretBox, fetch })),
    recorder: createOutcomeRecorder({ ...options, random: options.random ?? Math.random }),
    places: createCallPlaces({ max: callsMax, perEndpointMax }),
    held,
    pace: createPaceGate(options),
    stopping: stopping.signal,
    onAttempt(summary) {
      options.logger.info(summary, "delivery.attempted");
      options.onAttempt?.(summary);
    },
  });
  const underWay = new Set<Promise<void>>();
  let again: Timer | undefined;

  const lane = createLane({
    name: "webhooks",
    intervalMs: options.intervalMs ?? 500,
    // Events of so long are taken together.
    restMs: 25,
    logger: options.logger,
    timers,
    async round() {
      const taken = await take(callsMax * CLAIMS_PER_CALL_MAX - held.total);
      const { work, more, againMs } = taken;
      again?.cancel();
      if (againMs !== null) again = timers.start(againMs, () => lane.kick());
      for (const chain of toChains(work)) {
        const done: Promise<void> = runChain(chain).finally(() => {
          underWay.delete(done);
          lane.kick();
        });
        underWay.add(done);
      }
      return more;
    },
  });
  return {
    lane: {
      start: lane.start,
      kick: lane.kick,
      async stop() {
        await lane.stop();
        again?.cancel();
        stopping.abort();
        await waitAtMost(Promise.allSettled(underWay), options.drainMs ?? 5_000);
        await fetch.close();
        await Promise.allSettled(underWay);
      },
    },
    lagMs: () => findLagMs(pool, new Date(clock.now())),
  };
}

function openFetch({ guard }: DeliveryLaneOptions, connectionsMax: number): SafeFetch {
  return createSafeFetch({
    guard: createAddressGuard(guard),
    connectionsMax,
    connectTimeoutMs: 5_000,
  });
}

/** Claims that may be held for each call that may be under way: they wait for their turn in memory. */
const CLAIMS_PER_CALL_MAX = 8;

async function waitAtMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}
