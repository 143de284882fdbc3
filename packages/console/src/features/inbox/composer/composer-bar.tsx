import { ActionIcon } from "@mantine/core";
import {
  IconBold,
  IconItalic,
  IconMicrophone,
  IconMoodSmile,
  IconPaperclip,
  IconSend2,
  IconStrikethrough,
  IconTemplate,
  type TablerIcon,
} from "@tabler/icons-react";
import { type RefObject, useRef, useState } from "react";
import { Hint } from "../../../ui/hint/hint.tsx";
import { LazyWrap, lazyPart } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./composer.module.css";
import { applyFormat, insertText } from "./composer-text.tsx";

const emojiPopover = lazyPart(async () => (await import("./emoji-popover.tsx")).EmojiPopover);

interface ComposerBarProps {
  box: RefObject<HTMLTextAreaElement | null>;
  isNote: boolean;
  isDisabled: boolean;
  isReady: boolean;
  onText: (text: string) => void;
  onFiles: (files: Iterable<File>) => void;
  onVoice: () => void;
  onTemplates: () => void;
  onSend: () => void;
}

const formats = [
  { format: "bold", icon: IconBold },
  { format: "italic", icon: IconItalic },
  { format: "strike", icon: IconStrikethrough },
] as const;

/** What can be put into a message, below the text. */
export function ComposerBar(props: ComposerBarProps) {
  const { box, isNote, isDisabled, onText } = props;
  const say = inboxWords.useWords();
  const files = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.bar}>
      <EmojiButton {...{ box, isDisabled, onText }} />
      {!isNote && (
        <>
          <input
            ref={files}
            type="file"
            multiple
            hidden
            data-testid="file-input"
            onChange={(event) => {
              props.onFiles(event.target.files ?? []);
              // The same file may be chosen again.
              event.target.value = "";
            }}
          />
          <Tool
            icon={IconPaperclip}
            label={say("composer.attach")}
            {...{ isDisabled }}
            onClick={() => files.current?.click()}
          />
          <Tool
            icon={IconMicrophone}
            label={say("composer.voice")}
            {...{ isDisabled }}
            onClick={props.onVoice}
          />
          <Tool
            icon={IconTemplate}
            label={say("composer.template")}
            {...{ isDisabled }}
            onClick={props.onTemplates}
          />
          <span className={styles.divider} />
          {formats.map(({ format, icon }) => (
            <Tool
              key={format}
              icon={icon}
              label={say(`composer.${format}`)}
              {...{ isDisabled }}
              onClick={() => applyFormat(box.current, format, onText)}
            />
          ))}
        </>
      )}
      <span className={styles.hint}>{say(isNote ? "composer.noteHint" : "composer.hint")}</span>
      <ActionIcon
        variant="filled"
        color="accent"
        aria-label={say(isNote ? "composer.addNote" : "composer.send")}
        disabled={!props.isReady || isDisabled}
        data-testid="send"
        onClick={props.onSend}
      >
        <IconSend2 size={17} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}

interface ToolProps {
  icon: TablerIcon;
  label: string;
  isDisabled: boolean;
  onClick: () => void;
}

function Tool({ icon: Icon, label, isDisabled, onClick }: ToolProps) {
  return (
    <Hint label={label}>
      <ActionIcon
        size={30}
        aria-label={label}
        disabled={isDisabled}
        // The selection in the text box must live until the click.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Hint>
  );
}

function EmojiButton(props: Pick<ComposerBarProps, "box" | "isDisabled" | "onText">) {
  const say = inboxWords.useWords();
  const [opened, setOpen] = useState(false);
  const children = (
    <ActionIcon
      size={30}
      aria-label={say("composer.emoji")}
      disabled={props.isDisabled}
      onClick={() => setOpen(!opened)}
    >
      <IconMoodSmile size={17} stroke={1.7} />
    </ActionIcon>
  );
  const onChoose = (emoji: string) => insertText(props.box.current, emoji, props.onText);
  return <LazyWrap part={emojiPopover} props={{ opened, onChange: setOpen, onChoose, children }} />;
}
