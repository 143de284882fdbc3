/** Waiting, as it is handed in where somebody else must be able to decide when a wait ends. */
export interface Timers {
  /** Calls back once after so many milliseconds, unless it is cancelled before. */
  start(ms: number, callback: () => void): Timer;
}

/** A wait under way. */
export interface Timer {
  cancel(): void;
}

/** The machine's own. */
export const systemTimers: Timers = {
  start(ms, callback) {
    const timeout = setTimeout(callback, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};

/** Resolves after so many milliseconds. */
export function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => void timers.start(ms, resolve));
}
