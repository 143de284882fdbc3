/** A value that parts of the page look at, and that is replaced as a whole. */
export interface ExternalStore<Value> {
  get: () => Value;
  /** Replaces it; whoever looks at it is told unless it is the same value. */
  update: (change: (value: Value) => Value) => void;
  subscribe: (listener: () => void) => () => void;
}

/** Makes a store that holds `initial`. */
export function createExternalStore<Value>(initial: Value): ExternalStore<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    update: (change) => {
      const next = change(value);
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
