import { setTimeout as delay } from "node:timers/promises";
import { type Program, startProgram } from "../product/processes.ts";

/** A program that somebody keeps running, as systemd would: when it ends, it is started again. */
export interface KeptProgram {
  pid(): number;
  /** SIGKILL; it comes back after a second. */
  kill(): void;
  /** Any other signal. */
  signal(signal: NodeJS.Signals): void;
  /** Stops it as an operator would, and keeps it no more; resolves with its exit code or signal. */
  stop(): Promise<number | NodeJS.Signals>;
  /** How it ended when nobody had killed it. */
  ownEndings: string[];
}

const LOOK_MS = 200;
const REST_MS = 1_000;
const STOP_MS_MAX = 15_000;
/** Whoever ends in this time has not come up, for want of a database that answers in time, and is tried again. */
const START_MS = 30_000;

/** Starts it. `mayEnd`: endings that are due to what is done around it (no database at its start) and are no fault. */
export function keepProgram(
  name: string,
  start: { args: readonly string[]; env: Record<string, string>; log: string },
  mayEnd: () => boolean,
): KeptProgram {
  let program: Program = startProgram(start.args, start);
  let startedAt = performance.now();
  let wasKilled = false;
  let kept = true;
  const ownEndings: string[] = [];
  const keep = async () => {
    while (kept) {
      await delay(LOOK_MS);
      const ended = program.ended();
      if (!kept || ended === null) continue;
      const isNew = performance.now() - startedAt < START_MS;
      if (!wasKilled && !isNew && !mayEnd())
        ownEndings.push(`${name} ended by itself with ${ended}`);
      await delay(REST_MS);
      if (!kept) return;
      wasKilled = false;
      program = startProgram(start.args, start);
      startedAt = performance.now();
    }
  };
  const keeping = keep();
  // Also one that is stopped (SIGSTOP) must not outlive a run that is cut short.
  const end = () => program.signal("SIGKILL");
  process.once("exit", end);
  return {
    pid: () => program.pid,
    kill() {
      wasKilled = true;
      program.signal("SIGKILL");
    },
    signal: (signal) => program.signal(signal),
    async stop() {
      kept = false;
      process.off("exit", end);
      await keeping;
      program.signal("SIGTERM");
      return program.waitForEnd(STOP_MS_MAX).catch(async () => {
        program.signal("SIGKILL");
        await program.waitForEnd(STOP_MS_MAX);
        return "SIGKILL" as const;
      });
    },
    ownEndings,
  };
}
