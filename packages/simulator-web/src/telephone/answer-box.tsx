import type { ThreadItem } from "@recado/contract/simulator-api";
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../text/bytes.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./answer-box.module.css";
import { AnswerExtras } from "./answer-extras.tsx";
import type { ChatDoings } from "./chat-actions.ts";
import {
  captionCharactersMax,
  fileBytesMax,
  readOutgoingFile,
  textCharactersMax,
} from "./outgoing-file.ts";

interface AnswerBoxProps {
  doings: ChatDoings;
  businessName: string;
  /** There is nobody to write to. */
  disabled: boolean;
  file: File | null;
  onFile: (file: File | null) => void;
}

/** Where the person writes: Enter sends, Shift+Enter begins a line, Escape stops quoting. */
export function AnswerBox({ doings, businessName, disabled, file, onFile }: AnswerBoxProps) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const tooLarge = file !== null && file.size > fileBytesMax;
  const ready = !disabled && !busy && !tooLarge && (file !== null || text.trim() !== "");
  useFocusOnQuote(box, doings.quoted);

  const send = async () => {
    if (!ready) {
      return;
    }
    setBusy(true);
    const words = text.trim();
    const content =
      file === null ? { text: words } : { media: await readOutgoingFile(file, words) };
    if (await doings.answer(content)) {
      setText("");
      onFile(null);
    }
    setBusy(false);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && doings.quoted !== null) {
      doings.stopQuoting();
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <AnswerExtras
        quoted={doings.quoted}
        businessName={businessName}
        file={file}
        onStopQuoting={doings.stopQuoting}
        onRemoveFile={() => onFile(null)}
      />
      {(tooLarge || doings.sendFailed) && (
        <p className={styles.problem} role="alert">
          {tooLarge
            ? t("answer.tooLarge", { size: formatBytes(fileBytesMax, i18n.language) })
            : t("answer.failed")}
        </p>
      )}
      <div className={styles.line}>
        <div className={styles.box}>
          <AttachButton disabled={disabled} onFile={onFile} />
          <textarea
            ref={box}
            rows={1}
            value={text}
            disabled={disabled}
            maxLength={file === null ? textCharactersMax : captionCharactersMax}
            placeholder={t("answer.placeholder")}
            aria-label={t("answer.label")}
            data-testid="answer-box"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={(event) => takePasted(event, onFile)}
          />
          {text === "" && file === null && <PlaceButton disabled={disabled} doings={doings} />}
        </div>
        <button
          type="submit"
          className={styles.send}
          disabled={!ready}
          aria-label={t("answer.send")}
          data-testid="send"
        >
          <Icon name="send" size={21} />
        </button>
      </div>
    </form>
  );
}

function takePasted(event: ClipboardEvent, onFile: (file: File) => void): void {
  const pasted = event.clipboardData.files[0];
  if (pasted !== undefined) {
    event.preventDefault();
    onFile(pasted);
  }
}

function PlaceButton({ disabled, doings }: { disabled: boolean; doings: ChatDoings }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.attach}
      disabled={disabled}
      aria-label={t("answer.place")}
      data-testid="send-place"
      onClick={doings.askPlace}
    >
      <Icon name="pin" size={21} />
    </button>
  );
}

function AttachButton(props: { disabled: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation();
  return (
    <label className={styles.attach}>
      <Icon name="attach" size={21} />
      <input
        type="file"
        className="visually-hidden"
        disabled={props.disabled}
        aria-label={t("answer.attach")}
        data-testid="attach-input"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen !== undefined) {
            props.onFile(chosen);
          }
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
    </label>
  );
}

function useFocusOnQuote(
  box: { current: HTMLTextAreaElement | null },
  quoted: ThreadItem | null,
): void {
  useEffect(() => {
    if (quoted !== null) {
      box.current?.focus();
    }
  }, [box, quoted]);
}
