import type { Logger } from "pino";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Timers } from "../platform/timers.ts";
import { claimUnprepared, giveBack } from "../storage/prepared-media.ts";
import { findWaitingChannels, type WaitingChannel } from "../storage/submitting.ts";
import { keyOf, type Preparation, type PrepareDeps, prepareMedia } from "./prepare-media.ts";

/** What the lane needs. */
export interface PrepareLaneDeps extends PrepareDeps {
  logger: Logger;
  /** Files being made ready at once; they have places of their own, since they may be slow. */
  concurrency: number;
  intervalMs: number;
  /** Default: the machine's. */
  timers?: Timers;
  /** Told when a message has become ready to leave. */
  onReady(): void;
}

/** The lane, and how to end it. */
export interface PrepareLane {
  lane: Lane;
  /** Stops looking and waits for what is under way; what does not end is made again by another. */
  drain(): Promise<void>;
}

/** Longer than fetching three times and uploading may take. */
const LEASE_MS = 1_800_000;
/** After a failure of ours, for example while the database was away. */
const AGAIN_AFTER_MS = 5_000;
/** Part of the places that one account may fill. */
const SHARE_PER_ACCOUNT = 0.5;

/** Builds the lane that makes messages' files ready, every account in turn. */
export function createPrepareLane(deps: PrepareLaneDeps): PrepareLane {
  const underWay = new Map<string, number>();
  const open = new Set<Promise<void>>();
  let turn = 0;

  const track = (preparation: Preparation, work: Promise<void>) => {
    const { accountId } = preparation;
    underWay.set(accountId, (underWay.get(accountId) ?? 0) + 1);
    const done = work
      .catch(async (error: unknown) => {
        deps.logger.error({ err: error, accountId }, "prepare.failed");
        const dueAt = new Date(deps.clock.now() + AGAIN_AFTER_MS);
        await giveBack(deps.pool, keyOf(deps, preparation), dueAt);
      })
      .catch((error: unknown) => deps.logger.error({ err: error }, "prepare.lease_kept"))
      .finally(() => {
        underWay.set(accountId, (underWay.get(accountId) ?? 1) - 1);
        if (underWay.get(accountId) === 0) underWay.delete(accountId);
        open.delete(done);
        deps.onReady();
        lane.kick();
      });
    open.add(done);
  };
  const takeFrom = async (channel: WaitingChannel): Promise<number> => {
    const own = underWay.get(channel.accountId) ?? 0;
    const ownMax = Math.max(1, Math.floor(deps.concurrency * SHARE_PER_ACCOUNT));
    const countMax = Math.min(deps.concurrency - open.size, ownMax - own);
    if (countMax <= 0) return 0;
    const nowMs = deps.clock.now();
    const leaseUntilMs = nowMs + LEASE_MS;
    const leases = { now: new Date(nowMs), leaseUntil: new Date(leaseUntilMs) };
    const claim = { owner: deps.instanceId, countMax, ...leases };
    const snapshots = await deps.directory.snapshots(deps.pool, [channel.accountId]);
    const snapshot = snapshots.get(channel.accountId);
    if (!snapshot) return 0;
    const messages = await claimUnprepared(deps.pool, channel, claim);
    for (const message of messages) {
      const preparation = { ...channel, message, leaseUntilMs };
      track(preparation, prepareMedia(deps, preparation, snapshot));
    }
    return messages.length;
  };
  const lane = createLane({
    name: "prepare",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    timers: deps.timers,
    async round() {
      const waiting = await findWaitingChannels(deps.pool, "unprepared");
      turn = (turn + 1) % Math.max(1, waiting.length);
      for (const channel of [...waiting.slice(turn), ...waiting.slice(0, turn)]) {
        try {
          await takeFrom(channel);
        } catch (error) {
          // One number's trouble must not cost the others their turn.
          deps.logger.error({ err: error, ...channel }, "prepare.claim_failed");
        }
      }
      return false;
    },
  });
  return {
    lane,
    async drain() {
      await lane.stop();
      await Promise.all(open);
    },
  };
}
