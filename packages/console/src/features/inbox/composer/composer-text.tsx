import type { InboxState } from "@recado/contract/console/inbox";
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId, useState } from "react";
import styles from "./composer.module.css";
import { findTrigger, type Trigger } from "./find-trigger.ts";
import { findSuggestions, type Suggestion, SuggestMenu } from "./suggest-menu.tsx";
import { type Format, replaceSelection, type Selected, wrapSelection } from "./wrap-selection.ts";

interface ComposerTextProps {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  isNote: boolean;
  isDisabled: boolean;
  label: string;
  placeholder: string;
  projectId: string;
  catalogue: InboxState;
  onText: (text: string) => void;
  onSend: () => void;
  onEscape: () => void;
  onFiles: (files: FileList) => void;
  /** Fills what a canned reply leaves open. */
  fill: (text: string) => string;
}

const FORMAT_KEYS: Record<string, Format | undefined> = { b: "bold", i: "italic", e: "code" };

/** The text box: Enter sends, Shift+Enter begins a line, `/` and `@` suggest, Ctrl+B and Ctrl+I format. */
export function ComposerText(props: ComposerTextProps) {
  const { box, text, isNote, catalogue, projectId, onText } = props;
  const menuId = useId();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = trigger === null ? [] : findSuggestions(trigger, catalogue, projectId);
  const isOpen = suggestions.length > 0;
  const look = () => {
    const cursor = box.current?.selectionStart ?? 0;
    const next = findTrigger(box.current?.value ?? "", cursor, isNote);
    if (next?.query !== trigger?.query || next?.start !== trigger?.start) setActive(0);
    setTrigger(next);
  };
  const choose = (one: Suggestion) => {
    const cursor = box.current?.selectionStart ?? text.length;
    const start = trigger?.start ?? cursor;
    const piece = one.mention === null ? props.fill(one.text) : one.text;
    setTrigger(null);
    writeSelection(box.current, replaceSelection({ text, start, end: cursor }, piece), onText);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const format =
      event.ctrlKey || event.metaKey ? FORMAT_KEYS[event.key.toLowerCase()] : undefined;
    if (format !== undefined) {
      event.preventDefault();
      applyFormat(box.current, format, onText);
    } else if (isOpen && takeMenuKey(event, suggestions.length, setActive)) return;
    else if (isOpen && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      const one = suggestions[active];
      if (one !== undefined) choose(one);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      props.onSend();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) setTrigger(null);
      else props.onEscape();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    props.onFiles(event.clipboardData.files);
  };
  return (
    <>
      {isOpen && <SuggestMenu id={menuId} {...{ suggestions, active }} onChoose={choose} />}
      <textarea
        ref={box}
        className={styles.text}
        rows={1}
        value={text}
        disabled={props.isDisabled}
        maxLength={isNote ? 4_000 : 4_096}
        placeholder={props.placeholder}
        aria-label={props.label}
        aria-autocomplete="list"
        aria-controls={isOpen ? menuId : undefined}
        aria-activedescendant={isOpen ? `${menuId}-${active}` : undefined}
        data-testid="composer-text"
        onChange={(event) => {
          onText(event.target.value);
          look();
        }}
        onClick={look}
        onBlur={() => setTrigger(null)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </>
  );
}

/** Puts a format's marks around what is selected in a text box. */
export function applyFormat(
  box: HTMLTextAreaElement | null,
  format: Format,
  onText: (text: string) => void,
): void {
  if (box === null) return;
  const { value: text, selectionStart: start, selectionEnd: end } = box;
  writeSelection(box, wrapSelection({ text, start, end }, format), onText);
}

/** Puts a piece where the cursor is. */
export function insertText(
  box: HTMLTextAreaElement | null,
  piece: string,
  onText: (text: string) => void,
): void {
  if (box === null) return;
  const { value: text, selectionStart: start, selectionEnd: end } = box;
  writeSelection(box, replaceSelection({ text, start, end }, piece), onText);
}

function writeSelection(
  box: HTMLTextAreaElement | null,
  { text, start, end }: Selected,
  onText: (text: string) => void,
): void {
  onText(text);
  // After React has drawn the new text, or the cursor would jump to its end.
  requestAnimationFrame(() => {
    box?.focus();
    box?.setSelectionRange(start, end);
  });
}

function takeMenuKey(
  event: KeyboardEvent,
  count: number,
  move: (to: (active: number) => number) => void,
): boolean {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return false;
  event.preventDefault();
  move((active) => (active + step + count) % count);
  return true;
}
