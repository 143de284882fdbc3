import { createStore } from "../store.ts";

/** A word to the reader that goes away by itself. */
export interface Toast {
  id: number;
  kind: "done" | "problem" | "info";
  text: string;
  /** Something to do about it, such as undoing. */
  action?: { label: string; run(): void };
}

const MS_SHOWN = 5_000;
const MS_SHOWN_WITH_ACTION = 9_000;
const SHOWN_MAX = 4;
let last = 0;

/** What is shown now, oldest first. */
export const toastStore = createStore<readonly Toast[]>([]);

/** Shows a word for a few seconds; a problem stays until it is closed. Answers the way to take it back. */
export function showToast(toast: Omit<Toast, "id">): () => void {
  const id = ++last;
  // The same trouble many times over is one trouble; what can be undone is each its own.
  const isSame = (each: Toast) =>
    each.action === undefined && each.kind === toast.kind && each.text === toast.text;
  toastStore.set((now) =>
    [...now.filter((each) => !isSame(each)), { ...toast, id }].slice(-SHOWN_MAX),
  );
  const remove = () => hideToast(id);
  if (toast.kind !== "problem") {
    setTimeout(remove, toast.action === undefined ? MS_SHOWN : MS_SHOWN_WITH_ACTION);
  }
  return remove;
}

/** Takes a word away. */
export function hideToast(id: number): void {
  toastStore.set((now) => now.filter((each) => each.id !== id));
}
