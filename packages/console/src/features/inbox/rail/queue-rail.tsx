import type { InboxView } from "@recado/contract/console/inbox";
import { IconChartBar, IconEye, IconUsersGroup, type TablerIcon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useStore } from "../../../live/use-store.ts";
import { useMay } from "../../../session/use-session.ts";
import { LabelDot } from "../../../ui/label-chip.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import { filterKey, type InboxFilter } from "../state/inbox-filter.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { useNow } from "../state/use-now.ts";
import { type ChooseList, findView } from "../state/view-actions.ts";
import { formatSpan } from "../text/format-moment.ts";
import { formatMobile } from "../text/person-name.ts";
import styles from "./queue-rail.module.css";
import { VIEWS } from "./views.ts";

// Its menus are no part of the first page.
const SavedViews = lazy(async () => ({
  default: (await import("../views/saved-views.tsx")).SavedViews,
}));

interface QueueRailProps {
  filter: InboxFilter;
  savedId: string | null;
  onChoose: ChooseList;
}

/** The first column: whose turn it is, with how many wait. */
export function QueueRail({ filter, savedId, onChoose }: QueueRailProps) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const may = useMay();
  const counts = useStore(desk.model, (model) => model.counts);
  const { teams, labels, channels, views } = useCatalogue();
  const current = findView(views, filter, savedId);
  const item = (to: InboxFilter) => ({
    isChosen: current === undefined && filterKey(to) === filterKey(filter),
    onClick: () => onChoose(to),
  });
  return (
    <nav className={styles.rail} aria-label={say("rail.label")}>
      <ul>
        {VIEWS.map(({ view, icon }) => (
          <ViewItem key={view} {...{ view, icon, ...item({ view }) }} />
        ))}
      </ul>
      <Suspense>
        <SavedViews currentId={current?.id ?? null} onChoose={onChoose} />
      </Suspense>
      <Group title={say("rail.teams")} isEmpty={teams.length === 0}>
        {teams.map(({ id, name }) => (
          <Item key={id} {...item({ view: "open", team_id: id })} count={counts?.teams[id]}>
            <IconUsersGroup size={15} stroke={1.7} aria-hidden />
            <span className={styles.name}>{name}</span>
          </Item>
        ))}
      </Group>
      <Group title={say("rail.labels")} isEmpty={labels.length === 0}>
        {labels.map(({ id, name, color }) => (
          <Item key={id} {...item({ view: "open", label_id: id })} count={counts?.labels[id]}>
            <LabelDot color={color} />
            <span className={styles.name}>{name}</span>
          </Item>
        ))}
      </Group>
      <Group title={say("rail.channels")} isEmpty={channels.length < 2}>
        {channels.map(({ id, official_number }) => (
          <Item key={id} {...item({ view: "open", channel_id: id })} count={counts?.channels[id]}>
            <span className={styles.name}>{formatMobile(official_number)}</span>
          </Item>
        ))}
      </Group>
      {may("inbox.supervise") && (
        <ul className={styles.foot}>
          <li>
            <Link to="/supervision" className={styles.item}>
              <IconEye size={15} stroke={1.7} aria-hidden />
              <span className={styles.name}>{say("rail.supervisor")}</span>
            </Link>
          </li>
          <li>
            <Link to="/informes" className={styles.item}>
              <IconChartBar size={15} stroke={1.7} aria-hidden />
              <span className={styles.name}>{say("rail.reports")}</span>
            </Link>
          </li>
        </ul>
      )}
    </nav>
  );
}

/** How many stand in a view; undefined where nobody counts. */
export function useViewCounts(): (view: InboxView) => number | undefined {
  const desk = useDesk();
  const counts = useStore(desk.model, (model) => model.counts);
  const { me, mentions } = useCatalogue();
  return (view) => {
    if (counts === null || view === "resolved") return undefined;
    if (view === "mine") return counts.assignees[me] ?? 0;
    return view === "mentions" ? mentions : counts[view];
  };
}

interface ViewItemProps {
  view: InboxView;
  icon: TablerIcon;
  isChosen: boolean;
  onClick: () => void;
}

function ViewItem({ view, icon: Icon, ...item }: ViewItemProps) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const { me } = useCatalogue();
  const nowMs = useNow();
  const countOf = useViewCounts();
  const counts = useStore(desk.model, (model) => model.counts);
  const oldest = view === "queue" ? (counts?.oldest_waiting_since ?? null) : null;
  const hasNews = view === "mine" && (counts?.unread[me] ?? 0) > 0;
  return (
    <Item
      {...item}
      count={countOf(view)}
      hasNews={hasNews || (view === "mentions" && (countOf(view) ?? 0) > 0)}
    >
      <Icon size={16} stroke={1.7} aria-hidden />
      <span className={styles.name}>{say(`view.${view}`)}</span>
      {oldest !== null && (
        <span className={styles.oldest} title={say("rail.oldest")}>
          {formatSpan(nowMs - Date.parse(oldest))}
        </span>
      )}
    </Item>
  );
}

function Group(props: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (props.isEmpty) return null;
  return (
    <section>
      <h2 className={styles.group}>{props.title}</h2>
      <ul>{props.children}</ul>
    </section>
  );
}

interface ItemProps {
  isChosen: boolean;
  onClick: () => void;
  count?: number | undefined;
  hasNews?: boolean;
  children: ReactNode;
}

function Item({ isChosen, onClick, count, hasNews = false, children }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        aria-current={isChosen ? "true" : undefined}
        onClick={onClick}
      >
        {children}
        {count !== undefined && count > 0 && (
          <span className={styles.count} data-news={hasNews}>
            {count}
          </span>
        )}
      </button>
    </li>
  );
}
