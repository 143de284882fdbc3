type Load = () => Promise<unknown>;

/** A browser that is busy all the time gets it nevertheless. */
const IDLE_MS_MAX = 2_000;
/** Safari knows no idle time. */
const NO_IDLE_MS = 200;

const waiting: Load[] = [];
let isBegun = false;
let isLoading = false;

/** Fetches code ahead, one piece after the other, in moments in which the browser has nothing to do once the page can be used. */
export function whenIdle(load: Load): void {
  waiting.push(load);
  if (isBegun) void work();
}

/** From now on the page can be used, and what was left for later may come. */
export function beginIdle(): void {
  if (isBegun) return;
  isBegun = true;
  performance.mark("recado-usable");
  void work();
}

/** Whether something is being fetched that nobody has asked for: its failure is nobody's concern. */
export function isFetchingAhead(): boolean {
  return isLoading;
}

async function work(): Promise<void> {
  if (isLoading) return;
  isLoading = true;
  for (let load = waiting.shift(); load !== undefined; load = waiting.shift()) {
    await idle();
    // It is fetched again when somebody needs it.
    await load().catch(() => undefined);
  }
  isLoading = false;
}

function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function")
      requestIdleCallback(resolve, { timeout: IDLE_MS_MAX });
    else setTimeout(resolve, NO_IDLE_MS);
  });
}
