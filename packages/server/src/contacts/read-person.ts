import type { Queryable } from "../storage/connect.ts";
import { listContactEvents } from "../storage/contact-events.ts";
import { findContact } from "../storage/contacts.ts";
import { type ConversationView, listConversations } from "../storage/conversations.ts";
import { findMessages, listEvents, type MessageView } from "../storage/message-queries.ts";
import {
  findMessageFiles,
  listPersonMessageIds,
  type MessageFile,
} from "../storage/person-messages.ts";
import type { Contact } from "./contacts.ts";
import type { Person } from "./find-person.ts";

/* Everything that an account has about one person, read part by part: a person may have said a lot. */

const PAGE_ROWS = 200;

/** The person's contacts, those too that were merged. */
export async function readContacts(sql: Queryable, person: Person): Promise<Contact[]> {
  const { accountId, contactIds } = person;
  const found = await Promise.all(contactIds.map((id) => findContact(sql, { accountId, id })));
  return found.filter((contact) => contact !== null);
}

/** The person's conversations. */
export async function* readConversations(
  sql: Queryable,
  { accountId, contactIds }: Person,
): AsyncGenerator<ConversationView> {
  for (const contactId of contactIds) {
    const none = { projectId: null, state: null, channelId: null, unread: null };
    let before: { lastInboundAt: Date; id: string } | null = null;
    do {
      const slice = { before, limit: PAGE_ROWS };
      const page = await listConversations(sql, { accountId, contactId, ...none }, slice);
      yield* page;
      before = page.length < PAGE_ROWS ? null : (page.at(-1) ?? null);
    } while (before !== null);
  }
}

/** Messages to and from the person, oldest first, each with its file. */
export async function* readMessages(
  sql: Queryable,
  person: Person,
): AsyncGenerator<{ message: MessageView; file: MessageFile | null }> {
  const { accountId } = person;
  let after: string | null = null;
  do {
    const ids: string[] = await listPersonMessageIds(sql, { ...person, after, limit: PAGE_ROWS });
    const messages = await findMessages(sql, accountId, ids);
    const files = await findMessageFiles(sql, accountId, ids);
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const id of ids) {
      const message = byId.get(id);
      if (message) yield { message, file: files.get(id) ?? null };
    }
    after = ids.length < PAGE_ROWS ? null : (ids.at(-1) ?? null);
  } while (after !== null);
}

/** What happened: to the person's contacts and conversations, and then to each message. */
export async function* readEvents(sql: Queryable, person: Person) {
  const { accountId, contactIds } = person;
  let after: string | null = LOWEST;
  while (after !== null) {
    const page = await listContactEvents(sql, { accountId, contactIds, after, limit: PAGE_ROWS });
    for (const event of page) yield { ...event, messageId: null };
    after = page.length < PAGE_ROWS ? null : (page.at(-1)?.id ?? null);
  }
  for await (const { message } of readMessages(sql, person)) {
    for (const event of await listEvents(sql, message)) yield { ...event, messageId: message.id };
  }
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
