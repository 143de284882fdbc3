import { formatContactSearch } from "../domain/fold-text.ts";
import { AppError } from "../platform/app-error.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import { lockAddressesOf, moveAddresses } from "../storage/contact-addresses.ts";
import type { ContactEvent } from "../storage/contact-events.ts";
import {
  insertMerge,
  lockStandingMerge,
  type MergeRow,
  type MovedThings,
  updateMergeUndone,
} from "../storage/contact-merges.ts";
import {
  type ContactRow,
  lockContact,
  updateContact,
  updateMergedInto,
} from "../storage/contacts.ts";
import {
  type ConversationRow,
  lockConversationsOf,
  updateConversation,
} from "../storage/conversations.ts";
import { makeContactEvent } from "./contact-events.ts";
import { formatHeard, splitConversation } from "./split-conversation.ts";

/*
 * Two contacts that are one person. The survivor gets the other's addresses and conversations, and whatever it lacks of name,
 * language, fields and labels; what it got is written down, and an undo gives exactly that back.
 */

/** Which contacts, and who says so. */
export interface MergeRequest {
  accountId: string;
  survivorId: string;
  mergedId: string;
  nowMs: number;
  by: "caller" | "whatsapp";
}

/**
 * Makes two contacts one, in the caller's transaction, and answers the events to tell at its end. Refuses a contact that is
 * merged already, or erased, and one with itself.
 */
export async function combineContacts(
  sql: Transaction,
  ids: IdMaker,
  request: MergeRequest,
): Promise<ContactEvent[]> {
  const { accountId, survivorId, mergedId, nowMs } = request;
  if (survivorId === mergedId)
    throw new AppError("conflict", "A contact cannot be merged with itself.");
  const addresses = await lockAddressesOf(sql, accountId, [survivorId, mergedId]);
  const [survivor, merged] = await lockPair(sql, request);
  const at = new Date(nowMs);
  const values = addresses.filter((one) => one.contactId === mergedId).map((one) => one.value);
  await moveAddresses(sql, accountId, { from: mergedId, to: survivorId, values });
  const conversations = await moveConversations(sql, request);
  const { next, filled } = fill(survivor, merged);
  const search = formatContactSearch([next.name, next.profileName]);
  await updateContact(sql, next, { search, at });
  await updateMergedInto(sql, merged, { mergedInto: survivorId, at });
  const id = ids.next(nowMs);
  const moved = { addresses: values, conversations, filled };
  await insertMerge(sql, { accountId, id, survivorId, mergedId, moved }, at);
  return [makeContactEvent(ids, makeFacts("contact.merged", request))];
}

/**
 * Takes a contact out of the one that it was merged into. Refuses with `conflict` when it is in none, or when that one was
 * merged itself since: the later merge is to be undone first.
 */
export async function separateContact(
  sql: Transaction,
  ids: IdMaker,
  request: { accountId: string; mergedId: string; nowMs: number },
): Promise<ContactEvent[]> {
  const { accountId, mergedId, nowMs } = request;
  const merge = await lockStandingMerge(sql, { accountId, id: mergedId });
  if (!merge) throw new AppError("conflict", "The contact is not merged into another.");
  const { survivorId, moved } = merge;
  await lockAddressesOf(sql, accountId, [survivorId]);
  const survivor = await lockContact(sql, { accountId, id: survivorId });
  if (!survivor || survivor.mergedInto !== null || survivor.erasedAt !== null) {
    throw new AppError(
      "conflict",
      "The contact that it is part of was merged itself: undo that first.",
    );
  }
  const at = new Date(nowMs);
  const back = { from: survivorId, to: mergedId, values: moved.addresses };
  await moveAddresses(sql, accountId, back);
  await giveBackConversations(sql, { ...merge, at });
  const next = empty(survivor, moved.filled);
  const search = formatContactSearch([next.name, next.profileName]);
  await updateContact(sql, next, { search, at });
  await updateMergedInto(sql, { accountId, id: mergedId }, { mergedInto: null, at });
  await updateMergeUndone(sql, merge, at);
  const facts = { accountId, survivorId, mergedId, nowMs, by: "caller" } as const;
  return [makeContactEvent(ids, makeFacts("contact.unmerged", facts))];
}

async function lockPair(
  sql: Transaction,
  { accountId, survivorId, mergedId }: MergeRequest,
): Promise<[ContactRow, ContactRow]> {
  const found = new Map<string, ContactRow | null>();
  // One order for all who lock two.
  for (const id of [survivorId, mergedId].sort()) {
    found.set(id, await lockContact(sql, { accountId, id }));
  }
  const [survivor, merged] = [found.get(survivorId), found.get(mergedId)];
  if (!survivor || !merged) throw new AppError("not_found", "There is no such contact.");
  for (const contact of [survivor, merged]) {
    if (contact.mergedInto === null && contact.erasedAt === null) continue;
    throw new AppError(
      "conflict",
      "One of the contacts is part of another already, or was erased.",
    );
  }
  return [survivor, merged];
}

