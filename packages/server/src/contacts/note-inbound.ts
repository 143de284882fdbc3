import { cleanProfileName, formatContactSearch } from "../domain/fold-text.ts";
import type { MessageItem } from "../domain/inbound.ts";
import { SERVICE_WINDOW_MS } from "../domain/service-window.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import {
  confirmAddresses,
  findAliases,
  insertAddresses,
  type KnownPerson,
  lockAddresses,
  lockPersons,
} from "../storage/contact-addresses.ts";
import type { ContactEvent } from "../storage/contact-events.ts";
import { wereSeparated } from "../storage/contact-merges.ts";
import { insertContact, updateProfileName } from "../storage/contacts.ts";
import { noteInConversation } from "../storage/conversations.ts";
import { makeContactEvent } from "./contact-events.ts";
import { combineContacts } from "./merge.ts";
import { noteRating } from "./note-rating.ts";

/*
 * A person wrote: who is it, and in which conversation? Runs in the transaction that stores the message. What decides between
 * two processes is the database: an address belongs to one contact by its key, and one conversation of a contact on a
 * channel is not resolved by a unique index. Addresses are held first, then contacts, then conversations, by all who change
 * them.
 */

/** A person's message that has just been stored. */
export interface NotedMessage {
  accountId: string;
  channelId: string;
  projectId: string;
  messageId: string;
  item: MessageItem;
  /** Of the event, should it open a conversation or wake one: that stands before the message. Absent: one of the moment. */
  openingId?: string;
  nowMs: number;
}

/** Whom and what a message belongs to. */
export interface InboundNotes {
  contactId: string;
  conversationId: string;
  /** To be stored with the message's own event, and noted by `insertContactEvents`. */
  events: ContactEvent[];
}

/** Notes a message with its person and conversation; null when it names nobody. */
export async function noteInbound(
  sql: Transaction,
  ids: IdMaker,
  message: NotedMessage,
): Promise<InboundNotes | null> {
  const { accountId, channelId, projectId, item, nowMs } = message;
  if (item.from === null && item.userId === null) return null;
  const events: ContactEvent[] = [];
  const contactId = await identify(sql, { ids, message, events });
  const windowExpiresAt = new Date(item.at.getTime() + SERVICE_WINDOW_MS);
  const note = {
    ...{ accountId, id: ids.next(nowMs), contactId, channelId, projectId, windowExpiresAt },
    ...{ messageId: message.messageId, saidAt: item.at, now: new Date(nowMs) },
  };
  const said = { accountId, contactId, channelId, item, windowExpiresAt, nowMs };
  const conversation = await noteInConversation(sql, note, async () => {
    const rating = await noteRating(sql, ids, said);
    if (rating === null) return null;
    events.push(...rating.events);
    return { id: rating.conversationId, before: "resolved" };
  });
  if (conversation.before === null || conversation.before === "snoozed") {
    const kind = conversation.before === null ? "conversation.opened" : "conversation.reopened";
    const data = { conversationId: conversation.id, contactId, channelId, by: "person" };
    const facts = {
      ...(message.openingId !== undefined && { id: message.openingId }),
      accountId,
      kind,
      contactIds: [contactId],
      projectId,
      atMs: nowMs,
      data,
    } as const;
    events.push(makeContactEvent(ids, facts));
  }
  return { contactId, conversationId: conversation.id, events };
}

interface Identifying {
  ids: IdMaker;
  message: NotedMessage;
  events: ContactEvent[];
}

/** The person's contact: the one that has an address of theirs, or a new one. */
async function identify(sql: Transaction, given: Identifying): Promise<string> {
  const { accountId, item } = given.message;
  const asked = { accountId, phone: item.from, userId: item.userId };
  const known = await lockPersons(sql, asked);
  const owners = new Set(known.map((person) => person.contactId));
  const isWhole = known.length === (item.from === null ? 0 : 1) + (item.userId === null ? 0 : 1);
  const lacksAlias = known.some((person) => person.lacksAlias);
  const former = listFormer(item);
  if (owners.size === 1 && isWhole && !lacksAlias && former.length === 0) {
    return keepUp(sql, given, known);
  }
  // Something is new: which other numbers does WhatsApp know the person by, and whose are they?
  const phones = item.from === null ? [] : await findAliases(sql, accountId, [item.from]);
  const aliases = phones.map(({ phone }) => ({ kind: "phone" as const, value: phone }));
  const others = [...aliases, ...former];
  for (const other of await lockAddresses(sql, accountId, others)) owners.add(other.contactId);
  const [contactId, ...rest] = owners;
  if (contactId === undefined) return create(sql, given, phones);
  for (const mergedId of rest) await join(sql, given, { survivorId: contactId, mergedId });
  await attach(sql, given, { contactId, phones });
  return keepUp(sql, given, await lockPersons(sql, asked));
}

