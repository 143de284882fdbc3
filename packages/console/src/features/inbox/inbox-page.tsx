import { ActionIcon, Button, Loader } from "@mantine/core";
import { IconArrowLeft, IconMessages } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiProblem } from "../../api/api-problem.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { beginIdle } from "../../ui/when-idle.ts";
import { ConversationPane } from "./conversation-pane.tsx";
import { DeskFrame } from "./desk-frame.tsx";
import { DifferencesSign } from "./differences-sign.tsx";
import { inboxWords } from "./i18n/inbox-words.ts";
import styles from "./inbox-page.module.css";
import { BulkBar } from "./list/bulk-bar.tsx";
import { ConversationList } from "./list/conversation-list.tsx";
import { ListHead } from "./list/list-head.tsx";
import { ContextPanel } from "./panel/context-panel.tsx";
import { usePanel } from "./panel/use-panel.ts";
import { QueueRail } from "./rail/queue-rail.tsx";
import { SearchResults } from "./search/search-results.tsx";
import { filterKey, type InboxFilter } from "./state/inbox-filter.ts";
import { useConversation, useList } from "./state/use-inbox.ts";
import type { ChooseList } from "./state/view-actions.ts";
import { useListKeys } from "./use-list-keys.ts";
import { useWide } from "./use-wide.ts";

const route = getRouteApi("/shell/");

/** The inbox: queues and views, the list, the thread with its context. On a telephone one at a time. */
export function InboxPage() {
  return (
    <DeskFrame>
      <Columns />
    </DeskFrame>
  );
}

function Columns() {
  const { c: chosenId = null, m: target = null, panel, saved, ...rest } = route.useSearch();
  const navigate = route.useNavigate();
  const isWide = useWide();
  const say = inboxWords.useWords();
  const key = JSON.stringify(rest);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of it.
  const filter = useMemo<InboxFilter>(() => ({ view: "mine", ...rest }), [key]);
  const list = useList(filter);
  const [search, setSearch] = useState("");
  const isUsable = list.part.horizon !== null;
  useEffect(() => {
    if (isUsable) beginIdle();
  }, [isUsable]);
  const isPanelOpen = panel === undefined ? isWide : panel === "1";
  const go = useCallback(
    (to: Partial<ReturnType<typeof route.useSearch>>) =>
      void navigate({ search: (now) => ({ ...now, ...to }) }),
    [navigate],
  );
  const open = useCallback(
    (c: string, m?: string) => go({ c, m, ...(isWide ? {} : { panel: undefined }) }),
    [go, isWide],
  );
  const onReached = useCallback(
    () => void navigate({ search: (now) => ({ ...now, m: undefined }), replace: true }),
    [navigate],
  );
  const choose: ChooseList = (to, savedId) =>
    void navigate({ search: { ...to, panel, saved: savedId } });
  const shown = { filter, savedId: saved ?? null, onChoose: choose };
  const back = () => go(isPanelOpen && !isWide ? { panel: undefined } : { c: undefined });
  const onSearch = () => document.getElementById("inbox-search")?.focus();
  useListKeys({
    rows: list.rows,
    chosenId,
    onOpen: open,
    onView: (view) => choose({ view }),
    onSearch,
  });
  return (
    <div
      className={styles.inbox}
      data-showing={chosenId === null ? "list" : isPanelOpen && !isWide ? "panel" : "thread"}
      data-panel={isPanelOpen && chosenId !== null}
      data-testid="inbox"
    >
      <QueueRail {...shown} />
      <section
        className={styles.list}
        aria-label={say(`view.${filter.view}`)}
        data-view={filterKey(filter)}
      >
        <ListHead {...shown} search={search} onSearch={setSearch} />
        {search.trim().length > 1 ? (
          <SearchResults search={search} onOpen={open} />
        ) : (
          <ConversationList {...{ filter, list, chosenId }} onOpen={open} />
        )}
        <BulkBar />
      </section>
      <Conversation
        {...{ chosenId, target, isPanelOpen, onReached }}
        hasChoice={!isUsable || list.rows.length > 0}
        onOpen={open}
        onPanel={() => go({ panel: isPanelOpen ? "0" : "1" })}
        onBack={back}
      />
      <DifferencesSign />
    </div>
  );
}

interface ConversationProps {
  chosenId: string | null;
  /** What of its thread is to be brought into sight. */
  target: string | null;
  /** Whether there is any in the list. */
  hasChoice: boolean;
  onReached: () => void;
  isPanelOpen: boolean;
  onOpen: (id: string, itemId?: string) => void;
  onPanel: () => void;
  onBack: () => void;
}

function Conversation(props: ConversationProps) {
  const say = inboxWords.useWords();
  if (props.chosenId === null) {
    return (
      <div className={styles.nothing}>
        {props.hasChoice && (
          <EmptyState
            icon={IconMessages}
            title={say("empty.chosen")}
            text={say("empty.chosenText")}
          />
        )}
      </div>
    );
  }
  return <OpenConversation key={props.chosenId} {...props} id={props.chosenId} />;
}

function OpenConversation({ id, ...props }: ConversationProps & { id: string }) {
  const say = inboxWords.useWords();
  const { row, error, retry } = useConversation(id);
  useEffect(() => {
    // Its promise, which new browsers give, must not be taken for the effect's end.
    void document.getElementById("main")?.scrollTo(0, 0);
  }, []);
  if (row === null) {
    return (
      <div className={styles.nothing}>
        <ActionIcon className={styles.leave} aria-label={say("back")} onClick={props.onBack}>
          <IconArrowLeft size={18} stroke={1.7} />
        </ActionIcon>
        <Absent error={error} onRetry={retry} />
      </div>
    );
  }
  return <WithPanel {...props} row={row} />;
}

/** In the place of a conversation: on its way, not there, or not to be had now. */
function Absent({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const say = inboxWords.useWords();
  if (error === null) {
    return <Loader className={styles.wait} size="sm" color="gray" aria-label={say("loading")} />;
  }
  if (error instanceof ApiProblem && error.code === "not_found") {
    return (
      <EmptyState icon={IconMessages} title={say("empty.gone")} text={say("empty.goneText")} />
    );
  }
  return (
    <div className={styles.problem}>
      <ProblemNotice error={error} />
      <Button variant="default" onClick={onRetry}>
        {say("again")}
      </Button>
    </div>
  );
}

type WithPanelProps = Omit<ConversationProps, "chosenId" | "hasChoice"> & {
  row: NonNullable<ReturnType<typeof useConversation>["row"]>;
};

function WithPanel({ row, isPanelOpen, onOpen, onPanel, ...more }: WithPanelProps) {
  const panel = usePanel(row);
  return (
    <>
      <ConversationPane {...{ row, panel, isPanelOpen, onPanel, ...more }} />
      {isPanelOpen && <ContextPanel {...{ row, panel, onOpen }} onClose={onPanel} />}
    </>
  );
}
