import type { ConversationRow } from "@recado/contract/console/inbox";
import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { threadKey } from "../../live/live-model.ts";
import { makeUuid } from "../../live/make-uuid.ts";
import { useStore } from "../../live/use-store.ts";
import { useMay } from "../../session/use-session.ts";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { whenIdle } from "../../ui/when-idle.ts";
import { Composer } from "./composer/composer.tsx";
import { useAttachments } from "./composer/use-attachments.ts";
import { useDraft } from "./composer/use-draft.ts";
import styles from "./inbox-page.module.css";
import { windowLeft } from "./list/window-left.ts";
import type { usePanel } from "./panel/use-panel.ts";
import { useDesk } from "./state/desk.ts";
import { inboxApi } from "./state/inbox-api.ts";
import { sendMessage } from "./state/send-message.ts";
import { useActions } from "./state/use-inbox.ts";
import { useNow } from "./state/use-now.ts";
import { FileDrop } from "./thread/file-drop.tsx";
import { type OpenTool, ThreadHead } from "./thread/thread-head.tsx";
import { ThreadView } from "./thread/thread-view.tsx";
import { useThreadKeys } from "./use-thread-keys.ts";
import { useWork } from "./work/use-work.ts";

whenIdle(() => import("./composer/template-picker.tsx"));
whenIdle(() => import("./work/assign-dialog.tsx"));
const TemplatePicker = lazy(async () => ({
  default: (await import("./composer/template-picker.tsx")).TemplatePicker,
}));
const AssignDialog = lazy(async () => ({
  default: (await import("./work/assign-dialog.tsx")).AssignDialog,
}));
const PictureViewer = lazy(async () => ({
  default: (await import("./thread/picture-viewer.tsx")).PictureViewer,
}));

interface ConversationPaneProps {
  row: ConversationRow;
  panel: ReturnType<typeof usePanel>;
  /** What of the thread is to be brought into sight. */
  target: string | null;
  onReached: () => void;
  isPanelOpen: boolean;
  onPanel: () => void;
  onBack: () => void;
}

/** The third column: head, thread and composer of one conversation. */
export function ConversationPane(props: ConversationPaneProps) {
  const { row, panel } = props;
  const may = useMay();
  const work = useWork(row);
  const draft = useDraft(row.id);
  const attached = useAttachments();
  const box = useRef<HTMLTextAreaElement>(null);
  const [tool, setTool] = useState<OpenTool>(null);
  const [picture, setPicture] = useState<{ url: string; name: string } | null>(null);
  const quoted = useQuoted(row, draft.draft.replyTo);
  const focus = () => requestAnimationFrame(() => box.current?.focus());
  const deeds = useDeeds(row, {
    quote: ({ id }) => {
      draft.change({ replyTo: id, kind: "reply" });
      focus();
    },
    enlarge: (url, name) => setPicture({ url, name }),
  });
  useReading(row);
  useThreadKeys({
    row,
    work,
    setTool,
    onPanel: props.onPanel,
    onBack: props.onBack,
    write: (kind) => {
      draft.change({ kind });
      focus();
    },
  });
  return (
    <FileDrop className={styles.pane} isOff={!deeds.mayAnswer} onFiles={attached.add}>
      <ThreadHead {...props} {...{ work, tool }} onTool={setTool} />
      <ThreadView
        row={row}
        deeds={deeds}
        target={props.target}
        onReached={props.onReached}
        onEdit={({ body }) => {
          draft.change({ text: body.text ?? "", kind: "reply" });
          focus();
        }}
      />
      {may("inbox.reply") && (
        <Composer
          {...{ row, box, draft, attached, quoted }}
          contact={panel.data?.contact ?? null}
          onTemplates={() => setTool("templates")}
        />
      )}
      <Suspense>
        {tool === "templates" && (
          <TemplatePicker conversationId={row.id} onClose={() => setTool(null)} />
        )}
        {tool === "assign" && (
          <AssignDialog
            count={1}
            hasOwner={row.assignee_id !== null || row.team_id !== null}
            onAssign={work.assign}
            onClose={() => setTool(null)}
          />
        )}
        {picture !== null && <PictureViewer {...picture} onClose={() => setPicture(null)} />}
      </Suspense>
    </FileDrop>
  );
}

/** What can be done at the bubbles of a thread. */
function useDeeds(
  row: ConversationRow,
  own: { quote: (message: ThreadMessage) => void; enlarge: (url: string, name: string) => void },
) {
  const desk = useDesk();
  const may = useMay();
  const isOpen = windowLeft(row.window_expires_at, useNow()).state !== "closed";
  const mayAnswer = isOpen && may("inbox.reply");
  const latest = useRef(own);
  latest.current = own;
  return useMemo(
    () => ({
      mayAnswer,
      quote: (message: ThreadMessage) => latest.current.quote(message),
      enlarge: (url: string, name: string) => latest.current.enlarge(url, name),
      react: ({ id }: ThreadMessage, emoji: string) =>
        sendMessage(desk, row.id, { reaction: { message_id: id, emoji } }),
      retry: ({ id }: ThreadMessage) => {
        // The answer's row comes live too; a repetition under another key is the server's to refuse.
        inboxApi.retry(id, makeUuid()).catch(toastProblem);
      },
    }),
    [desk, row.id, mayAnswer],
  );
}

/** The message that the draft answers, as far as it is loaded. */
function useQuoted(row: ConversationRow, id: string | null): ThreadMessage | null {
  const desk = useDesk();
  return useStore(desk.model, (model) => {
    if (id === null) return null;
    const found = model.threads.get(threadKey(row))?.items.find((item) => item.id === id);
    return found?.type === "message" ? found : null;
  });
}

/** Whoever looks at a conversation reads it: only while the page is in front. */
function useReading(row: ConversationRow): void {
  const actions = useActions();
  const may = useMay();
  const hasNews = row.unread > 0 && may("inbox.reply");
  useEffect(() => {
    if (!hasNews) return;
    const read = () => {
      if (document.visibilityState === "visible" && document.hasFocus()) void actions.read(row.id);
    };
    read();
    window.addEventListener("focus", read);
    return () => window.removeEventListener("focus", read);
  }, [actions, row.id, hasNews]);
}