/** What the person had before, when WhatsApp tells that a number or an id has changed. */
function listFormer({ content }: MessageItem) {
  const { mobile_before: phone, user_id_before: userId } = content?.system ?? {};
  return [
    ...(phone ? [{ kind: "phone" as const, value: phone }] : []),
    ...(userId ? [{ kind: "whatsapp-user-id" as const, value: userId }] : []),
  ];
}

/** What WhatsApp says anew of somebody known: that the addresses are right, and the name. */
async function keepUp(
  sql: Transaction,
  given: Identifying,
  known: readonly KnownPerson[],
): Promise<string> {
  const [person] = known;
  if (!person) throw new Error("a person's address vanished while it was held");
  const { accountId, item, nowMs } = given.message;
  const key = { accountId, id: person.contactId };
  const unconfirmed = known.filter((one) => !one.confirmed).map((one) => one.value);
  if (unconfirmed.length > 0) await confirmAddresses(sql, key, unconfirmed);
  const profileName = cleanProfileName(item.profileName);
  const isNewer = person.profileAt === null || person.profileAt <= item.at;
  if (profileName !== null && profileName !== person.profileName && isNewer) {
    const search = formatContactSearch([person.name, profileName]);
    await updateProfileName(sql, key, {
      profileName,
      saidAt: item.at,
      search,
      at: new Date(nowMs),
    });
  }
  return person.contactId;
}

async function create(
  sql: Transaction,
  given: Identifying,
  phones: readonly { phone: string; confirmed: boolean }[],
): Promise<string> {
  const { ids, message, events } = given;
  const { accountId, item, nowMs } = message;
  const contactId = ids.next(nowMs);
  const got = await attach(sql, given, { contactId, phones });
  const wanted = item.from ?? item.userId ?? "";
  // Another process made the contact meanwhile, and has committed: now it is seen.
  if (!got.includes(wanted)) return identify(sql, given);
  const at = new Date(nowMs);
  const profileName = cleanProfileName(item.profileName);
  await insertContact(sql, {
    accountId,
    id: contactId,
    projectId: null,
    name: null,
    profileName,
    profileAt: profileName === null ? null : item.at,
    language: null,
    customFields: {},
    labels: [],
    search: formatContactSearch([profileName]),
    at,
  });
  events.push(
    makeContactEvent(ids, {
      accountId,
      kind: "contact.created",
      contactIds: [contactId],
      projectId: message.projectId,
      atMs: nowMs,
      data: { contactId, by: "person" },
    }),
  );
  return contactId;
}

async function attach(
  sql: Transaction,
  { message }: Identifying,
  to: { contactId: string; phones: readonly { phone: string; confirmed: boolean }[] },
): Promise<string[]> {
  const { accountId, item, nowMs } = message;
  const phones = to.phones.map(({ phone, confirmed }) => ({
    kind: "phone" as const,
    value: phone,
    confirmed: confirmed || phone === item.from,
  }));
  const userIds =
    item.userId === null
      ? []
      : [{ kind: "whatsapp-user-id" as const, value: item.userId, confirmed: true }];
  return insertAddresses(
    sql,
    { accountId, id: to.contactId },
    { at: new Date(nowMs), addresses: [...phones, ...userIds] },
  );
}

/** WhatsApp itself says that two contacts are one person. */
async function join(
  sql: Transaction,
  { ids, message, events }: Identifying,
  pair: { survivorId: string; mergedId: string },
): Promise<void> {
  const { accountId, nowMs } = message;
  if (await wereSeparated(sql, accountId, [pair.survivorId, pair.mergedId])) return;
  const merged = await combineContacts(sql, ids, { accountId, ...pair, nowMs, by: "whatsapp" });
  events.push(...merged);
}
