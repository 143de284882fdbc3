import type { ClaimShare } from "../storage/delivery-work.ts";

/** An endpoint that could be called now. */
export interface SlotCandidate {
  accountId: string;
  endpointId: string;
  /** Calls that it may still get. */
  room: number;
}

/**
 * Deals free slots out, one at a time: to each account in turn, and within an account to each of its
 * endpoints in turn. So a backlog takes only what nobody else wants. `turn` grows with every call and
 * moves the beginning on, so that with fewer slots than takers everybody comes to be first.
 */
export function shareSlots(
  candidates: readonly SlotCandidate[],
  slots: number,
  turn: number,
): ClaimShare[] {
  const able = candidates.filter((candidate) => candidate.room > 0);
  const accounts = [...Map.groupBy(able, (candidate) => candidate.accountId).values()];
  let queues = rotate(accounts, turn).map((endpoints) => rotate(endpoints, turn));
  const shares = new Map<string, ClaimShare>();
  let left = slots;
  while (left > 0 && queues.length > 0) {
    for (const queue of queues) {
      const endpoint = left > 0 ? queue.shift() : undefined;
      if (!endpoint) continue;
      left -= 1;
      const { accountId, endpointId } = endpoint;
      const share = shares.get(endpointId) ?? { accountId, endpointId, slots: 0 };
      share.slots += 1;
      shares.set(endpointId, share);
      if (share.slots < endpoint.room) queue.push(endpoint);
    }
    queues = queues.filter((queue) => queue.length > 0);
  }
  return [...shares.values()];
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
