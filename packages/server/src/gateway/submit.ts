import type { ChannelKey, ChannelKeys } from "../accounts/channel-keys.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import { type Failure, finalFailure, type SendOutcome } from "../domain/send-outcome.ts";
import type { CallMarker } from "../platform/call-marker.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Tracer } from "../platform/tracer.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import type { Provider } from "../providers/provider.ts";
import { findWaitingChannels, type WaitingChannel } from "../storage/submitting.ts";
import type { ClaimedCall } from "./claim.ts";
import { readOutgoing } from "./read-outgoing.ts";
import { type CallResult, createOutcomeRecorder, type RecorderDeps } from "./record-outcomes.ts";
import { traceCall, traceClaim } from "./trace-submit.ts";

/*
 * Hands accepted messages to WhatsApp. Each round goes over the numbers that have messages waiting, every
 * one in turn with an equal share of the free places, so that a campaign of one delays nobody's code.
 * The order for one message never changes: claim and attempt written down → marker and request in one
 * turn → outcome written down. A death at any point is cleared up by `reconcile.ts`.
 */

/** The submit lane with what others need to know of it. */
export interface SubmitLane {
  lane: Lane;
  /** Stops looking, waits for calls under way and until their outcomes are written. */
  drain(): Promise<void>;
  inFlight(): number;
  /** Whether this attempt's call, or the writing of its outcome, is under way in this process. */
  holds(attemptId: string): boolean;
}

/** What the lane needs. */
export interface SubmitDeps extends RecorderDeps {
  http: UpstreamHttp;
  keys: ChannelKeys;
  marker: CallMarker;
  provider(name: string): Provider | null;
  /** Calls under way at once. */
  concurrency: number;
  intervalMs: number;
  onOutcome(outcome: { kind: SendOutcome["kind"]; provider: string; durationMs: number }): void;
  tracer?: Tracer;
}

/** Part of the places that is kept for accounts with little under way: hanging calls cannot take all. */
const RESERVED_SHARE = 0.25;
/** Calls under way up to which an account counts as having little. */
const LITTLE = 16;
/** A message waits this long for company: a claim of many costs little more than one. */
const REST_MS = 15;
/** A claim's size: small enough that everything written down is called in the same turn. */
const CLAIM_SIZE_MAX = 64;
/** Time left on the lease below which a call is not made any more. */
const LEASE_RESERVE_MS = 40_000;

/** Builds the lane; it does not start by itself. */
export function createSubmitLane(deps: SubmitDeps): SubmitLane {
  const recorder = createOutcomeRecorder(deps);
  const underWay = createTally();
  const open = new Set<Promise<void>>();
  const held = new Set<string>();
  let turn = 0;

  const track = (call: ClaimedCall, snapshot: AccountSnapshot) => {
    underWay.add(call.accountId);
    held.add(call.attemptId);
    const done = callProvider(deps, snapshot, call)
      .then(recorder.record)
      .catch((error: unknown) => deps.logger.error({ err: error }, "submit.failed"))
      .finally(() => {
        underWay.remove(call.accountId);
        held.delete(call.attemptId);
        open.delete(done);
        lane.kick();
      });
    open.add(done);
  };
  const takeFrom = async (channel: WaitingChannel, numbers: number): Promise<boolean> => {
    const own = underWay.count(channel.accountId);
    const countMax = findShare(deps.concurrency, { open: open.size, own, numbers });
    deps.marker.rotate();
    const claim = countMax > 0 ? await traceClaim(deps, channel, countMax) : null;
    for (const call of claim?.calls ?? []) track(call, claim?.snapshot as AccountSnapshot);
    return claim?.more ?? false;
  };
  const round = async () => {
    const waiting = inTurn(await findWaitingChannels(deps.pool, "queued"), turn);
    turn += 1;
    let more = false;
    for (const channel of waiting) {
      try {
        more = (await takeFrom(channel, waiting.length)) || more;
      } catch (error) {
        // One number's trouble must not cost the others their turn.
        deps.logger.error({ err: error, ...channel }, "submit.claim_failed");
      }
    }
    return more && open.size < deps.concurrency;
  };
  const { intervalMs, logger, timers } = deps;
  const lane = createLane({ name: "submit", intervalMs, restMs: REST_MS, logger, timers, round });
  return {
    lane,
    inFlight: () => open.size,
    holds: (attemptId) => held.has(attemptId),
    async drain() {
      await lane.stop();
      await Promise.all(open);
    },
  };
}

