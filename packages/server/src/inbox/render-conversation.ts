import type { ConversationRow, InboxCounts } from "@recado/contract/console/inbox";
import type { CountLine } from "../storage/inbox-counts.ts";
import type { InboxRow } from "../storage/inbox-rows.ts";
import { nameKind } from "./render-kind.ts";

/** Shows a conversation as it is true up to a number of the account's log. */
export function renderConversation(row: InboxRow, version: number): ConversationRow {
  const { id, state, unread, rating, contact } = row;
  const mobile = contact.addresses.find(({ kind }) => kind === "phone")?.value ?? null;
  return {
    ...{ id, version, state, unread, rating },
    revision: Number(row.revision),
    contact: {
      id: row.contactId,
      name: contact.name ?? contact.profileName,
      mobile,
      address: contact.addresses[0]?.value ?? null,
      labels: contact.labels,
    },
    project_id: row.projectId,
    channel_id: row.channelId,
    assignee_id: row.assigneeId,
    team_id: row.teamId,
    label_ids: row.labelIds,
    opened_at: row.openedAt.toISOString(),
    last_inbound_at: row.lastInboundAt.toISOString(),
    waiting_since: formatMoment(row.waitingSince),
    window_expires_at: row.windowExpiresAt.toISOString(),
    snoozed_until: formatMoment(row.snoozedUntil),
    resolved_at: formatMoment(row.resolvedAt),
    first_answered_at: formatMoment(row.firstAnsweredAt),
    last_message: row.last && renderLast(row.last),
  };
}

function renderLast(last: NonNullable<InboxRow["last"]>) {
  const { id, direction, status, body } = last;
  const at = new Date(last.at).toISOString();
  return { id, direction, status, at, kind: nameKind(last), preview: body };
}

/** Adds up what was counted. */
export function renderCounts(
  lines: readonly CountLine[],
  labels: readonly { labelId: string; count: number }[],
): InboxCounts {
  const open = lines.filter(({ state }) => state === "open");
  const queued = open.filter(({ assigneeId }) => assigneeId === null);
  const waits = queued.flatMap(({ waitingSince }) => waitingSince ?? []);
  const oldest = waits.toSorted((left, right) => left.getTime() - right.getTime())[0];
  return {
    queue: sum(queued),
    oldest_waiting_since: oldest?.toISOString() ?? null,
    open: sum(open),
    snoozed: sum(lines.filter(({ state }) => state === "snoozed")),
    assignees: sumBy(open, ({ assigneeId, count }) => [assigneeId, count]),
    unread: sumBy(open, ({ assigneeId, unread }) => [assigneeId, unread]),
    teams: sumBy(open, ({ teamId, count }) => [teamId, count]),
    channels: sumBy(open, ({ channelId, count }) => [channelId, count]),
    labels: Object.fromEntries(labels.map(({ labelId, count }) => [labelId, count])),
  };
}

function sum(lines: readonly CountLine[]): number {
  return lines.reduce((total, { count }) => total + count, 0);
}

function sumBy(
  lines: readonly CountLine[],
  read: (line: CountLine) => [string | null, number],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of lines) {
    const [key, count] = read(line);
    if (key !== null && count > 0) sums[key] = (sums[key] ?? 0) + count;
  }
  return sums;
}

function formatMoment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
