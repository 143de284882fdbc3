import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { scrollBehavior } from "../ui/motion.ts";

const nearEndPx = 90;

/** A chat's scrolling. */
export interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>;
  /** What is scrolled: its growth (pictures that load, longer lines) keeps the end in view too. */
  content: RefObject<HTMLDivElement | null>;
  /** The reader is at the end, so new bubbles come into view. */
  atEnd: boolean;
  toEnd: () => void;
}

/**
 * Keeps the end of a chat in view while the reader is there, and leaves a reader who scrolled up in peace. `ownCount` is how
 * many bubbles the person wrote: whoever writes wants to see it, so that goes to the end always.
 */
export function useStickToEnd(count: number, ownCount: number): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const before = useRef({ count: 0, ownCount: 0 });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((behavior: ScrollBehavior = "smooth") => {
    const box = scroller.current;
    if (box !== null) {
      stuck.current = true;
      box.scrollTo({
        top: box.scrollHeight,
        behavior: behavior === "smooth" ? scrollBehavior() : behavior,
      });
    }
  }, []);

  useLayoutEffect(() => {
    const wrote = ownCount > before.current.ownCount;
    const first = before.current.count === 0;
    before.current = { count, ownCount };
    if (wrote || stuck.current) {
      toEnd(first ? "instant" : "smooth");
    }
  }, [count, ownCount, toEnd]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || content.current === null) {
      return;
    }
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
      // While a smooth scroll runs down the end may be far for a moment; only moving up is the reader's will.
      stuck.current = near || (stuck.current && box.scrollTop >= lastTop);
      lastTop = box.scrollTop;
      setAtEnd(stuck.current);
    };
    const grown = new ResizeObserver(() => {
      if (stuck.current) {
        toEnd("instant");
      }
    });
    box.addEventListener("scroll", onScroll, { passive: true });
    grown.observe(content.current);
    grown.observe(box);
    return () => {
      box.removeEventListener("scroll", onScroll);
      grown.disconnect();
    };
  }, [toEnd]);

  return { scroller, content, atEnd, toEnd };
}