/**
 * The numbers in the order of this turn: accounts one after the other, each with its first number before
 * any has its second, so that an account with ten numbers gets no ten turns.
 */
function inTurn(waiting: readonly WaitingChannel[], turn: number): WaitingChannel[] {
  const byAccount = [...Map.groupBy(waiting, (channel) => channel.accountId).values()];
  const first = byAccount.length === 0 ? 0 : turn % byAccount.length;
  const accounts = [...byAccount.slice(first), ...byAccount.slice(0, first)];
  const depth = Math.max(0, ...accounts.map((channels) => channels.length));
  return Array.from({ length: depth }).flatMap((_, level) =>
    accounts.flatMap((channels) => {
      const channel = channels[(level + turn) % channels.length];
      return level < channels.length && channel ? [channel] : [];
    }),
  );
}

/** Counts by name; a name with nothing left is forgotten. */
function createTally() {
  const counts = new Map<string, number>();
  return {
    count: (name: string) => counts.get(name) ?? 0,
    add(name: string) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    remove(name: string) {
      const left = (counts.get(name) ?? 1) - 1;
      if (left > 0) counts.set(name, left);
      else counts.delete(name);
    },
  };
}

/** How many messages a number may take now. */
function findShare(
  concurrency: number,
  { open, own, numbers }: { open: number; own: number; numbers: number },
): number {
  const usable = own < LITTLE ? concurrency : Math.floor(concurrency * (1 - RESERVED_SHARE));
  const free = usable - open;
  return Math.max(0, Math.min(free, Math.ceil(free / numbers), CLAIM_SIZE_MAX));
}

async function callProvider(
  deps: SubmitDeps,
  snapshot: AccountSnapshot,
  call: ClaimedCall,
): Promise<CallResult> {
  const startedMs = deps.clock.now();
  const made = await prepareCall(deps, snapshot, call).catch((error: unknown) => {
    deps.logger.warn({ err: error, messageId: call.message.id }, "submit.not_made");
    return null;
  });
  // Nothing was sent: the database was away, or a secret does not open. Soon is a good time to try again.
  if (!made) return { call, outcome: { kind: "refused", failure: NOT_MADE } };
  if (made.kind === "gone") {
    const reason = "El número o la plantilla del mensaje ya no existe";
    return { call, outcome: { kind: "refused", failure: finalFailure("us", "402", reason) } };
  }
  const outcome = await traceCall(deps, call, () => sendOnce(deps, call, made));
  const durationMs = deps.clock.now() - startedMs;
  deps.onOutcome({ kind: outcome.kind, provider: made.provider.name, durationMs });
  return { call, outcome };
}

function sendOnce(
  deps: SubmitDeps,
  call: ClaimedCall,
  made: { provider: Provider; channel: ChannelKey; content: OutgoingContent },
): Promise<SendOutcome> {
  return made.provider.send({
    http: deps.http,
    channel: made.channel,
    to: call.message.mobile,
    opaque: call.message.id,
    content: made.content,
    beforeWrite() {
      // Marked first: a process that sleeps between the two leaves a doubt, never a second message.
      deps.marker.mark(call.attemptId);
      // A process that slept (or a machine that swapped) must not call on a lease that others may take.
      const leftMs = Math.min(
        call.leaseUntilMs - deps.clock.now(),
        call.leaseUntilTick - performance.now(),
      );
      if (leftMs < LEASE_RESERVE_MS) throw new Error("the lease ran out before the call was made");
    },
  });
}

const NOT_MADE: Failure = {
  blame: "us",
  code: "402",
  reason: "La llamada a WhatsApp no se pudo hacer",
  providerCode: null,
  retry: { kind: "soon" },
};

async function prepareCall(deps: SubmitDeps, snapshot: AccountSnapshot, call: ClaimedCall) {
  const view = snapshot.channels.get(call.channelId);
  const provider = view ? deps.provider(view.provider) : null;
  const channel = await deps.keys.find(deps.pool, snapshot, call.channelId);
  const content = readOutgoing(snapshot, call);
  if (!provider || !channel || !content) return { kind: "gone" as const };
  return { kind: "ready" as const, provider, channel, content };
}
