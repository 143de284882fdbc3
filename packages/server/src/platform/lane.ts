import type { Logger } from "pino";
import { systemTimers, type Timer, type Timers } from "./timers.ts";

/**
 * A loop that looks for due work in the database: at a steady pace, at once when kicked, and again
 * right away while there is more. What it finds lives in rows, so a lane that dies loses nothing.
 */
export interface Lane {
  start(): void;
  /** Work was just written: look now. Cheap, and safe to call from anywhere. */
  kick(): void;
  /** Looks no more and resolves when the round under way has ended. */
  stop(): Promise<void>;
}

/** What a lane does. */
export interface LaneOptions {
  name: string;
  /** Longest pause between two looks. */
  intervalMs: number;
  /**
   * Shortest pause between two looks, unless the last one left work: under load a look then finds many
   * items instead of one, and each costs a fraction. Default 0.
   */
  restMs?: number;
  logger: Logger;
  /** Default: the machine's. */
  timers?: Timers | undefined;
  /** One round; true when it left work that is due already. */
  round(): Promise<boolean>;
}

/** A stopped {@link Lane}. A round that throws is logged and tried again after the interval. */
export function createLane(options: LaneOptions): Lane {
  const { timers = systemTimers } = options;
  let running: Promise<void> | null = null;
  /** What begins the next round. One at most: a second would run on after `stop`, and keep a process alive for as long. */
  let next: Timer | undefined;
  let stopped = true;
  let isResting = false;
  let kicked = false;

  const look = async () => {
    let more = true;
    while (more && !stopped) {
      kicked = false;
      try {
        more = await options.round();
      } catch (error) {
        more = false;
        options.logger.error({ lane: options.name, err: error }, "lane.failed");
      }
    }
  };
  const forgetNext = () => {
    next?.cancel();
    next = undefined;
    isResting = false;
  };
  const wake = () => {
    if (stopped || running !== null) return;
    forgetNext();
    running = look().finally(() => {
      running = null;
      if (stopped) return;
      if (options.restMs) {
        isResting = true;
        next = timers.start(options.restMs, rest);
      } else rest();
    });
  };
  const rest = () => {
    isResting = false;
    next = kicked ? startSoon(wake) : timers.start(options.intervalMs, wake);
  };
  return {
    start() {
      stopped = false;
      wake();
    },
    kick() {
      kicked = true;
      if (!isResting) wake();
    },
    async stop() {
      stopped = true;
      forgetNext();
      await running;
    },
  };
}

/** Calls back in the next turn of the event loop. */
function startSoon(callback: () => void): Timer {
  const immediate = setImmediate(callback);
  return { cancel: () => clearImmediate(immediate) };
}
