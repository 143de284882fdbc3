import { applyRows } from "../../../live/apply-change.ts";
import type { Desk, ListPart } from "./desk.ts";
import { inboxApi } from "./inbox-api.ts";
import { filterKey, type InboxFilter } from "./inbox-filter.ts";

const EMPTY_PART: ListPart = {
  horizon: null,
  cursor: null,
  isLoading: false,
  error: null,
  mentionIds: new Set(),
};

/** What is loaded of a list. */
export function listPart(lists: ReadonlyMap<string, ListPart>, filter: InboxFilter): ListPart {
  return lists.get(filterKey(filter)) ?? EMPTY_PART;
}

/** Loads the first page of a list, or the next one. Of two calls at once the second does nothing. */
export async function loadList(desk: Desk, filter: InboxFilter, next = false): Promise<void> {
  const before = listPart(desk.lists.get(), filter);
  if (before.isLoading || (next && before.cursor === null)) return;
  change(desk, filter, (part) => ({ ...part, isLoading: true, error: null }));
  try {
    const page = await inboxApi.list(filter, next ? (before.cursor ?? undefined) : undefined);
    desk.model.update((model) => applyRows(model, page.items));
    const ids = filter.view === "mentions" ? page.items.map(({ id }) => id) : [];
    change(desk, filter, (part) => ({
      horizon: {
        last: page.next_cursor === null ? null : (page.items.at(-1) ?? null),
      },
      cursor: page.next_cursor,
      isLoading: false,
      error: null,
      mentionIds: new Set([...(next ? part.mentionIds : []), ...ids]),
    }));
  } catch (error) {
    change(desk, filter, (part) => ({ ...part, isLoading: false, error }));
  }
}

function change(desk: Desk, filter: InboxFilter, to: (part: ListPart) => ListPart): void {
  desk.lists.update((lists) => new Map(lists).set(filterKey(filter), to(listPart(lists, filter))));
}
