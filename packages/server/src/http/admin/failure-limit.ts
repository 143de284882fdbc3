import type { Clock } from "../../platform/clock.ts";

/** Counts failures by address, so that guessing is slow. Forgets; needs no store. */
export interface FailureLimit {
  /** Whether nobody has failed: then nobody need be looked up. */
  isIdle(): boolean;
  /** Seconds that this address has to wait; 0 when it may try. */
  waitS(address: string): number;
  /** One more failure of this address. */
  note(address: string): void;
}

/** Settings of {@link createFailureLimit}. */
export interface FailureLimitOptions {
  clock: Clock;
  /** Failures in one window; after them the address waits until the window ends. */
  failuresMax: number;
  windowMs: number;
  /** Addresses remembered; beyond it the oldest window is forgotten. */
  addressesMax: number;
}

/** An empty {@link FailureLimit}. */
export function createFailureLimit(options: FailureLimitOptions): FailureLimit {
  const windows = new Map<string, { failures: number; endsAtMs: number }>();
  const current = (address: string) => {
    const window = windows.get(address);
    return window && window.endsAtMs > options.clock.now() ? window : null;
  };
  return {
    isIdle: () => windows.size === 0,
    waitS(address) {
      const window = current(address);
      if (!window || window.failures < options.failuresMax) return 0;
      return Math.ceil((window.endsAtMs - options.clock.now()) / 1000);
    },
    note(address) {
      const window = current(address);
      if (window) {
        window.failures += 1;
        return;
      }
      windows.delete(address);
      windows.set(address, { failures: 1, endsAtMs: options.clock.now() + options.windowMs });
      if (windows.size > options.addressesMax) {
        const [oldest] = windows.keys();
        if (oldest !== undefined) windows.delete(oldest);
      }
    },
  };
}
