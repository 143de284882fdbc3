import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import { type ContactEvent, insertContactEvents } from "../storage/contact-events.ts";
import { insertEvents } from "../storage/events.ts";

/** What happens to contacts and conversations. */
export type ContactEventKind =
  | "contact.created"
  | "contact.changed"
  | "contact.merged"
  | "contact.unmerged"
  | "conversation.opened"
  | "conversation.resolved"
  | "conversation.reopened"
  | "conversation.snoozed"
  | "conversation.rated"
  | "conversation.read"
  | "conversation.assigned"
  | "conversation.unassigned"
  | "conversation.transferred"
  | "conversation.labelled"
  | "conversation.answered"
  | "note.added"
  | "note.changed"
  | "note.deleted"
  | "person.erasure_requested"
  | "person.erased";

/** An event in the making. It holds ids and never what a person is called or reached by. */
export interface ContactEventFacts {
  /** Absent: one of the moment. */
  id?: string;
  accountId: string;
  kind: ContactEventKind;
  contactIds: readonly string[];
  projectId: string | null;
  atMs: number;
  data: Record<string, unknown>;
}

/** Gives an event its id. */
export function makeContactEvent(ids: IdMaker, facts: ContactEventFacts): ContactEvent {
  const { accountId, kind, projectId, atMs, data } = facts;
  const id = facts.id ?? ids.next(atMs);
  const event = { accountId, id, kind, messageId: null, projectId, at: new Date(atMs), data };
  return { event, contactIds: facts.contactIds };
}

/** Stores events as the very last of a transaction: the account's numbering is locked from here on. */
export async function tellContactEvents(
  sql: Transaction,
  events: readonly ContactEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await insertContactEvents(sql, events);
  await insertEvents(
    sql,
    events.map(({ event }) => event),
  );
}
