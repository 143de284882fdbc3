import type { NumberTroubles } from "@recado/contract/simulator-troubles";
import type { Store } from "./open-store.ts";
import type { Settings } from "./settings.ts";

/** What is wrong with numbers, kept through restarts. */
export interface Troubles {
  /** Of a number without troubles an empty object. */
  find(numberId: string): NumberTroubles;
  replace(numberId: string, troubles: NumberTroubles): Promise<void>;
}

/** Reads and writes them among the settings. */
export function openTroubles(store: Store, settings: Settings): Troubles {
  const keyOf = (numberId: string) => `troubles:${numberId}`;
  return {
    find: (numberId) => (settings.find(keyOf(numberId)) as NumberTroubles | undefined) ?? {},
    replace: (numberId, troubles) =>
      store.write(() => settings.keep(keyOf(numberId), troubles)).then(() => undefined),
  };
}
