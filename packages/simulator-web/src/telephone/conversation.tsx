import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isUnread, type ThreadEntry } from "../state/page-state.ts";
import { useSession } from "../state/session-context.ts";
import { Icon } from "../ui/icon.tsx";
import { Bubble } from "./bubble.tsx";
import type { BubbleActions } from "./chat-actions.ts";
import styles from "./conversation.module.css";
import { DaySeparator } from "./day-separator.tsx";
import { layOutThread } from "./thread-layout.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

const shownAtFirst = 120;
/** Long enough that the eye catches two ticks before they turn blue. */
const readAfterMs = 900;

interface ConversationProps {
  mobile: string;
  businessName: string;
  /** One chat's bubbles, oldest first. */
  entries: readonly ThreadEntry[];
  /** Somebody can be looking at this telephone. */
  looking: boolean;
  actions: BubbleActions;
}

/** The scrolled part of a chat. */
export function Conversation(props: ConversationProps) {
  const { mobile, businessName, entries, looking, actions } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState(shownAtFirst);
  const visible = useMemo(() => entries.slice(-shown), [entries, shown]);
  const rows = useMemo(() => layOutThread(visible), [visible]);
  const links = useMemo(() => linkBubbles(entries), [entries]);
  const ownCount = entries.filter((entry) => entry.item.direction === "out").length;
  const { scroller, content, atEnd, toEnd } = useStickToEnd(entries.length, ownCount);
  const unread = useReading({ mobile, entries, reading: looking && atEnd });
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label={t("telephone.chat", { name: businessName })}
        aria-live="polite"
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <div ref={content} className={styles.content}>
          {entries.length > shown && (
            <button
              type="button"
              className={styles.earlier}
              onClick={() => setShown(shown + shownAtFirst)}
            >
              {t("telephone.earlier")}
            </button>
          )}
          {entries.length === 0 ? (
            <Silence />
          ) : (
            <p className={styles.note}>{t("telephone.encrypted")}</p>
          )}
          {rows.map((row) =>
            row.kind === "day" ? (
              <DaySeparator key={row.key} at={row.at} />
            ) : (
              <Bubble
                key={row.key}
                entry={row.entry}
                tail={row.tail}
                businessName={businessName}
                quoted={links.quotedBy(row.entry)}
                pressed={links.pressedOn(row.entry)}
                actions={actions}
              />
            ),
          )}
        </div>
      </div>
      {!atEnd && (
        <button type="button" className={styles.toEnd} onClick={() => toEnd()}>
          {unread > 0 && <span>{t("telephone.newer", { count: unread })}</span>}
          {unread === 0 && <span className="visually-hidden">{t("telephone.toEnd")}</span>}
          <Icon name="down" size={18} />
        </button>
      )}
    </div>
  );
}

function Silence() {
  const { t } = useTranslation();
  return (
    <div className={styles.silence}>
      <svg viewBox="0 0 72 56" aria-hidden="true">
        <path d="M10 12a8 8 0 0 1 8-8h36a8 8 0 0 1 8 8v20a8 8 0 0 1-8 8H30L16 51V40a6 6 0 0 1-6-6z" />
        <path d="M24 17h24M24 26h14" />
      </svg>
      <strong>{t("telephone.empty")}</strong>
      <span>{t("telephone.emptyHint")}</span>
    </div>
  );
}

/** Tells the session of bubbles that are being read; the result is how many still wait. */
function useReading(of: {
  mobile: string;
  entries: readonly ThreadEntry[];
  reading: boolean;
}): number {
  const { mobile, entries, reading } = of;
  const session = useSession();
  const waiting = entries.filter(isUnread);
  const ids = waiting.map((entry) => entry.item.id).join(" ");
  useEffect(() => {
    if (!reading || ids === "") {
      return;
    }
    const timer = window.setTimeout(() => session.markSeen(mobile, ids.split(" ")), readAfterMs);
    return () => window.clearTimeout(timer);
  }, [session, mobile, ids, reading]);
  return waiting.length;
}

function linkBubbles(entries: readonly ThreadEntry[]) {
  const byId = new Map(entries.map(({ item }) => [item.id, item]));
  const pressed = new Map<string, string>();
  for (const { item } of entries) {
    if (item.direction === "out" && item.replyTo !== null && item.body !== null) {
      pressed.set(item.replyTo, `${pressed.get(item.replyTo) ?? ""}${item.body}\n`);
    }
  }
  return {
    quotedBy: ({ item }: ThreadEntry) =>
      item.replyTo === null ? undefined : (byId.get(item.replyTo) ?? null),
    pressedOn: ({ item }: ThreadEntry) => pressed.get(item.id) ?? "",
  };
}
