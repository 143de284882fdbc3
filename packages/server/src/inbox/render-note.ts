import type { ThreadEvent, ThreadNote } from "@recado/contract/console/inbox-thread";
import type { NoteRow, ThreadEventRow } from "../storage/thread-items.ts";
import { readIdMs } from "./read-id-ms.ts";

/** Shows a note; of one that was deleted, that it was. */
export function renderNote(row: NoteRow, version: number): ThreadNote {
  return {
    type: "note",
    ...{ id: row.id, place: row.id, version },
    at: new Date(readIdMs(row.id)).toISOString(),
    conversation_id: row.conversationId,
    author_id: row.authorId,
    text: row.deletedAt === null ? row.body : "",
    mentions: row.deletedAt === null ? row.mentions : [],
    edited_at: row.editedAt?.toISOString() ?? null,
    deleted_at: row.deletedAt?.toISOString() ?? null,
  };
}

/** Shows what happened to a conversation, or to its person. */
export function renderEvent(row: ThreadEventRow, version: number): ThreadEvent {
  const data = row.data ?? {};
  const text = (key: string) => (typeof data[key] === "string" ? data[key] : null);
  const { labelIds, rating } = data;
  return {
    type: "event",
    ...{ id: row.id, place: row.id, version },
    at: row.at.toISOString(),
    conversation_id: text("conversationId"),
    kind: row.kind.slice(row.kind.indexOf(".") + 1) as ThreadEvent["kind"],
    by: BY[text("by") ?? ""] ?? "rule",
    user_id: text("userId"),
    assignee_id: text("assigneeId"),
    previous_assignee_id: text("previousAssigneeId"),
    team_id: text("teamId"),
    note_id: text("noteId"),
    until: text("until"),
    label_ids: Array.isArray(labelIds) ? labelIds.filter((id) => typeof id === "string") : [],
    rating: typeof rating === "number" ? rating : null,
  };
}

const BY: Readonly<Record<string, ThreadEvent["by"] | undefined>> = {
  person: "person",
  agent: "agent",
  caller: "integration",
  clock: "clock",
  whatsapp: "whatsapp",
};
