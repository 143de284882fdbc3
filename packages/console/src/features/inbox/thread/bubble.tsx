import { ActionIcon } from "@mantine/core";
import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { IconArrowBackUp, IconMoodSmile } from "@tabler/icons-react";
import { memo } from "react";
import { currentLanguage } from "../../../i18n/language.ts";
import { Hint } from "../../../ui/hint/hint.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { usePeople } from "../state/use-inbox.ts";
import { formatFull, formatHour } from "../text/format-moment.ts";
import styles from "./bubble.module.css";
import { BubbleBody } from "./bubble-body.tsx";
import type { BubbleDeeds } from "./bubble-deeds.ts";
import { FailureNote } from "./failure-note.tsx";
import { sayStatus, Ticks } from "./ticks.tsx";

interface BubbleProps {
  message: ThreadMessage;
  isFirst: boolean;
  deeds: BubbleDeeds;
}

/** One thing that was said. */
export const Bubble = memo(function Bubble({ message, isFirst, deeds }: BubbleProps) {
  const say = inboxWords.useWords();
  const isOut = message.direction === "out";
  return (
    <article
      className={styles.line}
      data-direction={message.direction}
      data-first={isFirst}
      data-failed={message.status === "failed"}
      data-testid="bubble"
      data-id={message.id}
      data-status={message.status}
      id={`item-${message.id}`}
      aria-label={say(isOut ? "thread.fromUs" : "thread.fromPerson")}
    >
      <div className={styles.stack}>
        {isFirst && isOut && <Author message={message} />}
        <div className={styles.row}>
          <div className={styles.bubble}>
            <BubbleBody message={message} deeds={deeds} />
            <Meta message={message} />
          </div>
          {deeds.mayAnswer && message.deleted_at === null && <Tools {...{ message, deeds }} />}
        </div>
        <Reactions message={message} />
        {message.failure !== null && <FailureNote message={message} onRetry={deeds.retry} />}
        {message.unknown && <p className={styles.unknown}>{say("thread.unknownText")}</p>}
      </div>
    </article>
  );
});

/** Who of us, or what, wrote it. */
function Author({ message }: { message: ThreadMessage }) {
  const say = inboxWords.useWords();
  const personOf = usePeople();
  const { author, author_id } = message;
  if (author === "agent") {
    const { name, isMe } = personOf(author_id);
    return <span className={styles.author}>{isMe ? say("me") : name}</span>;
  }
  return (
    <span className={styles.author}>
      {say(author === "automatic" ? "thread.automatic" : "thread.integration")}
    </span>
  );
}

function Meta({ message }: { message: ThreadMessage }) {
  const say = inboxWords.useWords();
  const language = currentLanguage();
  const steps = [
    ["sent", message.sent_at],
    ["delivered", message.delivered_at],
    ["read", message.read_at],
    ["failed", message.failed_at],
  ].flatMap(([status, at]) =>
    status && at ? [`${sayStatus(say, status)}: ${formatFull(at, language)}`] : [],
  );
  return (
    <span className={styles.meta} title={[formatFull(message.at, language), ...steps].join("\n")}>
      {message.edited_at !== null && message.deleted_at === null && (
        <span title={message.versions.map(({ text }) => text).join("\n→ ")}>
          {say("thread.edited")}
        </span>
      )}
      <time dateTime={message.at}>{formatHour(message.at, language)}</time>
      {message.direction === "out" && <Ticks status={message.status} isUnknown={message.unknown} />}
    </span>
  );
}

function Reactions({ message }: { message: ThreadMessage }) {
  const say = inboxWords.useWords();
  const personOf = usePeople();
  if (message.reactions.length === 0) return null;
  return (
    <span className={styles.reactions}>
      {message.reactions.map(({ from, emoji, user_id }) => (
        <span
          key={from}
          title={from === "person" ? say("thread.person") : personOf(user_id).name}
          className={styles.reaction}
        >
          {emoji}
        </span>
      ))}
    </span>
  );
}

function Tools({ message, deeds }: { message: ThreadMessage; deeds: BubbleDeeds }) {
  const say = inboxWords.useWords();
  return (
    <span className={styles.tools}>
      <Hint label={say("thread.quote")}>
        <ActionIcon size={26} aria-label={say("thread.quote")} onClick={() => deeds.quote(message)}>
          <IconArrowBackUp size={15} stroke={1.7} />
        </ActionIcon>
      </Hint>
      {message.direction === "in" && (
        <Hint label={say("thread.react")}>
          <ActionIcon
            size={26}
            aria-label={say("thread.react")}
            onClick={() => deeds.react(message, "👍")}
          >
            <IconMoodSmile size={15} stroke={1.7} />
          </ActionIcon>
        </Hint>
      )}
    </span>
  );
}
