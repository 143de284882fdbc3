import { type RefObject, useEffect, useState } from "react";

/** Whether somebody can be looking at an element: the page is in front and most of the element is in view. */
export function useLooking(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false);
  const [pageVisible, setPageVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    if (element.current === null) {
      return;
    }
    const observer = new IntersectionObserver(
      (changes) => setInView((changes.at(-1)?.intersectionRatio ?? 0) > 0.55),
      { threshold: [0, 0.55, 0.6] },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  useEffect(() => {
    const onChange = () => setPageVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);
  return inView && pageVisible;
}
