import {
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
  EmojiPicker as Picker,
} from "frimousse";
import type { ComponentProps } from "react";
import { currentLanguage } from "../../../i18n/language.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./emoji-picker.module.css";
import { loadEmojiData } from "./load-emoji-data.ts";

const components: ComponentProps<typeof Picker.List>["components"] = {
  CategoryHeader: drawCategory,
  Row: drawRow,
  Emoji: drawEmoji,
};

/** All emoji, found by name in the reader's language. The data are ours: nothing is asked of anybody else. */
export function EmojiPicker({ onChoose }: { onChoose: (emoji: string) => void }) {
  const say = inboxWords.useWords();
  return (
    <Picker.Root
      className={styles.picker}
      columns={8}
      locale={currentLanguage()}
      resolveEmojiData={loadEmojiData}
      onEmojiSelect={({ emoji }) => onChoose(emoji)}
    >
      <Picker.Search
        className={styles.search}
        placeholder={say("emoji.search")}
        aria-label={say("emoji.search")}
        autoFocus
      />
      <Picker.Viewport className={styles.frame}>
        <Picker.Loading className={styles.word}>{say("loading")}</Picker.Loading>
        <Picker.Empty className={styles.word}>{say("emoji.none")}</Picker.Empty>
        <Picker.List components={components} />
      </Picker.Viewport>
    </Picker.Root>
  );
}

function drawCategory({ category, ...props }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...props} className={styles.category}>
      {category.label}
    </div>
  );
}

function drawRow(props: EmojiPickerListRowProps) {
  const counted = { ...props, "aria-rowindex": fromOne(props["aria-rowindex"]) };
  return <div {...counted} className={styles.row} />;
}

function drawEmoji({ emoji, ...props }: EmojiPickerListEmojiProps) {
  const counted = { ...props, "aria-colindex": fromOne(props["aria-colindex"]) };
  return (
    <button type="button" {...counted} className={styles.emoji}>
      {emoji.emoji}
    </button>
  );
}

/** The picker counts from zero, and screen readers from one (WAI-ARIA 1.2, aria-rowindex). */
function fromOne(index: number | undefined): number | undefined {
  return index === undefined ? undefined : index + 1;
}
