import { useSyncExternalStore } from "react";

/** Below it the columns show one at a time, as `inbox-page.module.css` has it. */
const query = typeof window === "undefined" ? null : window.matchMedia("(min-width: 1280px)");

/** Whether there is room for all columns at once. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query?.addEventListener("change", listener);
      return () => query?.removeEventListener("change", listener);
    },
    () => query?.matches ?? true,
  );
}
