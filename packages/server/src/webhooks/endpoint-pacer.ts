import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import type { ClaimedDelivery, DueEndpoint } from "../storage/delivery-work.ts";
import { returnPace, takePace } from "../storage/endpoint-pace.ts";
import { LEASE_MS } from "./delivery-policy.ts";

/** An endpoint that is about to get calls. */
export interface PacedEndpoint {
  accountId: string;
  endpointId: string;
  endpoint: { ratePerSecond: number | null };
  /** Calls that it may get; the pacer lowers it. */
  room: number;
}

/** Keeps endpoints within the calls per second that their owners allow. */
export interface EndpointPacer {
  /**
   * Lowers the room of endpoints that have a limit to what may be begun now, and takes that out of their
   * limits. Endpoints without one cost nothing. Answers how long until one that got less may be asked
   * again; null: none.
   */
  limit(endpoints: Iterable<PacedEndpoint>, nowMs: number): Promise<number | null>;
  /** Gives back what the last `limit` granted and the claims do not begin now. */
  settle(claimed: readonly Pick<ClaimedDelivery, "endpointId" | "follows">[]): Promise<void>;
}

/** Another process may give back what it took and could not use: a full endpoint is asked again so soon. */
const REST_MS_MAX = 100;

/** Builds a pacer for one process. One round at a time: `limit`, then `settle`. */
export function createEndpointPacer(pool: Database): EndpointPacer {
  const restUntilMs = new Map<string, number>();
  let granted: { accountId: string; endpointId: string; calls: number }[] = [];
  let at = new Date(0);

  return {
    async limit(endpoints, nowMs) {
      for (const [id, untilMs] of restUntilMs) {
        if (untilMs <= nowMs || untilMs > nowMs + REST_MS_MAX) restUntilMs.delete(id);
      }
      const limited = [...endpoints].filter(isLimited);
      if (limited.length === 0) return null;
      at = new Date(nowMs);
      const asking = limited.filter(({ endpointId }) => !restUntilMs.has(endpointId));
      const grants = await takePace(pool, asking.map(formatWish), at);
      granted = [];
      for (const each of limited) {
        const { accountId, endpointId, room } = each;
        const grant = grants.get(endpointId);
        const calls = grant?.granted ?? 0;
        each.room = calls;
        if (calls > 0) granted.push({ accountId, endpointId, calls });
        if (!grant || calls >= room) continue;
        restUntilMs.set(endpointId, Math.min(grant.freeAt.getTime(), nowMs + REST_MS_MAX));
      }
      return restUntilMs.size === 0 ? null : Math.max(1, Math.min(...restUntilMs.values()) - nowMs);
    },
    async settle(claimed) {
      if (granted.length === 0) return;
      // One that follows another is asked for when its turn comes; see `createPaceGate`.
      const now = claimed.filter((claim) => claim.follows === null);
      const begun = Map.groupBy(now, (claim) => claim.endpointId);
      const unused = granted.flatMap((grant) => {
        const calls = grant.calls - (begun.get(grant.endpointId)?.length ?? 0);
        return calls > 0 ? [{ ...grant, calls }] : [];
      });
      granted = [];
      await returnPace(pool, unused, at);
    },
  };
}

/** What was granted with a claim is good for so long; a call that begins later asks anew. */
const GRANT_MS = 100;

/**
 * Asks, right before a call, whether it may begin: null, or when to come again. Costs something only where an
 * endpoint has a limit and the call was not granted together with its claim, or too long ago.
 */
export type PaceGate = (
  claim: Pick<ClaimedDelivery, "accountId" | "endpointId" | "follows" | "lease">,
  endpoint: Pick<DueEndpoint, "ratePerSecond">,
) => Promise<Date | null>;

/** Builds a gate for one process. */
export function createPaceGate(deps: { pool: Database; clock: Clock }): PaceGate {
  return async (claim, { ratePerSecond }) => {
    if (ratePerSecond === null) return null;
    const { accountId, endpointId } = claim;
    const nowMs = deps.clock.now();
    const claimedMs = claim.lease.getTime() - LEASE_MS;
    if (claim.follows === null && Math.abs(nowMs - claimedMs) <= GRANT_MS) return null;
    const wish = { accountId, endpointId, ratePerSecond, calls: 1 };
    const grant = (await takePace(deps.pool, [wish], new Date(nowMs))).get(endpointId);
    return grant && grant.granted < 1 ? grant.freeAt : null;
  };
}

type LimitedEndpoint = PacedEndpoint & { endpoint: { ratePerSecond: number } };

function isLimited(each: PacedEndpoint): each is LimitedEndpoint {
  return each.endpoint.ratePerSecond !== null && each.room > 0;
}

function formatWish({ accountId, endpointId, endpoint, room }: LimitedEndpoint) {
  return { accountId, endpointId, ratePerSecond: endpoint.ratePerSecond, calls: room };
}
