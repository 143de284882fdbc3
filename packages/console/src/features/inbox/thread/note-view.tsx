import { ActionIcon } from "@mantine/core";
import type { ThreadNote } from "@recado/contract/console/inbox-thread";
import { IconNote, IconTrash } from "@tabler/icons-react";
import { currentLanguage } from "../../../i18n/language.ts";
import { useMay } from "../../../session/use-session.ts";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { FormattedText } from "../../../ui/text/formatted-text.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { usePeople } from "../state/use-inbox.ts";
import { formatFull, formatHour } from "../text/format-moment.ts";
import styles from "./note-view.module.css";

/** A note among ourselves, on a paper of its own colour: the person never sees it. */
export function NoteView({ note }: { note: ThreadNote }) {
  const say = inboxWords.useWords();
  const personOf = usePeople();
  const may = useMay();
  const author = personOf(note.author_id);
  if (note.deleted_at !== null) {
    return (
      <p className={styles.gone}>
        {say("note.deleted", { name: author.isMe ? say("me") : author.name })}
      </p>
    );
  }
  const language = currentLanguage();
  return (
    <article
      className={styles.line}
      id={`item-${note.id}`}
      data-testid="note"
      aria-label={say("note.label")}
    >
      <div className={styles.note}>
        <p className={styles.head}>
          <IconNote size={13} stroke={1.8} aria-hidden />
          <span>{author.isMe ? say("me") : author.name}</span>
          <time dateTime={note.at} title={formatFull(note.at, language)}>
            {formatHour(note.at, language)}
          </time>
          {(author.isMe || may("inbox.supervise")) && (
            <ActionIcon
              size={20}
              className={styles.remove}
              aria-label={say("note.delete")}
              onClick={() => void inboxApi.deleteNote(note.id).catch(toastProblem)}
            >
              <IconTrash size={13} stroke={1.7} />
            </ActionIcon>
          )}
        </p>
        <div className={styles.text}>
          <FormattedText
            text={note.text}
            drawPlain={(text) => (
              <Mentions text={text} names={note.mentions.map((id) => personOf(id).name)} />
            )}
          />
        </div>
      </div>
    </article>
  );
}

/** The words of a note with the names of whom it calls set off. */
function Mentions({ text, names }: { text: string; names: readonly string[] }) {
  const called = names.filter((name) => name !== "").map((name) => `@${name}`);
  if (called.length === 0) return text;
  const pattern = new RegExp(`(${called.map(escapePattern).join("|")})`, "gu");
  let place = 0;
  return text.split(pattern).map((part) => {
    place += 1;
    return called.includes(part) ? (
      <mark key={place} className={styles.mention}>
        {part}
      </mark>
    ) : (
      part
    );
  });
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
