import type { WebhookEvent } from "@recado/contract/webhook-payloads";
import type { Logger } from "pino";
import { type AddressGuardOptions, createAddressGuard } from "../platform/address-guard.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { createSafeFetch } from "../platform/safe-fetch.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import type { Database } from "../storage/connect.ts";
import { findLagMs } from "../storage/delivery-lag.ts";
import type { ClaimedDelivery, DueEndpoint } from "../storage/delivery-work.ts";
import { createEndpointCaller } from "./call-endpoint.ts";
import type { CallResult } from "./delivery-policy.ts";
import { createOutcomeRecorder, type EndedCall, type RecordedState } from "./record-outcomes.ts";
import { createTaker } from "./take-deliveries.ts";

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
  /** Calls under way at once in this process. Default 128. */
  concurrency?: number;
  /** Calls under way at once to one endpoint. Default 32. */
  perEndpointMax?: number;
  /** Longest pause between two looks. Default 500. */
  intervalMs?: number;
  /** Calls that are still under way so long after `stop` are cut and made again later. Default 5,000. */
  drainMs?: number;
  /** Evenly spread in [0, 1); spreads retries. */
  random?: () => number;
  /** Told of every attempt, after its outcome was written down. */
  onAttempt?: (summary: AttemptSummary) => void;
}

/** One attempt, as logs and metrics see it. */
export interface AttemptSummary {
  accountId: string;
  endpointId: string;
  deliveryId: string;
  messageId: string | null;
  kind: WebhookEvent;
  /** From 1. */
  number: number;
  result: CallResult["kind"];
  httpStatus: number | null;
  error: string | null;
  /** What became of the delivery; `lost` when its outcome could not be written down. */
  next: RecordedState;
  durationMs: number;
  /** From the event to the end of this attempt. */
  ageMs: number;
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
  const { clock, pool } = options;
  const fetch = createSafeFetch({
    guard: createAddressGuard(options.guard),
    connectionsMax: options.perEndpointMax ?? 32,
    connectTimeoutMs: 5_000,
  });
  const call = createEndpointCaller({ clock, secretBox: options.secretBox, fetch });
  const record = createOutcomeRecorder({ ...options, random: options.random ?? Math.random });
  const take = createTaker(options);
  const underWay = new Set<Promise<void>>();
  let cut = false;

  const deliver = async (claim: ClaimedDelivery, endpoint: DueEndpoint) => {
    const startedMs = clock.now();
    const called = await call(claim, endpoint);
    const result = cut && called.httpStatus === null ? INTERRUPTED : called;
    const ended = { claim, result, finishedAt: new Date(clock.now()) };
    const next = await record(ended);
    const summary = summarise(ended, startedMs, next);
    options.logger.info(summary, "delivery.attempted");
    options.onAttempt?.(summary);
  };
  const lane = createLane({
    name: "webhooks",
    intervalMs: options.intervalMs ?? 500,
    // Events of so long are taken together.
    restMs: 25,
    logger: options.logger,
    async round() {
      const { work, more } = await take((options.concurrency ?? 128) - underWay.size);
      for (const { claim, endpoint } of work) {
        const done: Promise<void> = deliver(claim, endpoint).finally(() => {
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
        await waitAtMost(Promise.allSettled(underWay), options.drainMs ?? 5_000);
        cut = true;
        await fetch.close();
        await Promise.allSettled(underWay);
      },
    },
    lagMs: () => findLagMs(pool, new Date(clock.now())),
  };
}

const INTERRUPTED: CallResult = {
  kind: "interrupted",
  httpStatus: null,
  error: "the process was stopped during the call",
  response: null,
  retryAfterMs: undefined,
};

function summarise(ended: EndedCall, startedMs: number, next: AttemptSummary["next"]) {
  const { claim, result, finishedAt } = ended;
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
    next,
    durationMs: finishedAt.getTime() - startedMs,
    ageMs: finishedAt.getTime() - claim.createdAt.getTime(),
  } satisfies AttemptSummary;
}

async function waitAtMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}
