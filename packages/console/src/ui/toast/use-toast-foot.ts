import { type RefObject, useLayoutEffect } from "react";

/** How high what stands at the foot of the page is; `toasts.module.css` reads it. */
const FOOT = "--toast-foot";

/** Keeps toasts above what stands at the foot of the page, however tall it grows, for as long as it stands there. */
export function useToastFoot(place: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const foot = place.current;
    if (foot === null) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty(FOOT, `${foot.offsetHeight}px`));
    observer.observe(foot);
    return () => {
      observer.disconnect();
      style.removeProperty(FOOT);
    };
  }, [place]);
}
