import { useSyncExternalStore } from "react";

/** A value outside of React that components may watch. */
export interface Store<T> {
  get(): T;
  set(next: T | ((now: T) => T)): void;
  /** The value, for a component; it is drawn anew when the value changes. */
  use(): T;
}

/** Makes a {@link Store}. */
export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get,
    set(next) {
      const now = typeof next === "function" ? (next as (now: T) => T)(value) : next;
      if (Object.is(now, value)) return;
      value = now;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}
