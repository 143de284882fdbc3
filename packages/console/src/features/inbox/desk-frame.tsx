import { Button, Skeleton } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { useStore } from "../../live/use-store.ts";
import { useMay, useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { describeProblem } from "../../ui/problem/describe-problem.ts";
import { setRailBadge } from "../../ui/rail-badges.ts";
import { useShellSlot } from "../../ui/shell-slot.tsx";
import { AvailabilitySwitch } from "./availability-switch.tsx";
import { inboxWords } from "./i18n/inbox-words.ts";
import styles from "./inbox-page.module.css";
import { LiveSign } from "./live-sign.tsx";
import { notifyOf } from "./notify.ts";
import railStyles from "./rail/queue-rail.module.css";
import { createDesk, DeskContext } from "./state/desk.ts";
import { startDesk } from "./state/start-desk.ts";
import { ActionsContext } from "./state/use-inbox.ts";
import { createWorkActions } from "./state/work-actions.ts";

/** One desk for the whole stay: going to another page and back finds everything as it was. */
let kept: { personId: string; desk: ReturnType<typeof createDesk> } | null = null;

/** Loads the inbox and keeps it live for what is within. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const sayShell = shellWords.useWords();
  const say = inboxWords.useWords();
  const { person } = useSession();
  const desk = useMemo(() => {
    if (kept?.personId !== person.id) kept = { personId: person.id, desk: createDesk() };
    return kept.desk;
  }, [person.id]);
  const actions = useMemo(() => createWorkActions(desk, person.id), [desk, person.id]);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const isLoaded = useStore(desk.catalogue, (catalogue) => catalogue !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew.
  useEffect(() => {
    let stop: (() => void) | null = null;
    let isGone = false;
    startDesk(desk, {
      personId: person.id,
      onNews: (change, row) => notifyOf(change, row, person.id),
    })
      .then((end) => {
        if (isGone) end();
        else stop = end;
      })
      .catch(setError);
    return () => {
      isGone = true;
      stop?.();
    };
  }, [desk, person.id, attempt]);
  useWaiting(desk, person.id);
  if (error !== null && !isLoaded) {
    const again = () => {
      setError(null);
      setAttempt(attempt + 1);
    };
    return (
      <EmptyState
        icon={IconPlugConnectedX}
        title={say("empty.away")}
        text={describeProblem(error, sayShell)}
      >
        <Button variant="default" onClick={again}>
          {say("again")}
        </Button>
      </EmptyState>
    );
  }
  return (
    <DeskContext value={desk}>
      <ActionsContext value={actions}>
        <Slots desk={desk} />
        <div className={styles.frame}>{isLoaded ? children : <FirstLoad />}</div>
      </ActionsContext>
    </DeskContext>
  );
}

/** What the shell shows of the inbox: how fresh it is, and whether the person is here. */
function Slots({ desk }: { desk: ReturnType<typeof createDesk> }) {
  const may = useMay();
  const Sign = useCallback(() => <LiveSign status={desk.status} />, [desk]);
  useShellSlot("connection", Sign);
  const mayReply = may("inbox.reply");
  const Switch = useCallback(() => (mayReply ? <AvailabilitySwitch /> : null), [mayReply]);
  useShellSlot("availability", Switch);
  return null;
}

/** How many of mine have something unread: in the rail and in the window's title. */
function useWaiting(desk: ReturnType<typeof createDesk>, me: string): void {
  const unread = useStore(desk.model, (model) => model.counts?.unread[me] ?? 0);
  useEffect(() => setRailBadge("/", unread), [unread]);
}

function FirstLoad() {
  return (
    <div className={styles.inbox} aria-hidden="true" data-showing="list">
      <nav className={railStyles.rail} />
      <div className={`${styles.list} ${styles.coming}`}>
        {[60, 48, 70, 56, 64, 52].map((width) => (
          <div key={width}>
            <Skeleton width={`${width / 2}%`} height={10} />
            <Skeleton width={`${width}%`} height={10} mt={10} />
          </div>
        ))}
      </div>
      <div className={styles.nothing} />
    </div>
  );
}
