import type { ThreadEvent } from "@recado/contract/console/inbox-thread";
import { IconStarFilled } from "@tabler/icons-react";
import { currentLanguage } from "../../../i18n/language.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useCatalogue, usePeople } from "../state/use-inbox.ts";
import { formatFull, formatHour } from "../text/format-moment.ts";
import styles from "./event-line.module.css";

/** What happened to the conversation, as a quiet line between the messages. */
export function EventLine({ event }: { event: ThreadEvent }) {
  const language = currentLanguage();
  const text = useEventWords(event);
  return (
    <p className={styles.line} id={`item-${event.id}`} data-testid="event" data-kind={event.kind}>
      {event.rating !== null && <Stars count={event.rating} />}
      <span>{text}</span>
      <time dateTime={event.at} title={formatFull(event.at, language)}>
        {formatHour(event.at, language)}
      </time>
    </p>
  );
}

/** A rating as filled stars out of five. */
export function Stars({ count }: { count: number }) {
  const say = inboxWords.useWords();
  return (
    <span className={styles.stars} role="img" aria-label={say("rating", { count })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <IconStarFilled key={star} size={12} data-filled={star <= count} />
      ))}
    </span>
  );
}

function useEventWords(event: ThreadEvent): string {
  const say = inboxWords.useWords();
  const personOf = usePeople();
  const { teams, labels } = useCatalogue();
  const nameOf = (id: string | null) => {
    const { name, isMe } = personOf(id);
    return isMe ? say("me") : name;
  };
  const who = event.user_id === null ? say(`by.${event.by}`) : nameOf(event.user_id);
  const isOwn = event.user_id !== null && event.user_id === event.assignee_id;
  const names = labels.filter(({ id }) => event.label_ids.includes(id)).map(({ name }) => name);
  const values = {
    who,
    whom: nameOf(event.assignee_id),
    team: teams.find(({ id }) => id === event.team_id)?.name ?? "",
    until: event.until === null ? "" : formatFull(event.until, currentLanguage()),
    labels: names.join(", "),
    count: names.length,
  };
  if (event.kind === "assigned" && isOwn) return say("event.taken", values);
  if (event.kind === "transferred" && event.team_id !== null) return say("event.toTeam", values);
  if (event.kind === "snoozed" && event.until === null) return say("event.snoozedOpen", values);
  if (event.kind === "labelled" && event.label_ids.length === 0)
    return say("event.unlabelled", values);
  return say(`event.${event.kind}`, values);
}
