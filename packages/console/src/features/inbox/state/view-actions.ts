import type { INBOX_VIEW_OPERATIONS } from "@recado/contract/console/inbox-view-operations";
import { callConsole } from "../../../api/call.ts";
import type { CallOf } from "../../../api/operation.ts";
import type { Desk } from "./desk.ts";
import { filterKey, type InboxFilter } from "./inbox-filter.ts";

type Views = typeof INBOX_VIEW_OPERATIONS;
type SavedViews = NonNullable<ReturnType<Desk["catalogue"]["get"]>>["views"];
/** A filter of the list under a name. */
export type SavedView = SavedViews[number];

/** How many conversations stand in each view. */
export const countViews = () =>
  callConsole<Views["countInboxViews"]>({ method: "GET", path: "/inbox/view-counts" });

/** Keeps a filter. Rejects with an ApiProblem. */
export async function createView(
  desk: Desk,
  body: CallOf<Views["createInboxView"]>["body"],
): Promise<SavedView> {
  const view = await callConsole<Views["createInboxView"]>({
    ...{ method: "POST", path: "/inbox/views", body },
  });
  put(desk, (views) => sort([...views.filter(({ id }) => id !== view.id), view]));
  return view;
}

/** Changes a view. Rejects with an ApiProblem. */
export async function changeView(
  desk: Desk,
  id: string,
  body: CallOf<Views["changeInboxView"]>["body"],
): Promise<SavedView> {
  const view = await callConsole<Views["changeInboxView"]>({
    ...{ method: "PATCH", path: "/inbox/views/:id", params: { id }, body },
  });
  put(desk, (views) => views.map((one) => (one.id === id ? view : one)));
  return view;
}

/** Deletes a view. Rejects with an ApiProblem. */
export async function removeView(desk: Desk, id: string): Promise<void> {
  await callConsole<Views["deleteInboxView"]>({
    ...{ method: "DELETE", path: "/inbox/views/:id", params: { id } },
  });
  put(desk, (views) => views.filter((one) => one.id !== id));
}

/** The view that stands before (-1) or after (1) this one among those of its owner. */
export function findNeighbour(
  views: readonly SavedView[],
  view: SavedView,
  step: -1 | 1,
): SavedView | undefined {
  const own = views.filter(({ owner_id }) => owner_id === view.owner_id);
  const at = own.findIndex(({ id }) => id === view.id);
  return at < 0 ? undefined : own[at + step];
}

/** Moves a view by one place among those of its owner. Rejects with an ApiProblem. */
export async function moveView(desk: Desk, view: SavedView, step: -1 | 1): Promise<void> {
  const all = desk.catalogue.get()?.views ?? [];
  const other = findNeighbour(all, view, step);
  if (other === undefined) return;
  const ids = all.filter(({ owner_id }) => owner_id === view.owner_id).map(({ id }) => id);
  const moved = ids.with(ids.indexOf(view.id), other.id).with(ids.indexOf(other.id), view.id);
  const { items } = await callConsole<Views["orderInboxViews"]>({
    ...{ method: "PUT", path: "/inbox/views" },
    body: { shared: view.owner_id === null, ids: moved },
  });
  put(desk, () => items);
}

/** Shows a list; `savedId`: as that saved view. */
export type ChooseList = (filter: InboxFilter, savedId?: string) => void;

/**
 * The saved view that is looked at, one at most: the one that was chosen, while the list is narrowed as it says. Where none was, a list
 * that has no place of its own in the first column goes by the name of the first view that shows just this.
 */
export function findView(
  views: readonly SavedView[],
  filter: InboxFilter,
  savedId: string | null,
): SavedView | undefined {
  const key = filterKey(filter);
  const same = views.filter((view) => filterKey(view.filter) === key);
  const chosen = same.find(({ id }) => id === savedId);
  return chosen ?? (hasOwnPlace(filter) ? undefined : same[0]);
}

/** A view alone, or everything open of one team, label or number. */
function hasOwnPlace({ view, ...narrowed }: InboxFilter): boolean {
  const [[name = "", value] = [], ...more] = Object.entries(narrowed).filter(
    ([, each]) => each !== undefined,
  );
  if (value === undefined) return true;
  const isGroup = ["team_id", "label_id", "channel_id"].includes(name);
  return view === "open" && isGroup && more.length === 0;
}

/** Everybody's first, as the server puts them. */
function sort(views: SavedViews): SavedViews {
  return views.toSorted((a, b) => Number(a.owner_id !== null) - Number(b.owner_id !== null));
}

function put(desk: Desk, change: (views: SavedViews) => SavedViews): void {
  desk.catalogue.update((state) => state && { ...state, views: change(state.views) });
}
