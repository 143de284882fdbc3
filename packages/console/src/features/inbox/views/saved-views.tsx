import { ActionIcon } from "@mantine/core";
import { IconBookmark, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../../../session/use-session.ts";
import { LazyWrap, lazyPart } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import railStyles from "../rail/queue-rail.module.css";
import { filterKey } from "../state/inbox-filter.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { type ChooseList, countViews, type SavedView } from "../state/view-actions.ts";
import styles from "./saved-views.module.css";

const ViewDialog = lazy(async () => ({
  default: (await import("./view-dialog.tsx")).ViewDialog,
}));

const viewMenu = lazyPart(async () => (await import("./view-menu.tsx")).ViewMenu);

/** How old the numbers beside the views may be. */
const COUNTS_MS = 30_000;

interface SavedViewsProps {
  /** The one that is looked at; null: none is. */
  currentId: string | null;
  onChoose: ChooseList;
}

/** Filters under a name: everybody's, then mine. */
export function SavedViews({ currentId, onChoose }: SavedViewsProps) {
  const say = inboxWords.useWords();
  const { views } = useCatalogue();
  const counts = useViewCounts(views);
  const [edited, setEdited] = useState<SavedView | null>(null);
  if (views.length === 0) return null;
  return (
    <section data-testid="saved-views">
      <h2 className={railStyles.group}>{say("views.title")}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.id} className={styles.line}>
            <button
              type="button"
              className={railStyles.item}
              aria-current={view.id === currentId ? "true" : undefined}
              onClick={() => onChoose(view.filter, view.id)}
            >
              <IconBookmark size={15} stroke={1.7} aria-hidden />
              <span className={railStyles.name}>{view.name}</span>
              <Count count={counts[view.id] ?? 0} />
            </button>
            <ViewTools view={view} onEdit={() => setEdited(view)} />
          </li>
        ))}
      </ul>
      <Suspense>
        {edited !== null && (
          <ViewDialog
            filter={edited.filter}
            edited={edited}
            onChoose={onChoose}
            onClose={() => setEdited(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

/** From here on the server counts no further. */
const COUNT_MAX = 100;

function Count({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={`${railStyles.count} ${styles.count}`}>
      {count >= COUNT_MAX ? `${COUNT_MAX - 1}+` : count}
    </span>
  );
}

/** Asked for now and then, and at once when the views change; not while nobody looks. */
function useViewCounts(views: readonly SavedView[]): Readonly<Record<string, number>> {
  const { data } = useQuery({
    queryKey: ["inbox-view-counts", views.map((view) => [view.id, filterKey(view.filter)])],
    queryFn: countViews,
    enabled: views.length > 0,
    refetchInterval: COUNTS_MS,
    placeholderData: (before) => before,
  });
  return data?.counts ?? {};
}

/** The button of a view's menu, for whoever may: on mine, and with a permission on everybody's. */
function ViewTools({ view, onEdit }: { view: SavedView; onEdit: () => void }) {
  const say = inboxWords.useWords();
  const may = useMay();
  const [opened, setOpened] = useState(false);
  if (view.owner_id === null && !may("inbox.configure")) return null;
  const children = (
    <ActionIcon
      className={styles.more}
      size="sm"
      aria-label={say("views.menu", { name: view.name })}
    >
      <IconDots size={15} stroke={1.7} />
    </ActionIcon>
  );
  return (
    <LazyWrap part={viewMenu} props={{ view, onEdit, opened, onChange: setOpened, children }} />
  );
}
