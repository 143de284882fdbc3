import { createHash } from "node:crypto";
import type { Chance } from "./chance.ts";

/*
 * Decides what happens next. Whatever the product waits for (a statement, a call, a wait) is a step that is
 * offered here; one step is taken at a time, chosen by the seed among those that could come now, and the next only when
 * everything that follows from it inside the processes has come to rest. So nothing depends on how fast the machine is.
 */

/** One who may die, and whose steps then never come. */
export interface Mortal {
  readonly name: string;
  readonly alive: boolean;
  /** Until then it stands still, and everything that it waits for has to wait; 0: it does not. */
  readonly frozenUntilMs: number;
}

/** Something that can happen. */
export interface Step {
  /** What the trace calls it. */
  label: string;
  /** Null: it comes whoever dies. */
  owner: Mortal | null;
  /** Only a look of this lane for work: nobody waits for it. */
  look?: string;
  /** Does it; what it resolves to stands in the trace. */
  run(): Promise<string> | string;
}

/** The order of everything, and the time. */
export interface Schedule {
  now(): number;
  /** It could come now. */
  offer(step: Step): void;
  /** It could come from then on. Answers how to call it off. */
  offerAfter(ms: number, step: Step): () => void;
  /** Lets time pass. */
  advance(ms: number): void;
  /** When the next step that waits for its time is due, with or without looks; null: there is none. */
  nextDueMs(options: { looksToo: boolean }): number | null;
  /** From now on only these lanes look; the looks of others wait. Null: all do. */
  letLook(lanes: ReadonlySet<string> | null): void;
  /** Whether a step could come now. */
  hasReady(): boolean;
  /** Takes one step; false when none could come. */
  step(): Promise<boolean>;
  /** Writes something into the trace. */
  note(text: string): void;
  /** Of all that happened so far. */
  hash(): string;
  readonly taken: number;
}

interface Timed {
  atMs: number;
  step: Step;
  isOff: boolean;
}

/** A schedule that begins at `startMs`; `onLine` is told every line of the trace. */
export function createSchedule(
  chance: Chance,
  startMs: number,
  onLine?: (line: string) => void,
): Schedule {
  const trace = createHash("sha256");
  let nowMs = startMs;
  let ready: Step[] = [];
  let timed: Timed[] = [];
  let taken = 0;
  let looking: ReadonlySet<string> | null = null;

  const note = (text: string) => {
    const line = `${nowMs - startMs} ${text}`;
    trace.update(line).update("\n");
    onLine?.(line);
  };
  const isLive = ({ owner }: Step) => owner === null || owner.alive;
  const ripen = () => {
    ready = ready.filter(isLive);
    timed = timed.filter(({ isOff, step }) => !isOff && isLive(step));
    const due = timed.filter(({ atMs }) => atMs <= nowMs);
    if (due.length === 0) return;
    ready.push(...due.map(({ step }) => step));
    timed = timed.filter(({ atMs }) => atMs > nowMs);
  };
  const isWanted = ({ look }: Step) => look === undefined || (looking?.has(look) ?? true);
  const mayCome = (step: Step) =>
    (step.owner === null || step.owner.frozenUntilMs <= nowMs) && isWanted(step);
  return {
    now: () => nowMs,
    note,
    hash: () => trace.copy().digest("hex"),
    get taken() {
      return taken;
    },
    offer: (step) => void ready.push(step),
    offerAfter(ms, step) {
      const entry = { atMs: nowMs + ms, step, isOff: false };
      // Called off between the moment when it was due and its turn, it does not come either.
      const guarded = { ...step, run: () => (entry.isOff ? "off" : step.run()) };
      entry.step = guarded;
      timed.push(entry);
      return () => {
        entry.isOff = true;
      };
    },
    advance(ms) {
      nowMs += ms;
    },
    letLook(lanes) {
      looking = lanes;
    },
    nextDueMs({ looksToo }) {
      ripen();
      const waiting = looksToo ? timed : timed.filter(({ step }) => step.look === undefined);
      const thaws = ready.filter(isWanted).map(({ owner }) => owner?.frozenUntilMs ?? nowMs);
      const times = [...waiting.map(({ atMs }) => atMs), ...thaws];
      return times.length === 0 ? null : Math.min(...times);
    },
    hasReady() {
      ripen();
      return ready.some(mayCome);
    },
    async step() {
      ripen();
      const candidates = ready.filter(mayCome);
      const step = candidates[Math.floor(chance.next() * candidates.length)];
      if (!step) return false;
      ready.splice(ready.indexOf(step), 1);
      taken += 1;
      nowMs += 1;
      const end = await step.run();
      note(`${step.owner?.name ?? "-"} ${step.label} ${end}`);
      await comeToRest();
      return true;
    },
  };
}

/** Turns of the event loop after which nothing is left to run: work put off to the next turn puts off no further. */
const TURNS = 3;

/** Resolves when all that was set off has run as far as it can. */
export async function comeToRest(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
