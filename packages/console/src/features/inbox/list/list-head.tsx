import { CloseButton, TextInput } from "@mantine/core";
import {
  IconBookmark,
  IconChartBar,
  IconEye,
  IconSearch,
  IconUsersGroup,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useMay } from "../../../session/use-session.ts";
import { LabelDot } from "../../../ui/label-chip.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useViewCounts } from "../rail/queue-rail.tsx";
import { VIEWS } from "../rail/views.ts";
import { filterKey, type InboxFilter } from "../state/inbox-filter.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { type ChooseList, findView } from "../state/view-actions.ts";
import { formatMobile } from "../text/person-name.ts";
import { FilterButton } from "../views/filter-button.tsx";
import styles from "./list-head.module.css";

interface ListHeadProps {
  filter: InboxFilter;
  search: string;
  onSearch: (search: string) => void;
  savedId: string | null;
  onChoose: ChooseList;
}

/** What the list shows, the box for everything, and on a telephone the views themselves. */
export function ListHead({ filter, savedId, search, onSearch, onChoose }: ListHeadProps) {
  const say = inboxWords.useWords();
  const title = useTitle(filter, savedId);
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
          <span>{say("list.unreadOnly")}</span>
        </button>
      </div>
      <ViewStrip {...{ filter, savedId, onChoose }} />
      <TextInput
        ref={box}
        id="inbox-search"
        classNames={{ input: styles.search ?? "" }}
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

function useTitle(filter: InboxFilter, savedId: string | null): string {
  const say = inboxWords.useWords();
  const { teams, labels, channels, views } = useCatalogue();
  const named =
    findView(views, filter, savedId)?.name ??
    teams.find(({ id }) => id === filter.team_id)?.name ??
    labels.find(({ id }) => id === filter.label_id)?.name;
  const channel = channels.find(({ id }) => id === filter.channel_id);
  if (named !== undefined) return named;
  return channel === undefined ? say(`view.${filter.view}`) : formatMobile(channel.official_number);
}

/** What stands in the first column, where that has no room. */
function ViewStrip(props: Pick<ListHeadProps, "filter" | "savedId" | "onChoose">) {
  const { filter, savedId, onChoose } = props;
  const say = inboxWords.useWords();
  const may = useMay();
  const countOf = useViewCounts();
  const { teams, labels, views } = useCatalogue();
  const current = findView(views, filter, savedId);
  const chosen = filterKey(filter);
  const chip = (to: InboxFilter) => ({
    isChosen: current === undefined && filterKey(to) === chosen,
    onClick: () => onChoose(to),
  });
  return (
    <nav className={styles.strip} aria-label={say("rail.label")}>
      {VIEWS.map(({ view }) => (
        <Chip key={view} {...chip({ view })} count={countOf(view)}>
          {say(`view.${view}`)}
        </Chip>
      ))}
      {views.map(({ id, name, filter: kept }) => (
        <Chip key={id} isChosen={id === current?.id} onClick={() => onChoose(kept, id)}>
          <IconBookmark size={14} stroke={1.7} aria-hidden />
          {name}
        </Chip>
      ))}
      {teams.map(({ id, name }) => (
        <Chip key={id} {...chip({ view: "open", team_id: id })}>
          <IconUsersGroup size={14} stroke={1.7} aria-hidden />
          {name}
        </Chip>
      ))}
      {labels.map(({ id, name, color }) => (
        <Chip key={id} {...chip({ view: "open", label_id: id })}>
          <LabelDot color={color} />
          {name}
        </Chip>
      ))}
      {may("inbox.supervise") && (
        <>
          <Link to="/supervision" className={styles.chip}>
            <span className={styles.chipBody}>
              <IconEye size={14} stroke={1.7} aria-hidden />
              {say("rail.supervisor")}
            </span>
          </Link>
          <Link to="/informes" className={styles.chip}>
            <span className={styles.chipBody}>
              <IconChartBar size={14} stroke={1.7} aria-hidden />
              {say("rail.reports")}
            </span>
          </Link>
        </>
      )}
    </nav>
  );
}

interface ChipProps {
  isChosen: boolean;
  onClick: () => void;
  count?: number | undefined;
  children: ReactNode;
}

function Chip({ isChosen, onClick, count = 0, children }: ChipProps) {
  const chip = useRef<HTMLButtonElement>(null);
  // The strip is wider than a telephone: whoever comes back to a view finds it in sight.
  useEffect(() => {
    if (isChosen) chip.current?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [isChosen]);
  return (
    <button
      ref={chip}
      type="button"
      className={styles.chip}
      aria-pressed={isChosen}
      onClick={onClick}
    >
      <span className={styles.chipBody}>
        {children}
        {count > 0 && <span className={styles.count}>{count}</span>}
      </span>
    </button>
  );
}
