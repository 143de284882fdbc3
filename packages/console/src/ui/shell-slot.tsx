import { type ComponentType, useEffect } from "react";
import { createStore } from "./store.ts";

/** Places in the rail that a feature fills: how fresh the page is, and whether the agent is here. */
export type SlotName = "connection" | "availability";

const slots = createStore<Partial<Record<SlotName, ComponentType>>>({});

/** Fills a place of the rail for as long as the calling component stands. */
export function useShellSlot(name: SlotName, content: ComponentType): void {
  useEffect(() => {
    slots.set((now) => ({ ...now, [name]: content }));
    return () => slots.set((now) => (now[name] === content ? { ...now, [name]: undefined } : now));
  }, [name, content]);
}

/** The place itself; empty while nobody fills it. */
export function ShellSlot({ name }: { name: SlotName }) {
  const Content = slots.use()[name];
  return Content === undefined ? null : <Content />;
}
