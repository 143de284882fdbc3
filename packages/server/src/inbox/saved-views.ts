import { SAVED_VIEWS_MAX, VIEW_COUNT_MAX } from "@recado/contract/console/inbox-views";
import { AppError } from "../platform/app-error.ts";
import type { Database, Queryable, Transaction } from "../storage/connect.ts";
import type { InboxFilter } from "../storage/inbox-rows.ts";
import {
  countMatches,
  deleteView,
  findUnknownFields,
  listViews,
  lockView,
  lockViews,
  putView,
  type SavedViewRow,
  type StoredFilter,
  updateViewOrder,
} from "../storage/inbox-views.ts";
import { changeCatalogue } from "./catalogue.ts";
import type { Agent, InboxDeps } from "./inbox-deps.ts";

/* Filters of the list under a name: a person's own, and everybody's, which need `inbox.configure`. */

/** Somebody, and whether everybody's views are theirs to change. */
export interface ViewKeeper extends Agent {
  mayConfigure: boolean;
}

/** Keeps a filter. Refuses a name that another of the same owner has, and what names nothing of the account. */
export function createView(
  deps: InboxDeps,
  keeper: ViewKeeper,
  wish: { name: string; filter: StoredFilter; shared: boolean },
): Promise<SavedViewRow> {
  const { accountId, userId } = keeper;
  const at = new Date(deps.clock.now());
  const id = deps.ids.next(at.getTime());
  const ownerId = wish.shared ? null : userId;
  return changeCatalogue(deps, { agent: keeper, table: "inbox_views", id }, async (sql) => {
    checkKeeper(keeper, ownerId);
    const others = await lockViews(sql, { accountId, ownerId });
    if (others.length >= SAVED_VIEWS_MAX) {
      throw new AppError("conflict", `There are at most ${SAVED_VIEWS_MAX} of these.`);
    }
    await checkFilter(sql, accountId, wish.filter);
    const view = { id, ownerId, name: wish.name, filter: wish.filter };
    await putView(sql, { ...view, accountId, at });
    return view;
  });
}

/** Changes a view's name or filter; what is absent stays. */
export function changeView(
  deps: InboxDeps,
  keeper: ViewKeeper,
  wish: { id: string; name?: string | undefined; filter?: StoredFilter | undefined },
): Promise<SavedViewRow> {
  const { accountId } = keeper;
  const { id, name, filter } = wish;
  return changeCatalogue(deps, { agent: keeper, table: "inbox_views", id }, async (sql) => {
    const before = await findOwn(sql, keeper, id);
    if (filter !== undefined) await checkFilter(sql, accountId, filter);
    const view = { ...before, name: name ?? before.name, filter: filter ?? before.filter };
    await putView(sql, { ...view, accountId, at: new Date(deps.clock.now()) });
    return view;
  });
}

/** Deletes a view. */
export function removeView(deps: InboxDeps, keeper: ViewKeeper, id: string): Promise<void> {
  return changeCatalogue(deps, { agent: keeper, table: "inbox_views", id }, async (sql) => {
    await findOwn(sql, keeper, id);
    await deleteView(sql, { accountId: keeper.accountId, id });
  });
}

/** Puts views in an order. Refuses with `conflict` when they are not those that there are. */
export async function orderViews(
  deps: InboxDeps,
  keeper: ViewKeeper,
  wish: { shared: boolean; ids: readonly string[] },
): Promise<SavedViewRow[]> {
  const { accountId, userId } = keeper;
  const ownerId = wish.shared ? null : userId;
  const change = { agent: keeper, table: "inbox_views", id: userId } as const;
  return changeCatalogue(deps, change, async (sql) => {
    checkKeeper(keeper, ownerId);
    const views = await lockViews(sql, { accountId, ownerId });
    const same = new Set([...views.map(({ id }) => id), ...wish.ids]).size;
    if (same !== views.length || wish.ids.length !== views.length) {
      throw new AppError("conflict", "The views have changed: look at them again.");
    }
    await updateViewOrder(sql, accountId, wish.ids);
    return listViews(sql, { accountId, userId });
  });
}

/** How many conversations stand in each view that somebody sees, counted up to a limit. */
export async function countViews(pool: Database, me: Agent): Promise<Map<string, number>> {
  const views = await listViews(pool, me);
  const filters = views.map(({ id, filter }) => [id, openFilter(me, filter)] as const);
  return countMatches(pool, new Map(filters), VIEW_COUNT_MAX);
}

function openFilter({ accountId, userId }: Agent, filter: StoredFilter): InboxFilter {
  return {
    ...{ accountId, userId, view: filter.view },
    assigneeId: filter.assignee_id ?? null,
    teamId: filter.team_id ?? null,
    labelId: filter.label_id ?? null,
    channelId: filter.channel_id ?? null,
    projectId: filter.project_id ?? null,
    unread: filter.unread === "true",
  };
}

/** Another person's is as good as none. */
async function findOwn(sql: Transaction, keeper: ViewKeeper, id: string): Promise<SavedViewRow> {
  const view = await lockView(sql, { accountId: keeper.accountId, id });
  if (!view || (view.ownerId !== null && view.ownerId !== keeper.userId)) {
    throw new AppError("not_found", "There is no such view.");
  }
  checkKeeper(keeper, view.ownerId);
  return view;
}

function checkKeeper({ mayConfigure }: ViewKeeper, ownerId: string | null): void {
  if (ownerId !== null || mayConfigure) return;
  throw new AppError("forbidden", "Everybody's views need inbox.configure.");
}

async function checkFilter(sql: Queryable, accountId: string, filter: StoredFilter): Promise<void> {
  const [field] = await findUnknownFields(sql, accountId, filter);
  if (field === undefined) return;
  const path = `filter.${field}`;
  const message = "names nothing of the account";
  throw new AppError("invalid_request", {
    message: `${path}: ${message}.`,
    errors: [{ path, message }],
  });
}
