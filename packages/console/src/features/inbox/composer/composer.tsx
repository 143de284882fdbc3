import { Button } from "@mantine/core";
import type { ContactPanel, ConversationRow } from "@recado/contract/console/inbox";
import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { parseWhatsappText } from "@recado/contract/plain/whatsapp-text";
import { IconClockOff, IconTemplate, IconX } from "@tabler/icons-react";
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from "react";
import { applyItem } from "../../../live/apply-change.ts";
import { makeUuid } from "../../../live/make-uuid.ts";
import { useSession } from "../../../session/use-session.ts";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { FormattedText } from "../../../ui/text/formatted-text.tsx";
import { useToastFoot } from "../../../ui/toast/use-toast-foot.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { windowLeft } from "../list/window-left.ts";
import { offerNotifications } from "../notify.ts";
import { useDesk } from "../state/desk.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { sendMessage } from "../state/send-message.ts";
import { useCatalogue, usePeople } from "../state/use-inbox.ts";
import { useNow } from "../state/use-now.ts";
import { personName } from "../text/person-name.ts";
import { Quote } from "../thread/bubble-body.tsx";
import { AttachmentStrip } from "./attachment-strip.tsx";
import styles from "./composer.module.css";
import { ComposerBar } from "./composer-bar.tsx";
import { ComposerText } from "./composer-text.tsx";
import { fillCanned } from "./fill-canned.ts";
import { findMentions } from "./find-mentions.ts";
import type { useAttachments } from "./use-attachments.ts";
import { useComposerLock } from "./use-composer-lock.ts";
import type { useDraft } from "./use-draft.ts";

const VoiceBar = lazy(async () => ({ default: (await import("./voice-bar.tsx")).VoiceBar }));

interface ComposerProps {
  row: ConversationRow;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Set from outside: the message that is being answered, or words that were refused. */
  draft: ReturnType<typeof useDraft>;
  attached: ReturnType<typeof useAttachments>;
  quoted: ThreadMessage | null;
  contact: ContactPanel["contact"] | null;
  onTemplates: () => void;
}

/** Where people write: to the person while the window is open, notes to one another always. */
export function Composer(props: ComposerProps) {
  const { row, draft, attached } = props;
  const say = inboxWords.useWords();
  const isNote = draft.draft.kind === "note";
  const isClosed = windowLeft(row.window_expires_at, useNow()).state === "closed";
  const isHidden = useIsUnreachable(row);
  const foot = useRef<HTMLElement>(null);
  useToastFoot(foot);
  const lock = useComposerLock(row, isNote ? "noting" : "typing");
  const [isRecording, setRecording] = useState(false);
  const send = useSend(props, lock.stopTyping);
  const isHeld = lock.holder !== null && !isNote;
  const recorded = (file: File) => {
    setRecording(false);
    send.voice(file);
  };
  return (
    <section
      ref={foot}
      className={styles.composer}
      data-note={isNote}
      aria-label={say("composer.label")}
      data-testid="composer"
    >
      <Tabs kind={draft.draft.kind} onKind={(kind) => draft.change({ kind })} />
      {isHeld && <HeldBy holder={lock.holder} onTakeOver={lock.takeOver} />}
      {isHidden && !isNote ? (
        <p className={styles.banner} data-kind="hidden" data-testid="number-hidden">
          {say("composer.hidden", { name: personName(row.contact) })}
        </p>
      ) : isClosed && !isNote ? (
        <ClosedWindow name={personName(row.contact)} onTemplates={props.onTemplates} />
      ) : isRecording ? (
        <Suspense>
          <VoiceBar onDone={recorded} onCancel={() => setRecording(false)} />
        </Suspense>
      ) : (
        <>
          <Quoted {...props} />
          {!isNote && <AttachmentStrip attached={attached} />}
          <Writing {...props} isDisabled={isHeld} onSend={send.text} onTyping={lock.noteTyping} />
          <ComposerBar
            box={props.box}
            isNote={isNote}
            isDisabled={isHeld}
            isReady={send.isReady}
            onText={(text) => draft.change({ text })}
            onFiles={attached.add}
            onVoice={() => setRecording(true)}
            onTemplates={props.onTemplates}
            onSend={send.text}
          />
        </>
      )}
    </section>
  );
}

/** Whether there is no way to write to the person: the number is hidden, and the channel sends to numbers only. */
function useIsUnreachable({ contact, channel_id }: ComposerProps["row"]): boolean {
  const { channels } = useCatalogue();
  const channel = channels.find(({ id }) => id === channel_id);
  return contact.mobile === null && channel?.answers_hidden === false;
}

