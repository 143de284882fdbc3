import { type PointerEvent, useRef } from "react";

const holdMs = 450;

/** Handlers that tell of a finger held still; a mouse has the hover menu instead. */
export function useLongPress(onHold: () => void) {
  const timer = useRef<number | undefined>(undefined);
  const stop = () => window.clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      stop();
      if (event.pointerType === "touch") {
        timer.current = window.setTimeout(onHold, holdMs);
      }
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onPointerMove: (event: PointerEvent) => {
      if (Math.abs(event.movementX) + Math.abs(event.movementY) > 4) {
        stop();
      }
    },
  };
}
