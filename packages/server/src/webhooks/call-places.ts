/**
 * Places for calls: so many at once to one endpoint, and so many in all. Whoever waits is served in the order
 * of asking, but one whose endpoint is full holds nobody else up.
 */
export interface CallPlaces {
  /** Runs the calls when there is a place, and resolves when they have ended. */
  use(endpointId: string, calls: () => Promise<void>): Promise<void>;
}

interface Waiting {
  endpointId: string;
  start(): void;
}

/** Empty places. */
export function createCallPlaces(limits: { max: number; perEndpointMax: number }): CallPlaces {
  const inUse = new Map<string, number>();
  let total = 0;
  let waiting: Waiting[] = [];

  const mayStart = (endpointId: string) =>
    total < limits.max && (inUse.get(endpointId) ?? 0) < limits.perEndpointMax;
  const enter = (endpointId: string) => {
    total += 1;
    inUse.set(endpointId, (inUse.get(endpointId) ?? 0) + 1);
  };
  const leave = (endpointId: string) => {
    total -= 1;
    const left = (inUse.get(endpointId) ?? 1) - 1;
    if (left === 0) inUse.delete(endpointId);
    else inUse.set(endpointId, left);
    const next = waiting.find((one) => mayStart(one.endpointId));
    if (!next) return;
    waiting = waiting.filter((one) => one !== next);
    next.start();
  };
  return {
    async use(endpointId, calls) {
      if (mayStart(endpointId)) enter(endpointId);
      else {
        await new Promise<void>((resolve) => {
          const start = () => {
            enter(endpointId);
            resolve();
          };
          waiting.push({ endpointId, start });
        });
      }
      try {
        await calls();
      } finally {
        leave(endpointId);
      }
    },
  };
}
