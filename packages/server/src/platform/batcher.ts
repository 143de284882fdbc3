import { createFairQueue, type FairQueue } from "./fair-queue.ts";

/**
 * Gathers concurrent calls into groups, so that many of them share one transaction. A group leaves at
 * once when a lane is free, otherwise when one becomes free or a crowd waits: a lone caller waits for nobody, and under
 * load groups grow by themselves up to `sizeMax`. No timer, no fixed delay.
 */
export interface BatcherOptions<In, Out> {
  /** Calls in one group at most. */
  sizeMax: number;
  /** Groups under way at once. */
  lanesMax: number;
  /** Once so many wait, one group more leaves before those under way are back. Default: never. */
  crowd?: number;
  /**
   * Calls that may wait; one more is refused. Of several owners each may use its share of them, so that who fills them up is
   * refused himself and not the next who comes; together they may then use twice as many.
   */
  waitingMax: number;
  /** Whose call it is: owners take turns in the groups. Default: all are of one owner. */
  ownerOf?(item: In): string;
  /** Handles a group; answers in the same order, an `Error` for a call that failed by itself. */
  run(group: In[]): Promise<(Out | Error)[]>;
  /** Makes the refusal when too many wait. */
  overflow(): Error;
}

/** See {@link BatcherOptions}. */
export interface Batcher<In, Out> {
  add(item: In): Promise<Out>;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

interface Waiting<In, Out> {
  item: In;
  resolve(value: Out): void;
  reject(error: Error): void;
}

/** Starts a batcher; it lives as long as it is used. */
export function createBatcher<In, Out>(options: BatcherOptions<In, Out>): Batcher<In, Out> {
  const waiting = createFairQueue<Waiting<In, Out>>();
  const { ownerOf = () => "" } = options;
  const sleepers: (() => void)[] = [];
  let lanes = 0;
  let scheduled = false;

  const { lanesMax, crowd = Number.POSITIVE_INFINITY } = options;
  const hasLane = () => lanes < lanesMax || (lanes === lanesMax && waiting.size >= crowd);
  const pump = () => {
    scheduled = false;
    while (waiting.size > 0 && hasLane()) {
      lanes += 1;
      void runGroup(waiting.take(options.sizeMax));
    }
    if (lanes === 0) for (const wake of sleepers.splice(0)) wake();
  };
  const runGroup = async (group: Waiting<In, Out>[]) => {
    try {
      settle(group, await options.run(group.map((call) => call.item)));
    } catch (error) {
      for (const call of group) call.reject(asError(error));
    } finally {
      lanes -= 1;
      pump();
    }
  };
  return {
    add: (item) =>
      new Promise<Out>((resolve, reject) => {
        const owner = ownerOf(item);
        if (isFull(waiting, owner, options.waitingMax)) return reject(options.overflow());
        waiting.add(owner, { item, resolve, reject });
        // Calls that were read from their sockets in the same turn join the same group.
        if (!scheduled && hasLane()) {
          scheduled = true;
          setImmediate(pump);
        }
      }),
    idle: () =>
      lanes === 0 && waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => sleepers.push(resolve)),
  };
}

function isFull<Item>(waiting: FairQueue<Item>, owner: string, waitingMax: number): boolean {
  if (waiting.size < waitingMax) return false;
  const own = waiting.sizeOf(owner);
  const owners = waiting.owners + (own === 0 ? 1 : 0);
  return own >= waitingMax / owners || waiting.size >= 2 * waitingMax;
}

function settle<In, Out>(group: Waiting<In, Out>[], answers: (Out | Error)[]): void {
  group.forEach((call, index) => {
    const answer = answers[index];
    if (answer instanceof Error) call.reject(answer);
    else if (index < answers.length) call.resolve(answer as Out);
    else call.reject(new Error("the group's handler left a call unanswered"));
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
