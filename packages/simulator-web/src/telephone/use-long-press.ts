import { type MouseEvent, type PointerEvent, useRef } from "react";

const holdMs = 450;

/**
 * Handlers that tell of a finger held still; a mouse has the hover menu instead. It tells when the finger is lifted: a popover
 * that opened under the finger would be closed by the lifting.
 */
export function useLongPress(onHold: () => void) {
  const timer = useRef<number | undefined>(undefined);
  const held = useRef(false);
  const forget = () => {
    window.clearTimeout(timer.current);
    held.current = false;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      forget();
      if (event.pointerType === "touch") {
        timer.current = window.setTimeout(() => {
          held.current = true;
        }, holdMs);
      }
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.abs(event.movementX) + Math.abs(event.movementY) > 4) {
        forget();
      }
    },
    onPointerUp: () => {
      if (held.current) {
        window.setTimeout(onHold);
      }
      forget();
    },
    onPointerCancel: forget,
    /** The browser's own answer to a held finger would take its place. */
    onContextMenu: (event: MouseEvent) => {
      const { nativeEvent } = event;
      if (nativeEvent instanceof window.PointerEvent && nativeEvent.pointerType === "touch") {
        event.preventDefault();
      }
    },
  };
}
