import { Button, Skeleton } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import { useStore } from "../../../live/use-store.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import type { InboxFilter } from "../state/inbox-filter.ts";
import { loadList } from "../state/load-list.ts";
import { useCatalogue, type useList } from "../state/use-inbox.ts";
import styles from "./conversation-list.module.css";
import { ConversationRow } from "./conversation-row.tsx";
import { tickRows } from "./tick-rows.ts";

/** Pixels; every row has the same, so that a thousand scroll as one. */
const ROW_HEIGHT = 80;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 15;

interface ConversationListProps {
  filter: InboxFilter;
  list: ReturnType<typeof useList>;
  chosenId: string | null;
  onOpen: (id: string) => void;
}

/** The middle column: only the rows in sight are drawn, the next page is fetched before the end is reached. */
export function ConversationList({ filter, list, chosenId, onOpen }: ConversationListProps) {
  const { rows, part } = list;
  const desk = useDesk();
  const { channels } = useCatalogue();
  const frame = useRef<HTMLDivElement>(null);
  const ticked = useStore(desk.selected, (value) => value);
  const pending = useStore(desk.pending, (value) => value);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const latestRows = useRef(rows);
  latestRows.current = rows;
  // The same function for ever, or every row in sight would be drawn anew with every step of the wheel.
  const onTick = useCallback(
    (id: string, isRange: boolean) => tickRows(desk, latestRows.current, { id, isRange }),
    [desk],
  );
  const shown = virtual.getVirtualItems();
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd && part.horizon !== null && part.error === null)
      void loadList(desk, filter, true);
  }, [isNearEnd, part, desk, filter]);
  const chosenIndex = rows.findIndex(({ id }) => id === chosenId);
  useEffect(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: "auto" });
  }, [chosenIndex, virtual]);
  return (
    <div ref={frame} className={styles.frame} data-testid="conversation-list" tabIndex={-1}>
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li key={key} className={styles.place} style={{ transform: `translateY(${start}px)` }}>
              <ConversationRow
                row={row}
                isChosen={row.id === chosenId}
                isTicked={ticked.has(row.id)}
                isTicking={ticked.size > 0}
                isPending={pending.has(row.id)}
                showOwner={filter.view !== "mine"}
                showChannel={channels.length > 1 && filter.channel_id === undefined}
                onOpen={onOpen}
                onTick={onTick}
              />
            </li>
          );
        })}
      </ul>
      <ListEnd filter={filter} list={list} />
    </div>
  );
}

/** What stands where there are no rows, or no more. */
function ListEnd({ filter, list }: Pick<ConversationListProps, "filter" | "list">) {
  const { rows, part } = list;
  const desk = useDesk();
  const say = inboxWords.useWords();
  if (part.error !== null) {
    return (
      <div className={styles.problem}>
        <ProblemNotice error={part.error} />
        <Button variant="default" onClick={() => void loadList(desk, filter, part.cursor !== null)}>
          {say("again")}
        </Button>
      </div>
    );
  }
  if (part.horizon === null || part.isLoading)
    return <ListSkeleton count={rows.length > 0 ? 1 : 7} />;
  if (rows.length > 0) return null;
  return (
    <EmptyState
      icon={IconInbox}
      title={say(`empty.${filter.view}`)}
      text={say(`empty.${filter.view}Text`)}
    />
  );
}

function ListSkeleton({ count }: { count: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <div key={index} className={styles.skeleton}>
          <Skeleton circle width={36} height={36} />
          <div>
            <Skeleton width={`${44 + ((index * 23) % 30)}%`} height={10} />
            <Skeleton width={`${70 + ((index * 17) % 26)}%`} height={9} mt={11} />
          </div>
        </div>
      ))}
    </div>
  );
}
