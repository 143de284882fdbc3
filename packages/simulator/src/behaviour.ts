import type { SimulatorBehaviour } from "@recado/contract/simulator-api";
import type { Store } from "./store/open-store.ts";
import type { Settings } from "./store/settings.ts";

/** How a simulator behaves that nobody has told otherwise: a person can watch the ticks change. */
export const behaviourDefault: SimulatorBehaviour = {
  latencyMs: 0,
  statusDelayMs: 150,
  failRate: 0,
  duplicateRate: 0,
  reorder: false,
  httpErrorRate: 0,
  timeoutRate: 0,
  webhooks: true,
};

/** How the simulator behaves now, kept through restarts. */
export interface BehaviourKeeper {
  /** The current behaviour; do not change the object. */
  readonly current: SimulatorBehaviour;
  /** Sequence of the last change. */
  readonly version: number;
  /** Changes what is named; the rest stays. */
  change(changes: Partial<SimulatorBehaviour>): Promise<SimulatorBehaviour>;
}

/** Reads the kept behaviour, or begins with the default. */
export function openBehaviour(store: Store, settings: Settings): BehaviourKeeper {
  const kept = settings.find("behaviour") as
    | { version: number; behaviour: SimulatorBehaviour }
    | undefined;
  let current = { ...behaviourDefault, ...kept?.behaviour };
  let version = kept?.version ?? 0;
  return {
    get current() {
      return current;
    },
    get version() {
      return version;
    },
    async change(changes) {
      const behaviour = { ...current, ...changes };
      const next = store.nextSequence();
      current = behaviour;
      version = next;
      await store.write(() => settings.keep("behaviour", { version: next, behaviour }));
      return behaviour;
    },
  };
}
