import { useEffect, useRef } from "react";
import { noteDialog, pressKey, type Shortcut, shortcutLayers } from "./shortcut.ts";

/**
 * Makes keys do something for as long as the component stands, and lists them in the sheet behind `?`. Of two with the same
 * keys the one that was added last goes first. They may be new objects at each drawing.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const layer = useRef({ shortcuts });
  layer.current.shortcuts = shortcuts;
  useEffect(() => {
    const mine = layer.current;
    if (shortcutLayers.length === 0) {
      window.addEventListener("keydown", noteDialog, true);
      document.addEventListener("keydown", pressKey);
    }
    shortcutLayers.push(mine);
    return () => {
      shortcutLayers.splice(shortcutLayers.indexOf(mine), 1);
      if (shortcutLayers.length === 0) {
        window.removeEventListener("keydown", noteDialog, true);
        document.removeEventListener("keydown", pressKey);
      }
    };
  }, []);
}
