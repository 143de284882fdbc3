import type { InboxCounts, InboxState } from "@recado/contract/console/inbox";
import { openCursor, refuseCursor } from "../accounts/page.ts";
import { reachesHidden } from "../domain/person-address.ts";
import { AppError } from "../platform/app-error.ts";
import { isUuid } from "../platform/ids.ts";
import type { Database, Queryable } from "../storage/connect.ts";
import { listCanned, listLabels, listTeams } from "../storage/inbox-catalogue.ts";
import { countConversations, countLabelled } from "../storage/inbox-counts.ts";
import { findHead, findMine, listPeople, listPlaces } from "../storage/inbox-reads.ts";
import {
  findInboxRows,
  type InboxFilter,
  type InboxPlace,
  type InboxRow,
  listInboxRows,
} from "../storage/inbox-rows.ts";
import { listViews, type SavedViewRow } from "../storage/inbox-views.ts";
import { renderConversation, renderCounts } from "./render-conversation.ts";

/*
 * Loads of the inbox. Each reads the number of the account's log first and the rows after it: they are at least as true as
 * that number says, and whatever happens since is heard by listening from there on.
 */

/** A page of a view. */
export async function loadList(
  pool: Database,
  filter: InboxFilter,
  page: { limit: number; cursor?: string | undefined },
) {
  const after = page.cursor === undefined ? null : openPlace(filter.view, page.cursor);
  const seq = await findHead(pool, filter.accountId);
  const rows = await listInboxRows(pool, filter, { after, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > page.limit && last ? sealPlace(filter.view, last) : null;
  return { seq, items: items.map((row) => renderConversation(row, seq)), next_cursor: nextCursor };
}

/** One conversation. Refuses with `not_found` what is not of the account. */
export async function loadConversation(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<{ seq: number; row: InboxRow; conversation: ReturnType<typeof renderConversation> }> {
  const seq = await findHead(sql, key.accountId);
  const [row] = await findInboxRows(sql, key.accountId, [key.id]);
  if (!row) throw new AppError("not_found", "There is no such conversation.");
  return { seq, row, conversation: renderConversation(row, seq) };
}

/** The numbers of the left column. */
export async function loadCounts(sql: Queryable, accountId: string): Promise<InboxCounts> {
  const lines = await countConversations(sql, accountId);
  return renderCounts(lines, await countLabelled(sql, accountId));
}

/** Everything that lists refer to. */
export async function loadState(
  pool: Database,
  me: { accountId: string; userId: string; currency: string },
): Promise<InboxState> {
  const { accountId } = me;
  const seq = await findHead(pool, accountId);
  const [people, teams, labels, places, canned, counts, mine, views] = await Promise.all([
    listPeople(pool, accountId),
    listTeams(pool, accountId),
    listLabels(pool, accountId),
    listPlaces(pool, accountId),
    listCanned(pool, me),
    loadCounts(pool, accountId),
    findMine(pool, me),
    listViews(pool, me),
  ]);
  return {
    ...{ seq, me: me.userId, currency: me.currency, people, counts },
    teams: teams.map(({ id, name, memberIds }) => ({ id, name, member_ids: memberIds })),
    labels,
    channels: places.channels.map(({ id, officialNumber, provider, active }) => ({
      ...{ id, active, official_number: officialNumber },
      answers_hidden: reachesHidden(provider),
    })),
    projects: places.projects.map(({ channelId, ...project }) => ({
      ...project,
      channel_id: channelId,
    })),
    canned_replies: canned.map(renderCanned),
    views: views.map(renderView),
    mentions: mine.mentions,
    draft_ids: mine.draftIds,
  };
}

/** Shows a canned reply. */
export function renderCanned(row: {
  id: string;
  shortcut: string;
  body: string;
  projectId: string | null;
  ownerId: string | null;
}) {
  const { id, shortcut, body, projectId, ownerId } = row;
  return { id, shortcut, text: body, project_id: projectId, owner_id: ownerId };
}

/** Shows a saved view. */
export function renderView({ id, name, ownerId, filter }: SavedViewRow) {
  return { id, name, owner_id: ownerId, filter };
}

function sealPlace(view: InboxFilter["view"], row: InboxRow): string {
  const { at, id } = placeOf(view, row);
  return Buffer.from(JSON.stringify([view, at, id])).toString("base64url");
}

function placeOf(view: InboxFilter["view"], row: InboxRow): InboxPlace {
  if (view === "mentions") return { at: "-", id: row.noteId ?? row.id };
  if (view === "queue") return { at: row.waitingSince?.toISOString() ?? "infinity", id: row.id };
  return { at: row.lastInboundAt.toISOString(), id: row.id };
}

const MOMENT = /^(?:infinity|-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/u;

function openPlace(view: InboxFilter["view"], cursor: string): InboxPlace {
  const [of, at = "", id = ""] = openCursor(cursor);
  const fits = of === view && MOMENT.test(at) && isUuid(id);
  const isKnown = at === "infinity" || at === "-" || !Number.isNaN(Date.parse(at));
  return fits && isKnown && (at === "-") === (view === "mentions") ? { at, id } : refuseCursor();
}
