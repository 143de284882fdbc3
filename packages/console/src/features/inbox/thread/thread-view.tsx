import { ActionIcon, Button, Loader } from "@mantine/core";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { IconArrowDown } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { currentLanguage } from "../../../i18n/language.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { type OutgoingMessage, useDesk } from "../state/desk.ts";
import { discardMessage } from "../state/send-message.ts";
import { useThread } from "../state/use-inbox.ts";
import { useNow } from "../state/use-now.ts";
import { formatDay } from "../text/format-moment.ts";
import { Bubble } from "./bubble.tsx";
import type { BubbleDeeds } from "./bubble-deeds.ts";
import { EventLine } from "./event-line.tsx";
import { NoteView } from "./note-view.tsx";
import { OutgoingBubble } from "./outgoing-bubble.tsx";
import { findUnreadFrom, layOutThread, type ThreadRow } from "./thread-rows.ts";
import styles from "./thread-view.module.css";
import { useThreadScroll } from "./use-thread-scroll.ts";

interface ThreadViewProps {
  row: ConversationRow;
  deeds: Omit<BubbleDeeds, "jumpTo">;
  /** The item to bring into sight; null: the end. */
  target: string | null;
  onReached: () => void;
  /** Puts a refused message's words back into the composer. */
  onEdit: (outgoing: OutgoingMessage) => void;
}

/** Everything between a person and a number, with what is on its way. */
export function ThreadView({ row, deeds, target, onReached, onEdit }: ThreadViewProps) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const { thread, outgoing, error, retry } = useThread(row);
  const isLoaded = thread?.loaded === true;
  const items = isLoaded ? thread.items : [];
  const [unread] = useState(row.unread);
  const unreadFrom = useUnreadMark(items, unread, row.id);
  const hasNewer = isLoaded && thread.newerCursor !== null;
  const rows = useMemo(
    () => layOutThread(items, hasNewer ? [] : outgoing, { unreadFrom }),
    [items, outgoing, unreadFrom, hasNewer],
  );
  const hasOlder = thread?.olderCursor !== null && isLoaded;
  const scroll = useThreadScroll({ row, rows, hasOlder, hasNewer, isLoaded });
  useTarget(isLoaded ? target : null, { jumpTo: scroll.jumpTo, onReached });
  const mustReturn = hasNewer && outgoing.length > 0;
  useEffect(() => {
    if (mustReturn) void scroll.toEnd();
  }, [mustReturn, scroll.toEnd]);
  const all = useMemo(() => ({ ...deeds, jumpTo: scroll.jumpTo }), [deeds, scroll.jumpTo]);
  const toComposer = (one: OutgoingMessage) => {
    discardMessage(desk, one.key);
    onEdit(one);
  };
  if (error !== null) {
    return (
      <div className={styles.problem}>
        <ProblemNotice error={error} />
        <Button variant="default" onClick={retry}>
          {say("again")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.frame}>
      <div
        ref={scroll.frame}
        className={styles.scroll}
        onScroll={scroll.onScroll}
        role="log"
        aria-label={say("thread.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        data-testid="thread"
        data-loaded={isLoaded}
        data-end={!hasNewer}
      >
        <div className={styles.top}>{hasOlder && <Loader size="xs" color="gray" />}</div>
        {rows.map((one) => (
          <ThreadLine
            key={one.key}
            line={one}
            deeds={all}
            onEdit={toComposer}
            onDiscard={(key) => discardMessage(desk, key)}
          />
        ))}
      </div>
      {(!scroll.isAtEnd || hasNewer) && (
        <ActionIcon
          className={styles.toEnd}
          variant="default"
          radius="xl"
          aria-label={say("thread.toEnd")}
          data-testid="to-end"
          onClick={() => void scroll.toEnd()}
        >
          <IconArrowDown size={16} stroke={1.8} />
        </ActionIcon>
      )}
    </div>
  );
}

interface ThreadLineProps {
  line: ThreadRow;
  deeds: BubbleDeeds;
  onEdit: (outgoing: OutgoingMessage) => void;
  onDiscard: (key: string) => void;
}

function ThreadLine({ line, deeds, onEdit, onDiscard }: ThreadLineProps) {
  const say = inboxWords.useWords();
  if (line.kind === "day") return <DayLine at={line.at} />;
  if (line.kind === "unread") return <p className={styles.unread}>{say("thread.unread")}</p>;
  if (line.kind === "outgoing") {
    return (
      <OutgoingBubble {...{ outgoing: line.outgoing, isFirst: line.isFirst, onEdit, onDiscard }} />
    );
  }
  const { item, isFirst } = line;
  if (item.type === "note") return <NoteView note={item} />;
  if (item.type === "event") return <EventLine event={item} />;
  return <Bubble message={item} isFirst={isFirst} deeds={deeds} />;
}

function DayLine({ at }: { at: string }) {
  return (
    <p className={styles.day}>
      <time dateTime={at.slice(0, 10)}>{formatDay(at, currentLanguage(), useNow())}</time>
    </p>
  );
}

/** Jumps once to what the address names. */
function useTarget(
  target: string | null,
  { jumpTo, onReached }: { jumpTo: (id: string) => Promise<void>; onReached: () => void },
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target.
  useEffect(() => {
    if (target !== null) void jumpTo(target).then(onReached);
  }, [target]);
}

/** Stays where it was when the thread was opened, although reading empties the count. */
function useUnreadMark(
  items: Parameters<typeof findUnreadFrom>[0],
  unread: number,
  id: string,
): string | null {
  const [mark, setMark] = useState<{ id: string; from: string | null } | null>(null);
  if (items.length > 0 && mark?.id !== id) {
    setMark({ id, from: findUnreadFrom(items, unread) });
  }
  return mark?.from ?? null;
}