/** Sends what is written: a note, a text, files with the text under the first, a voice note. */
function useSend({ row, draft, attached, box }: ComposerProps, stopTyping: () => void) {
  const desk = useDesk();
  const catalogue = useCatalogue();
  const { text, kind, replyTo } = draft.draft;
  const words = text.trim();
  const isReady =
    kind === "note"
      ? words !== ""
      : (words !== "" || attached.files.length > 0) && attached.isReady;
  const reply = replyTo === null ? {} : { reply_to: replyTo };
  const done = () => {
    // Whoever wrote to colleagues goes on doing so: the next words must not reach the person by mistake.
    draft.change({ text: "", replyTo: null });
    attached.clear();
    stopTyping();
    box.current?.focus();
  };
  const note = () => {
    const mentions = findMentions(words, catalogue.people);
    const key = makeUuid();
    inboxApi
      .addNote(row.id, { key, text: words, mentions })
      .then((item) => desk.model.update((model) => applyItem(model, row, item)))
      .catch((error: unknown) => {
        // Not lost: the words come back, and the same key is the same note.
        draft.change({ text: words, kind: "note" });
        toastProblem(error);
      });
    done();
  };
  return {
    isReady,
    text: () => {
      if (!isReady) return;
      if (kind === "note") return note();
      const files = attached.files.flatMap(({ uploaded, file }) =>
        uploaded === null ? [] : [{ id: uploaded.id, name: file.name }],
      );
      if (files.length === 0) sendMessage(desk, row.id, { text: words, ...reply });
      offerNotifications();
      for (const [index, media] of files.entries()) {
        const caption = index > 0 ? {} : { ...(words === "" ? {} : { text: words }), ...reply };
        sendMessage(desk, row.id, { media, ...caption });
      }
      done();
    },
    voice: (file: File) => {
      inboxApi
        .upload(file)
        .then(({ id }) => sendMessage(desk, row.id, { media: { id }, ...reply }))
        .catch((error: unknown) => {
          attached.add([file]);
          toastProblem(error);
        });
    },
  };
}

function Tabs(props: { kind: "reply" | "note"; onKind: (kind: "reply" | "note") => void }) {
  const say = inboxWords.useWords();
  return (
    <div className={styles.tabs} role="tablist">
      {(["reply", "note"] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          role="tab"
          aria-selected={props.kind === kind}
          className={styles.tab}
          onClick={() => props.onKind(kind)}
        >
          {say(`composer.${kind}`)}
        </button>
      ))}
    </div>
  );
}

type WritingProps = ComposerProps & {
  isDisabled: boolean;
  onSend: () => void;
  onTyping: () => void;
};

function Writing(props: WritingProps) {
  const { row, draft, attached, contact } = props;
  const say = inboxWords.useWords();
  const catalogue = useCatalogue();
  const { person } = useSession();
  const { text, kind } = draft.draft;
  const isNote = kind === "note";
  const fill = (canned: string) =>
    fillCanned(canned, {
      contact: { ...row.contact, custom_fields: contact?.custom_fields ?? {} },
      agent: { name: person.name },
    });
  const isFormatted =
    !isNote &&
    parseWhatsappText(text).some(({ kind: node }) => node !== "plain" && node !== "link");
  return (
    <>
      <ComposerText
        box={props.box}
        {...{ text, isNote, catalogue, fill }}
        isDisabled={props.isDisabled}
        label={say(isNote ? "composer.noteText" : "composer.replyText")}
        placeholder={say(isNote ? "composer.notePlaceholder" : "composer.replyPlaceholder")}
        projectId={row.project_id}
        onText={(next) => {
          draft.change({ text: next });
          if (next !== "") props.onTyping();
        }}
        onSend={props.onSend}
        onEscape={() => {
          if (draft.draft.replyTo !== null) draft.change({ replyTo: null });
          else props.box.current?.blur();
        }}
        onFiles={attached.add}
      />
      {isFormatted && (
        <div className={styles.preview} aria-hidden="true">
          <FormattedText text={text} />
        </div>
      )}
    </>
  );
}

function Quoted({ quoted, draft }: ComposerProps) {
  const say = inboxWords.useWords();
  if (quoted === null || draft.draft.kind === "note") return null;
  const { id, direction, kind, text } = quoted;
  return (
    <div className={styles.quoted}>
      <Quote
        quote={{
          id: null,
          direction,
          kind,
          text: text || say(`kind.${kind}` as "kind.image") || id,
        }}
        onJump={() => undefined}
      />
      <button
        type="button"
        className={styles.close}
        aria-label={say("composer.stopQuoting")}
        onClick={() => draft.change({ replyTo: null })}
      >
        <IconX size={15} stroke={1.8} />
      </button>
    </div>
  );
}

function HeldBy(props: { holder: string | null; onTakeOver: () => Promise<void> }) {
  const say = inboxWords.useWords();
  const personOf = usePeople();
  return (
    <div className={styles.banner} data-kind="held" data-testid="held-by">
      <span>{say("composer.heldBy", { name: personOf(props.holder).name })}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void props.onTakeOver().catch(toastProblem)}
      >
        {say("composer.takeOver")}
      </Button>
    </div>
  );
}

/** Nothing but a template may be sent: so nothing else is offered. */
function ClosedWindow({ name, onTemplates }: { name: string; onTemplates: () => void }) {
  const say = inboxWords.useWords();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.setAttribute("data-ready", "true"), []);
  return (
    <div className={styles.closed} data-testid="window-closed">
      <IconClockOff size={18} stroke={1.6} aria-hidden />
      <p>{say("composer.closed", { name })}</p>
      <Button
        ref={first}
        leftSection={<IconTemplate size={16} stroke={1.7} />}
        onClick={onTemplates}
      >
        {say("composer.sendTemplate")}
      </Button>
    </div>
  );
}
