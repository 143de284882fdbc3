import type { Logger } from "pino";
import { AppError } from "../platform/app-error.ts";
import type { Database } from "../storage/connect.ts";
import { findEventHeads } from "../storage/event-log.ts";

/** Calls that wait for something to happen in their account, all looked after by one statement a look. */
export interface EventWaits {
  /**
   * True once the account has an event after `after`, or when the time is up; false when `signal` gives up
   * or the process is ending. Refuses with `too_many_requests` when too many wait already.
   */
  wait(given: Wait): Promise<boolean>;
  /** Lets everybody go, now and from now on. */
  close(): void;
}

/** A call that waits. */
export interface Wait {
  accountId: string;
  after: bigint;
  forMs: number;
  signal: AbortSignal;
}

/** Calls of one account that wait in one process. */
export const WAITS_PER_ACCOUNT_MAX = 10;

/** Calls that wait in one process. */
export const WAITS_MAX = 500;

const LOOK_MS = 250;
const AGAIN_S = 5;

/** What waiting needs; the limits are for tests. */
export interface WaitDeps {
  pool: Database;
  logger: Logger;
  lookMs?: number;
  waitsMax?: number;
  perAccountMax?: number;
}

/** Starts with nobody waiting; nothing is looked at until somebody does. */
export function createEventWaits(deps: WaitDeps): EventWaits {
  const waiting = new Set<Wait & { release(): void }>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const look = async () => {
    try {
      const accountIds = [...new Set([...waiting].map((one) => one.accountId))];
      const heads = await findEventHeads(deps.pool, accountIds);
      for (const one of waiting) {
        if ((heads.get(one.accountId) ?? 0n) > one.after) one.release();
      }
    } catch (error) {
      // They wait on: the database may be back before their time is up.
      deps.logger.warn({ err: error }, "events.look_failed");
    }
    timer = waiting.size > 0 ? setTimeout(look, deps.lookMs ?? LOOK_MS) : undefined;
  };
  return {
    async wait(given) {
      if (closed || given.signal.aborted) return false;
      checkRoom(deps, waiting, given.accountId);
      await new Promise<void>((resolve) => {
        const release = () => {
          clearTimeout(end);
          given.signal.removeEventListener("abort", release);
          waiting.delete(one);
          resolve();
        };
        const one = { ...given, release };
        const end = setTimeout(release, given.forMs);
        given.signal.addEventListener("abort", release);
        waiting.add(one);
        timer ??= setTimeout(look, deps.lookMs ?? LOOK_MS);
      });
      return !closed && !given.signal.aborted;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const one of waiting) one.release();
    },
  };
}

function checkRoom(deps: WaitDeps, waiting: ReadonlySet<Wait>, accountId: string): void {
  const own = [...waiting].filter((one) => one.accountId === accountId).length;
  const perAccountMax = deps.perAccountMax ?? WAITS_PER_ACCOUNT_MAX;
  if (own < perAccountMax && waiting.size < (deps.waitsMax ?? WAITS_MAX)) return;
  const message =
    own < perAccountMax
      ? "Too many calls wait for events at this moment. Try again, or ask without wait_s."
      : `${perAccountMax} calls of this account wait for events already. One is enough for each reader.`;
  throw new AppError("too_many_requests", { message, retryAfterS: AGAIN_S });
}
