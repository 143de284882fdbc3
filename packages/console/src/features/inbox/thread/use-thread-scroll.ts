import type { ConversationRow } from "@recado/contract/console/inbox";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { useDesk } from "../state/desk.ts";
import { loadAround, loadEnd, loadNewer, loadOlder } from "../state/load-thread.ts";
import type { ThreadRow } from "./thread-rows.ts";

/** Pixels from the end within which new things are followed. */
const NEAR_END = 120;
/** Pixels from the beginning at which older things are fetched. */
const NEAR_BEGINNING = 600;
const FLASH_MS = 1_600;

interface ThreadScroll {
  row: ConversationRow;
  rows: readonly ThreadRow[];
  hasOlder: boolean;
  /** A part out of the middle is shown. */
  hasNewer: boolean;
  isLoaded: boolean;
}

/** Keeps the reader's place: at the end while there, else where the eye is, whatever is added before or behind. */
export function useThreadScroll({ row, rows, hasOlder, hasNewer, isLoaded }: ThreadScroll) {
  const desk = useDesk();
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef({ height: 0, top: 0, firstKey: "", isAtEnd: true, isFetching: false });
  const target = useRef<string | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const last = rows.at(-1);

  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const firstKey = rows.find(({ kind }) => kind === "item")?.key ?? "";
    const before = place.current;
    if (target.current !== null && flash(findNearest(rows, target.current), "instant")) {
      target.current = null;
      // Scrolling meanwhile may have said otherwise, and an item that needs no scrolling says nothing.
      before.isAtEnd = false;
    } else if (before.isAtEnd || last?.kind === "outgoing") box.scrollTop = box.scrollHeight;
    else if (firstKey !== before.firstKey) {
      box.scrollTop = before.top + box.scrollHeight - before.height;
    }
    place.current = { ...before, height: box.scrollHeight, top: box.scrollTop, firstKey };
  }, [rows, last]);
  useFollowSize(frame, place);

  const fetchPart = useCallback(
    async (load: typeof loadOlder) => {
      if (place.current.isFetching) return;
      place.current.isFetching = true;
      await load(desk, row).catch(() => undefined);
      place.current.isFetching = false;
    },
    [desk, row],
  );
  const onScroll = () => {
    const box = frame.current;
    if (box === null) return;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    const atEnd = left < NEAR_END && !hasNewer;
    const { scrollHeight: height, scrollTop: top } = box;
    place.current = { ...place.current, height, top, isAtEnd: atEnd };
    setAtEnd(atEnd);
    if (top < NEAR_BEGINNING && hasOlder) void fetchPart(loadOlder);
    else if (left < NEAR_BEGINNING && hasNewer) void fetchPart(loadNewer);
  };
  useEffect(() => {
    const box = frame.current;
    if (isLoaded && hasOlder && box !== null && box.scrollHeight <= box.clientHeight)
      void fetchPart(loadOlder);
  }, [isLoaded, hasOlder, fetchPart]);
  const toEnd = useCallback(async () => {
    if (!hasNewer) {
      frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior: "smooth" });
      return;
    }
    place.current.isAtEnd = true;
    await loadEnd(desk, row).catch(toastProblem);
    setAtEnd(true);
  }, [desk, row, hasNewer]);
  const jumpTo = useCallback(
    async (id: string) => {
      if (flash(id, "smooth")) return;
      target.current = id;
      place.current.isAtEnd = false;
      setAtEnd(false);
      await loadAround(desk, row, id).catch(toastProblem);
    },
    [desk, row],
  );
  return { frame, onScroll, isAtEnd, toEnd, jumpTo };
}

/** The item, or what stands before it: a reaction has no bubble of its own. */
function findNearest(rows: readonly ThreadRow[], id: string): string {
  const items = rows.flatMap((row) => (row.kind === "item" ? [row.item] : []));
  const nearest = items.find((item) => item.id === id) ?? items.findLast(({ place }) => place < id);
  return nearest?.id ?? id;
}

/** Pictures that arrive push the end down: whoever was there stays there. */
function useFollowSize(
  frame: { current: HTMLDivElement | null },
  place: { current: { isAtEnd: boolean } },
): void {
  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const follow = () => {
      if (place.current.isAtEnd) box.scrollTop = box.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(box);
    box.addEventListener("load", follow, true);
    return () => {
      observer.disconnect();
      box.removeEventListener("load", follow, true);
    };
  }, [frame, place]);
}

/** Brings an item into sight and lights it up for a moment; false when it is not drawn. */
function flash(id: string, behavior: ScrollBehavior): boolean {
  const item = document.getElementById(`item-${id}`);
  if (item === null) return false;
  item.scrollIntoView({ block: "center", behavior });
  item.dataset.flash = "true";
  setTimeout(() => delete item.dataset.flash, FLASH_MS);
  return true;
}
