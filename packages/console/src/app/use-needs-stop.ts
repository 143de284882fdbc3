import { type RefObject, useEffect, useState } from "react";

/** What the Tab key stops at, if it is shown. */
const STOPS =
  "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex]";
/** What makes a stop, or ends it, without anything coming or going. */
const SIGNS = ["disabled", "tabindex", "href"];

/**
 * Whether a part of the page has more than it shows and nothing in it that the keyboard could stop at: a page that waits for its
 * data, or a long text. Then the part must be a stop itself, or nobody without a pointer reads its end.
 */
export function useNeedsStop(part: RefObject<HTMLElement | null>): boolean {
  const [needsStop, setNeedsStop] = useState(false);
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    let frame = 0;
    const judge = () => {
      frame = 0;
      const isLong = element.scrollHeight > element.clientHeight;
      setNeedsStop(isLong && !hasStop(element));
    };
    // Once for all that a frame draws.
    const judgeSoon = () => {
      frame ||= requestAnimationFrame(judge);
    };
    const content = new MutationObserver(judgeSoon);
    content.observe(element, { childList: true, subtree: true, attributeFilter: SIGNS });
    const size = new ResizeObserver(judgeSoon);
    size.observe(element);
    return () => {
      content.disconnect();
      size.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [part]);
  return needsStop;
}

function hasStop(element: HTMLElement): boolean {
  for (const each of element.querySelectorAll<HTMLElement>(STOPS)) {
    if (each.tabIndex >= 0 && each.getClientRects().length > 0) return true;
  }
  return false;
}
