import type { ConversationRow, InboxView } from "@recado/contract/console/inbox";

/** Which list is looked at; all that is given narrows it. */
export interface InboxFilter {
  view: InboxView;
  assignee_id?: string | undefined;
  team_id?: string | undefined;
  label_id?: string | undefined;
  channel_id?: string | undefined;
  project_id?: string | undefined;
  unread?: "true" | undefined;
}

/** How far a list is loaded. */
export interface ListHorizon {
  /** The last row of what was loaded, as it was then; null: the whole list is here. */
  last: ConversationRow | null;
}

/** Whether a row stands in a list now. Of `mentions` only the server knows, so its rows are named by `mentionIds`. */
export function belongsTo(
  row: ConversationRow,
  filter: InboxFilter,
  { me, mentionIds }: { me: string; mentionIds: ReadonlySet<string> },
): boolean {
  const fits =
    (filter.assignee_id === undefined || row.assignee_id === filter.assignee_id) &&
    (filter.team_id === undefined || row.team_id === filter.team_id) &&
    (filter.label_id === undefined || row.label_ids.includes(filter.label_id)) &&
    (filter.channel_id === undefined || row.channel_id === filter.channel_id) &&
    (filter.project_id === undefined || row.project_id === filter.project_id) &&
    (filter.unread === undefined || row.unread > 0);
  if (!fits) return false;
  switch (filter.view) {
    case "mine":
      return row.state === "open" && row.assignee_id === me;
    case "queue":
      return row.state === "open" && row.assignee_id === null;
    case "open":
      return row.state === "open";
    case "snoozed":
      return row.state === "snoozed";
    case "resolved":
      return row.state === "resolved";
    case "mentions":
      return mentionIds.has(row.id);
  }
}

/** The order of a list: the queue by who waits longest, all others by who wrote last. */
export function compareRows(view: InboxView): (a: ConversationRow, b: ConversationRow) => number {
  if (view !== "queue") {
    return (a, b) => compareText(b.last_inbound_at, a.last_inbound_at) || compareText(b.id, a.id);
  }
  return (a, b) => compareText(waitKey(a), waitKey(b)) || compareText(a.id, b.id);
}

/**
 * The rows of a list as they are to be shown. Rows behind the horizon are known by chance and would stand there with
 * holes between them: they come with their page.
 */
export function listRows(
  rows: Iterable<ConversationRow>,
  filter: InboxFilter,
  about: { me: string; mentionIds: ReadonlySet<string>; horizon: ListHorizon },
): ConversationRow[] {
  const compare = compareRows(filter.view);
  const { last } = about.horizon;
  const shown: ConversationRow[] = [];
  for (const row of rows) {
    if (!belongsTo(row, filter, about)) continue;
    if (last === null || compare(row, last) <= 0) shown.push(row);
  }
  return shown.sort(compare);
}

/** A list's name, under which its horizon is kept. */
export function filterKey(filter: InboxFilter): string {
  const { view, assignee_id, team_id, label_id, channel_id, project_id, unread } = filter;
  return [view, assignee_id, team_id, label_id, channel_id, project_id, unread]
    .map((part) => part ?? "")
    .join("|");
}

function waitKey(row: ConversationRow): string {
  // Whoever does not wait for an answer comes behind all who do.
  return row.waiting_since ?? `~${row.last_inbound_at}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
