import type { ConversationRow } from "@recado/contract/console/inbox";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useDesk } from "../state/desk.ts";
import { loadOlder } from "../state/load-thread.ts";
import type { ThreadRow } from "./thread-rows.ts";

/** Pixels from the end within which new things are followed. */
const NEAR_END = 120;
/** Pixels from the beginning at which older things are fetched. */
const NEAR_BEGINNING = 600;
/** Pages that are looked through for something that is jumped to. */
const JUMP_PAGES_MAX = 20;
const FLASH_MS = 1_600;

interface ThreadScroll {
  row: ConversationRow;
  rows: readonly ThreadRow[];
  hasOlder: boolean;
  isLoaded: boolean;
}

/** Keeps the reader's place: at the end while there, else where the eye is, whatever is added before or behind. */
export function useThreadScroll({ row, rows, hasOlder, isLoaded }: ThreadScroll) {
  const desk = useDesk();
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef({ height: 0, top: 0, firstKey: "", isAtEnd: true, isFetching: false });
  const [isAtEnd, setAtEnd] = useState(true);
  const last = rows.at(-1);

  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const firstKey = rows.find(({ kind }) => kind === "item")?.key ?? "";
    const before = place.current;
    if (before.isAtEnd || last?.kind === "outgoing") box.scrollTop = box.scrollHeight;
    else if (firstKey !== before.firstKey) {
      box.scrollTop = before.top + box.scrollHeight - before.height;
    }
    place.current = { ...before, height: box.scrollHeight, top: box.scrollTop, firstKey };
  }, [rows, last]);
  useFollowSize(frame, place);

  const fetchOlder = useCallback(async () => {
    if (place.current.isFetching) return;
    place.current.isFetching = true;
    await loadOlder(desk, row).catch(() => false);
    place.current.isFetching = false;
  }, [desk, row]);
  const onScroll = () => {
    const box = frame.current;
    if (box === null) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    place.current = {
      ...place.current,
      height: box.scrollHeight,
      top: box.scrollTop,
      isAtEnd: atEnd,
    };
    setAtEnd(atEnd);
    if (box.scrollTop < NEAR_BEGINNING && hasOlder) void fetchOlder();
  };
  useEffect(() => {
    const box = frame.current;
    if (isLoaded && hasOlder && box !== null && box.scrollHeight <= box.clientHeight)
      void fetchOlder();
  }, [isLoaded, hasOlder, fetchOlder]);
  const toEnd = () =>
    frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior: "smooth" });
  const jumpTo = useCallback(
    async (id: string) => {
      for (let page = 0; page < JUMP_PAGES_MAX; page += 1) {
        if (flash(id)) return;
        if (!(await loadOlder(desk, row).catch(() => false)) && !flash(id)) return;
      }
    },
    [desk, row],
  );
  return { frame, onScroll, isAtEnd, toEnd, jumpTo };
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
function flash(id: string): boolean {
  const item = document.getElementById(`item-${id}`);
  if (item === null) return false;
  item.scrollIntoView({ block: "center", behavior: "smooth" });
  item.dataset.flash = "true";
  setTimeout(() => delete item.dataset.flash, FLASH_MS);
  return true;
}
