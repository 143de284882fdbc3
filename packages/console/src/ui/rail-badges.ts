import { createStore } from "./store.ts";

const badges = createStore<Readonly<Record<string, number>>>({});

/** Shows how much waits at a place of the rail (`"/"` is the inbox, whose number is also in the window's title); 0 shows nothing. */
export function setRailBadge(to: string, count: number): void {
  badges.set((now) => (now[to] === count ? now : { ...now, [to]: count }));
}

/** How much waits at a place. */
export function useRailBadge(to: string): number {
  return badges.use()[to] ?? 0;
}
