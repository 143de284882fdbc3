import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useViewCounts, VIEWS } from "../rail/queue-rail.tsx";
import type { InboxFilter } from "../state/inbox-filter.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { findView } from "../state/view-actions.ts";
import { formatMobile } from "../text/person-name.ts";
import { FilterButton } from "../views/filter-button.tsx";
import styles from "./list-head.module.css";

interface ListHeadProps {
  filter: InboxFilter;
  search: string;
  onSearch: (search: string) => void;
  onChoose: (filter: InboxFilter) => void;
}

/** What the list shows, the box for everything, and on a telephone the views themselves. */
export function ListHead({ filter, search, onSearch, onChoose }: ListHeadProps) {
  const say = inboxWords.useWords();
  const title = useTitle(filter);
  const box = useRef<HTMLInputElement>(null);
  const isUnread = filter.unread !== undefined;
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <h1 className={styles.title}>{title}</h1>
        <FilterButton filter={filter} onChoose={onChoose} />
        <button
          type="button"
          className={styles.unread}
          aria-pressed={isUnread}
          onClick={() => {
            const { unread: _, ...rest } = filter;
            onChoose(isUnread ? rest : { ...rest, unread: "true" });
          }}
        >
          {say("list.unreadOnly")}
        </button>
      </div>
      <ViewStrip filter={filter} onChoose={onChoose} />
      <TextInput
        ref={box}
        id="inbox-search"
        type="search"
        value={search}
        maxLength={200}
        placeholder={say("search.placeholder")}
        aria-label={say("search.label")}
        leftSection={<IconSearch size={15} stroke={1.7} />}
        rightSection={
          search === "" ? null : (
            <CloseButton size="sm" aria-label={say("search.clear")} onClick={() => onSearch("")} />
          )
        }
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          onSearch("");
          box.current?.blur();
        }}
      />
    </header>
  );
}

function useTitle(filter: InboxFilter): string {
  const say = inboxWords.useWords();
  const { teams, labels, channels, views } = useCatalogue();
  const named =
    findView(views, filter)?.name ??
    teams.find(({ id }) => id === filter.team_id)?.name ??
    labels.find(({ id }) => id === filter.label_id)?.name;
  const channel = channels.find(({ id }) => id === filter.channel_id);
  if (named !== undefined) return named;
  return channel === undefined ? say(`view.${filter.view}`) : formatMobile(channel.official_number);
}

/** The views where the first column has no room. */
function ViewStrip({ filter, onChoose }: Pick<ListHeadProps, "filter" | "onChoose">) {
  const say = inboxWords.useWords();
  const countOf = useViewCounts();
  const { views } = useCatalogue();
  const saved = findView(views, filter);
  return (
    <div className={styles.strip}>
      {VIEWS.map(({ view }) => (
        <button
          key={view}
          type="button"
          className={styles.chip}
          aria-pressed={view === filter.view && saved === undefined}
          onClick={() => onChoose({ view })}
        >
          {say(`view.${view}`)}
          {(countOf(view) ?? 0) > 0 && <span>{countOf(view)}</span>}
        </button>
      ))}
      {views.map((view) => (
        <button
          key={view.id}
          type="button"
          className={styles.chip}
          aria-pressed={view.id === saved?.id}
          onClick={() => onChoose(view.filter)}
        >
          {view.name}
        </button>
      ))}
    </div>
  );
}
