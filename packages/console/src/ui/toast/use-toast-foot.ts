import { type RefObject, useLayoutEffect } from "react";

/** How high what stands at the foot is; `toasts.module.css` reads both, and a page may have both. */
const FEET = {
  /** At the foot of the window, where a telephone has no tabs below it. */
  page: "--toast-foot",
  /** At the foot of a list, which a telephone shows above its tabs. */
  list: "--toast-list-foot",
};

/** Keeps toasts above what stands at the foot, however tall it grows, for as long as it stands there and is to be seen. */
export function useToastFoot(
  place: RefObject<HTMLElement | null>,
  of: keyof typeof FEET = "page",
): void {
  useLayoutEffect(() => {
    const foot = place.current;
    if (foot === null) return;
    const { style } = document.documentElement;
    const measure = () => style.setProperty(FEET[of], `${foot.offsetHeight}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(foot);
    return () => {
      observer.disconnect();
      style.removeProperty(FEET[of]);
    };
  }, [place, of]);
}
