import { Button } from "@mantine/core";
import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { IconAlertCircle } from "@tabler/icons-react";
import { currentLanguage } from "../../../i18n/language.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./failure-note.module.css";

/** Why a message failed, in plain words, what to do, and a way to send it again where that cannot send it twice. */
export function FailureNote(props: {
  message: ThreadMessage;
  onRetry: (message: ThreadMessage) => void;
}) {
  const { message, onRetry } = props;
  const say = inboxWords.useWords();
  const { failure, refunded } = message;
  if (failure === null) return null;
  const language = currentLanguage();
  return (
    <div className={styles.note} role="note" data-testid="failure">
      <p className={styles.reason}>
        <IconAlertCircle size={14} stroke={1.8} aria-hidden />
        {failure.reason[language]}
      </p>
      <p>
        {failure.advice[language]}
        {refunded && ` ${say("thread.refunded")}`}
      </p>
      <p className={styles.foot}>
        {failure.retry === "safe" && (
          <Button size="compact-xs" variant="default" onClick={() => onRetry(message)}>
            {say("thread.retry")}
          </Button>
        )}
        <span title={failure.retry_why[language]}>
          {failure.retry === "safe" ? failure.retry_why[language] : say("thread.neverRetry")}
        </span>
        <span className={styles.code}>{failure.code}</span>
      </p>
    </div>
  );
}
