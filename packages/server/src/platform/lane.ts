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
  let timer: Timer | undefined;
  let stopped = true;
  let resting: Timer | undefined;
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
  const wake = () => {
    if (stopped || running !== null) return;
    timer?.cancel();
    timer = undefined;
    running = look().finally(() => {
      running = null;
      if (stopped) return;
      if (options.restMs) resting = timers.start(options.restMs, rest);
      else rest();
    });
  };
  const rest = () => {
    resting = undefined;
    if (kicked) setImmediate(wake);
    else timer = timers.start(options.intervalMs, wake);
  };
  return {
    start() {
      stopped = false;
      wake();
    },
    kick() {
      kicked = true;
      if (resting === undefined) wake();
    },
    async stop() {
      stopped = true;
      timer?.cancel();
      resting?.cancel();
      resting = undefined;
      await running;
    },
  };
}
