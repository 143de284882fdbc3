import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { SearchResult } from "@recado/contract/console/work";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { currentLanguage } from "../../../i18n/language.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { useNow } from "../state/use-now.ts";
import { formatListMoment } from "../text/format-moment.ts";
import { formatMobile } from "../text/person-name.ts";
import styles from "./search-results.module.css";

const TYPING_MS = 180;

/** What was found, people first, then what was said. */
export function SearchResults(props: {
  search: string;
  /** With the message that was found: it is brought into sight. */
  onOpen: (conversationId: string, messageId?: string) => void;
}) {
  const { search, onOpen } = props;
  const say = inboxWords.useWords();
  const [query] = useDebouncedValue(search.trim(), TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ["inbox-search", query],
    queryFn: ({ signal }) => inboxApi.search(query, signal),
    placeholderData: (before) => before,
  });
  if (error !== null) return <ProblemNotice error={error} />;
  if (data === undefined) return <Skeleton height={52} m={14} />;
  if (data.contacts.length === 0 && data.messages.length === 0) {
    return (
      <EmptyState icon={IconSearch} title={say("search.none")} text={say("search.noneText")} />
    );
  }
  return (
    <div className={styles.results} data-testid="search-results">
      {data.building && <p className={styles.note}>{say("search.building")}</p>}
      {data.contacts.length > 0 && <h2 className={styles.group}>{say("search.people")}</h2>}
      <ul>
        {data.contacts.map((contact) => (
          <Contact key={contact.contact_id} contact={contact} onOpen={onOpen} />
        ))}
      </ul>
      {data.messages.length > 0 && <h2 className={styles.group}>{say("search.messages")}</h2>}
      <ul>
        {data.messages.map((message) => (
          <Message key={message.message_id} message={message} onOpen={onOpen} />
        ))}
      </ul>
    </div>
  );
}

function Contact(props: {
  contact: SearchResult["contacts"][number];
  onOpen: (conversationId: string) => void;
}) {
  const say = inboxWords.useWords();
  const { contact_id, name, profile_name, mobile, conversation_id } = props.contact;
  const shown = name ?? profile_name ?? (mobile === null ? "?" : formatMobile(mobile));
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        disabled={conversation_id === null}
        onClick={() => conversation_id !== null && props.onOpen(conversation_id)}
      >
        <Avatar name={shown} id={contact_id} size={30} />
        <span className={styles.words}>
          <span className={styles.name}>{shown}</span>
          <span className={styles.about}>
            {mobile === null ? "" : formatMobile(mobile)}
            {conversation_id === null && ` · ${say("search.noConversation")}`}
          </span>
        </span>
      </button>
    </li>
  );
}

function Message(props: {
  message: SearchResult["messages"][number];
  onOpen: (conversationId: string, messageId: string) => void;
}) {
  const say = inboxWords.useWords();
  const nowMs = useNow();
  const { message_id, contact_id, name, mobile, excerpt, at, direction } = props.message;
  const { conversation_id, found_in } = props.message;
  const shown = name ?? (mobile === null ? "?" : formatMobile(mobile));
  let place = 0;
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        disabled={conversation_id === null}
        onClick={() => conversation_id !== null && props.onOpen(conversation_id, message_id)}
      >
        <Avatar name={shown} id={contact_id} size={30} />
        <span className={styles.words}>
          <span className={styles.line}>
            <span className={styles.name}>{shown}</span>
            <time dateTime={at}>{formatListMoment(at, currentLanguage(), nowMs)}</time>
          </span>
          <span className={styles.about}>
            {found_in === "field"
              ? `${say("search.field")}: `
              : direction === "out" && `${say("thread.us")}: `}
            {excerpt.map(({ text, hit }) => {
              place += 1;
              return hit ? <mark key={place}>{text}</mark> : withoutMarks(text);
            })}
          </span>
        </span>
      </button>
    </li>
  );
}

/** A piece of a message without WhatsApp's marks: it may hold but one of a pair, so whatever stands at a word's edge goes. */
function withoutMarks(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])[*_~`]+|[*_~`]+(?![\p{L}\p{N}])/gu, "");
}
