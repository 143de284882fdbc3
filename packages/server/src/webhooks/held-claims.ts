/**
 * How many claims this process holds, in all and for each endpoint, and how many more of an endpoint it may
 * take: as many as it calls at once, and ahead of those what the endpoint got through lately. So a quick
 * endpoint is claimed in large groups, and a slow one is not claimed beyond what is called.
 */
export interface HeldClaims {
  readonly total: number;
  /** How many of the endpoint. */
  countOf(endpointId: string): number;
  add(endpointId: string): void;
  /** A claim is held no more. */
  end(endpointId: string): void;
  /** How many more may be taken from the endpoint now. */
  findRoom(endpointId: string): number;
  /** How many more could be called at once, without waiting for others of this process. */
  findPlaces(endpointId: string): number;
  /** A look has been made: what was got through before it counts no more. */
  forget(): void;
}

/** Claims of one endpoint at most, however quick it is. */
const AHEAD_MAX = 512;
/**
 * Of what it got through between two looks, so much may be held: what is called or written down when a look comes was taken by an
 * earlier one, and twice would leave less room than was got through, while the machine waits.
 */
const AHEAD_PER_ENDED = 4;

/** None held. */
export function createHeldClaims(perEndpointMax: number): HeldClaims {
  const held = new Map<string, number>();
  const ended = new Map<string, number>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    countOf: (endpointId) => held.get(endpointId) ?? 0,
    add(endpointId) {
      total += 1;
      held.set(endpointId, (held.get(endpointId) ?? 0) + 1);
    },
    end(endpointId) {
      total -= 1;
      ended.set(endpointId, (ended.get(endpointId) ?? 0) + 1);
      const left = (held.get(endpointId) ?? 1) - 1;
      if (left === 0) held.delete(endpointId);
      else held.set(endpointId, left);
    },
    findRoom(endpointId) {
      const ahead = Math.min(AHEAD_MAX, AHEAD_PER_ENDED * (ended.get(endpointId) ?? 0));
      return Math.max(perEndpointMax, ahead) - (held.get(endpointId) ?? 0);
    },
    findPlaces: (endpointId) => perEndpointMax - (held.get(endpointId) ?? 0),
    forget: () => ended.clear(),
  };
}
