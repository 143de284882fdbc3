import { useEffect, useState } from "react";

/**
 * For a dialog that stands for as long as it is open: gives the focus back to where it was when the dialog came. What is shut by
 * its own `opened` does so by itself.
 */
export function useReturnFocus(): void {
  // While it is drawn for the first time: a field of the dialog may take the focus as soon as it is there.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && opener instanceof HTMLElement && opener.isConnected) {
          opener.focus({ preventScroll: true });
        }
      });
    },
    [opener],
  );
}
