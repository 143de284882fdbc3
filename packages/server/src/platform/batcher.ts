/**
 * Gathers concurrent calls into groups, so that many of them share one transaction. A group leaves at
 * once when a lane is free, otherwise when one becomes free: a lone caller waits for nobody, and under
 * load groups grow by themselves up to `sizeMax`. No timer, no fixed delay.
 */
export interface BatcherOptions<In, Out> {
  /** Calls in one group at most. */
  sizeMax: number;
  /** Groups under way at once. */
  lanesMax: number;
  /** Calls that may wait; one more is refused. */
  waitingMax: number;
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
  const waiting: Waiting<In, Out>[] = [];
  const sleepers: (() => void)[] = [];
  let lanes = 0;
  let scheduled = false;

  const pump = () => {
    scheduled = false;
    while (lanes < options.lanesMax && waiting.length > 0) {
      lanes += 1;
      void runGroup(waiting.splice(0, options.sizeMax));
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
        if (waiting.length >= options.waitingMax) return reject(options.overflow());
        waiting.push({ item, resolve, reject });
        // Calls that were read from their sockets in the same turn join the same group.
        if (!scheduled && lanes < options.lanesMax) {
          scheduled = true;
          setImmediate(pump);
        }
      }),
    idle: () =>
      lanes === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => sleepers.push(resolve)),
  };
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
