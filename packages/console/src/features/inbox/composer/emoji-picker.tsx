import { EmojiPicker as Picker } from "frimousse";
import { currentLanguage } from "../../../i18n/language.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./emoji-picker.module.css";
import { loadEmojiData } from "./load-emoji-data.ts";

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
        <Picker.List
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className={styles.category}>
                {category.label}
              </div>
            ),
            Row: (props) => <div {...props} className={styles.row} />,
            Emoji: ({ emoji, ...props }) => (
              <button type="button" {...props} className={styles.emoji}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}
