import { useRef, useSyncExternalStore } from "react";
import type { ExternalStore } from "./external-store.ts";

/**
 * What `select` sees in a store; drawn anew only when that changes. `isEqual` is for selections that are made anew at
 * each look, such as lists.
 */
export function useStore<Value, Part>(
  store: ExternalStore<Value>,
  select: (value: Value) => Part,
  isEqual: (left: Part, right: Part) => boolean = Object.is,
): Part {
  const last = useRef<{ part: Part } | null>(null);
  const look = () => {
    const part = select(store.get());
    if (last.current !== null && isEqual(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(store.subscribe, look);
}

/** Whether two lists hold the same things in the same order. */
export function sameList<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return left.length === right.length && left.every((item, index) => Object.is(item, right[index]));
}