/** Moves them; where both have one that is not resolved on a channel, the newer word stays and takes the other's unread. */
async function moveConversations(
  sql: Transaction,
  { accountId, survivorId, mergedId, nowMs }: MergeRequest,
): Promise<MovedThings["conversations"]> {
  const at = new Date(nowMs);
  const all = await lockConversationsOf(sql, accountId, [survivorId, mergedId]);
  const moving = all.filter((one) => one.contactId === mergedId);
  const moved: MovedThings["conversations"] = [];
  for (const conversation of moving) {
    const rival = all.find(
      (one) =>
        one.contactId === survivorId &&
        one.channelId === conversation.channelId &&
        one.state !== "resolved",
    );
    const { id, state } = conversation;
    if (state !== "resolved" && rival) {
      const ofMoved = formatHeard(conversation);
      moved.push({
        id,
        state,
        joined: { rivalId: rival.id, ofRival: formatHeard(rival), ofMoved },
      });
      await updateConversation(sql, absorb(rival, conversation), at);
      const ended = { ...conversation, state: "resolved", unread: 0, waitingSince: null } as const;
      const row = { ...ended, contactId: survivorId, resolvedAt: at, snoozedUntil: null };
      await updateConversation(sql, row, at);
    } else {
      moved.push({ id, state });
      await updateConversation(sql, { ...conversation, contactId: survivorId }, at);
    }
  }
  return moved;
}

function absorb(rival: ConversationRow, other: ConversationRow): ConversationRow {
  const newer = other.lastInboundAt > rival.lastInboundAt ? other : rival;
  const { lastInboundAt, lastInboundId, windowExpiresAt } = newer;
  const unread = rival.unread + other.unread;
  const state = other.state === "open" || rival.state === "open" ? "open" : "snoozed";
  const snoozedUntil = state === "open" ? null : rival.snoozedUntil;
  const waits = [rival.waitingSince, other.waitingSince].filter((at) => at !== null);
  const [waitingSince = null] = waits.toSorted((left, right) => left.getTime() - right.getTime());
  const assigneeId = rival.assigneeId ?? other.assigneeId;
  const heard = { lastInboundAt, lastInboundId, windowExpiresAt, unread, waitingSince };
  return { ...rival, ...heard, state, snoozedUntil, assigneeId };
}

async function giveBackConversations(
  sql: Transaction,
  back: MergeRow & { mergedAt: Date; at: Date },
): Promise<void> {
  const { accountId, survivorId, mergedId, at, mergedAt, moved } = back;
  const before = new Map(moved.conversations.map((one) => [one.id, one]));
  const all = await lockConversationsOf(sql, accountId, [survivorId]);
  for (const conversation of all) {
    const had = before.get(conversation.id);
    if (had === undefined) continue;
    const own = { ...conversation, contactId: mergedId };
    // The merge alone had ended it: its person may be waiting still. Nobody snoozed it since.
    const isRevived = had.state !== "resolved" && conversation.state === "resolved";
    if (!isRevived) {
      await updateConversation(sql, own, at);
      continue;
    }
    const revived = { ...own, state: "open", resolvedAt: null } as const;
    const { joined } = had;
    const rival = all.find(({ id }) => id === joined?.rivalId);
    if (joined === undefined || rival === undefined) await updateConversation(sql, revived, at);
    else {
      const split = await splitConversation(sql, { rival, moved: revived, joined, mergedAt });
      await updateConversation(sql, split.rival, at);
      await updateConversation(sql, split.moved, at);
    }
  }
}

function fill(
  survivor: ContactRow,
  merged: ContactRow,
): { next: ContactRow; filled: MovedThings["filled"] } {
  const customFields = Object.fromEntries(
    Object.entries(merged.customFields).filter(
      ([key]) => !Object.hasOwn(survivor.customFields, key),
    ),
  );
  const labels = merged.labels.filter((label) => !survivor.labels.includes(label));
  const name = survivor.name === null ? merged.name : null;
  const language = survivor.language === null ? merged.language : null;
  return {
    next: {
      ...survivor,
      name: survivor.name ?? name,
      language: survivor.language ?? language,
      customFields: { ...survivor.customFields, ...customFields },
      labels: [...survivor.labels, ...labels],
    },
    filled: { name, language, customFields, labels },
  };
}

/** Takes out what was filled in, as far as nobody has changed it since. */
function empty(survivor: ContactRow, filled: MovedThings["filled"]): ContactRow {
  const customFields = Object.fromEntries(
    Object.entries(survivor.customFields).filter(
      ([key, value]) =>
        !Object.hasOwn(filled.customFields, key) || filled.customFields[key] !== value,
    ),
  );
  return {
    ...survivor,
    name: survivor.name === filled.name ? null : survivor.name,
    language: survivor.language === filled.language ? null : survivor.language,
    customFields,
    labels: survivor.labels.filter((label) => !filled.labels.includes(label)),
  };
}

function makeFacts(kind: "contact.merged" | "contact.unmerged", request: MergeRequest) {
  const { accountId, survivorId, mergedId, nowMs, by } = request;
  const contactIds = [survivorId, mergedId];
  const data = { contactId: survivorId, mergedId, by };
  return { accountId, kind, contactIds, projectId: null, atMs: nowMs, data };
}
