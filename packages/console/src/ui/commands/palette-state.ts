import { createStore } from "../store.ts";

const open = createStore(false);

/** Shows the command palette. */
export const openPalette = () => open.set(true);
/** Hides it. */
export const closePalette = () => open.set(false);
/** Whether it is shown. */
export const usePaletteOpen = open.use;
