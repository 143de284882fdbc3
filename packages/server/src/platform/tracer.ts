/**
 * Steps of the work, for those who look at traces. Nothing of OpenTelemetry is loaded unless an
 * operator asks for it (`open-otlp-tracer.ts`). No step carries personal data, credentials or addresses:
 * ids, counts, names of ours, and how it ended.
 */
export interface Tracer {
  /** False: nothing is recorded, and whoever would have to prepare something for it need not. */
  readonly enabled: boolean;
  /** Runs `work` as a step; one that throws is recorded as failed, and thrown on. */
  trace<T>(step: Step, work: (span: TracedStep) => Promise<T>): Promise<T>;
  /** A step that ends elsewhere; `enter` runs a function inside of it. */
  open(step: Step): OpenStep;
  /** Adds to the step that we are in, if there is one. */
  note(facts: StepFacts): void;
  /** Sends what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

/** What a step is called, and what is known when it begins. */
export interface Step {
  name: string;
  /** `server`: somebody asked us; `client`: we ask somebody. Default: neither. */
  kind?: "server" | "client";
  /** Begins a trace of its own: work for many that belongs to none of them. */
  root?: boolean;
  facts?: StepFacts;
}

/** Facts about a step, such as `recado.message_id`. */
export type StepFacts = Record<string, string | number | boolean | string[] | undefined>;

/** A step that is under way. */
export interface TracedStep {
  note(facts: StepFacts): void;
}

/** See {@link Tracer.open}. */
export interface OpenStep extends TracedStep {
  enter(work: () => void): void;
  /** Safe to repeat. */
  end(failure?: string): void;
}

/** Ids of a group that are named at most; the rest is counted. */
export const IDS_NAMED_MAX = 50;

const NO_STEP: OpenStep = { note: () => {}, enter: (work) => work(), end: () => {} };

/** Records nothing. */
export const noTracer: Tracer = {
  enabled: false,
  trace: (_step, work) => work(NO_STEP),
  open: () => NO_STEP,
  note: () => {},
  stop: async () => {},
};
