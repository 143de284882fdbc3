import { createStore } from "../store.ts";

const open = createStore(false);

/** Shows the sheet of all keys. */
export const openShortcutSheet = () => open.set(true);
/** Hides it. */
export const closeShortcutSheet = () => open.set(false);
/** Whether it is shown. */
export const useSheetOpen = open.use;
