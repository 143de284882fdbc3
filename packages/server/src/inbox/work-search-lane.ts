import type { Logger } from "pino";
import { listDigitEnds, listWords } from "../domain/search-words.ts";
import type { Clock } from "../platform/clock.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import {
  type FollowedEvent,
  type FollowerPlace,
  listBehind,
  lockFollower,
  readStretch,
  updateFollower,
} from "../storage/log-followers.ts";
import {
  deleteContactWords,
  deleteMessageWords,
  findSearchable,
  findSearchableContacts,
  listContactIds,
  listContactMessageIds,
  listMessageIds,
  putContactWords,
  putMessageWords,
} from "../storage/search-index.ts";

/*
 * Keeps the index of the search. It follows each account's log of events, so whoever stores a message pays nothing for it; an
 * account that is new to it is first read row by row. Whoever erases or blanks holds the follower meanwhile: what was erased
 * cannot come back.
 */

/** What the lane needs. */
export interface SearchLaneDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
}

const ACCOUNTS_MAX = 100;
const EVENTS_MAX = 2_000;
const ROWS_MAX = 500;
/** Of a contact that is new: older ones of a person who was only written to are not found. */
const EARLIER_MAX = 500;

const MESSAGE_KINDS = ["accepted", "held", "reply", "edited", "deleted"];
const CONTACT_KINDS = ["contact.created", "contact.changed", "contact.merged", "contact.unmerged"];

/** Builds the lane. */
export function createSearchLane(deps: SearchLaneDeps): Lane {
  return createLane({
    name: "search",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const accountIds = await listBehind(deps.pool, "search", ACCOUNTS_MAX);
      let more = false;
      for (const accountId of accountIds) {
        try {
          const isLeft = await indexAccount(deps.pool, accountId);
          more ||= isLeft || accountIds.length === ACCOUNTS_MAX;
        } catch (error) {
          // One account's trouble must not keep what the others look for from being found.
          deps.logger.error({ accountId, err: error }, "search.failed");
        }
      }
      return more;
    },
  });
}

/** One batch of an account; true when there is more. */
export function indexAccount(pool: Database, accountId: string): Promise<boolean> {
  // What a crash of the database forgets, place and rows together, is simply done again.
  return withTransaction(
    pool,
    async (sql) => {
      const place = await lockFollower(sql, { accountId, follower: "search", from: "rows" });
      if (!place) return false;
      const isWhole = place.contactsAfter === null && place.messagesAfter === null;
      return isWhole ? followLog(sql, place) : rebuild(sql, place);
    },
    { durable: false },
  );
}

async function followLog(sql: Transaction, place: FollowerPlace): Promise<boolean> {
  const { accountId, seq } = place;
  const { events, to, head } = await readStretch(sql, {
    accountId,
    after: seq,
    kinds: [...MESSAGE_KINDS, ...CONTACT_KINDS],
    countMax: EVENTS_MAX,
  });
  const contactIds = new Set(events.flatMap(listContacts));
  const messageIds = new Set(events.flatMap(({ messageId }) => messageId ?? []));
  for (const contactId of listGathered(events)) {
    const earlier = await listContactMessageIds(sql, accountId, { contactId, limit: EARLIER_MAX });
    for (const id of earlier) messageIds.add(id);
  }
  await indexContacts(sql, accountId, [...contactIds]);
  await indexMessages(sql, accountId, [...messageIds]);
  await updateFollower(sql, "search", { ...place, seq: to });
  return to < head;
}

async function rebuild(sql: Transaction, place: FollowerPlace): Promise<boolean> {
  const { accountId, contactsAfter, messagesAfter } = place;
  const next = { ...place };
  if (contactsAfter !== null) {
    const ids = await listContactIds(sql, accountId, { after: contactsAfter, limit: ROWS_MAX });
    await indexContacts(sql, accountId, ids);
    next.contactsAfter = ids.length < ROWS_MAX ? null : (ids.at(-1) ?? null);
  } else if (messagesAfter !== null) {
    const ids = await listMessageIds(sql, accountId, { after: messagesAfter, limit: ROWS_MAX });
    await indexMessages(sql, accountId, ids);
    next.messagesAfter = ids.length < ROWS_MAX ? null : (ids.at(-1) ?? null);
  }
  await updateFollower(sql, "search", next);
  return true;
}

async function indexMessages(
  sql: Transaction,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  for (let start = 0; start < ids.length; start += ROWS_MAX) {
    const some = ids.slice(start, start + ROWS_MAX);
    const found = await findSearchable(sql, accountId, some);
    const rows = found
      .filter((message) => message.isFindable)
      .map(({ id, projectId, body, fileName, customField }) => {
        const text = [body, fileName ?? "", customField].join(" \n ");
        return { id, projectId, words: listWords(text), digits: listDigitEnds(text) };
      })
      .filter(({ words }) => words.length > 0);
    const kept = new Set(rows.map(({ id }) => id));
    await putMessageWords(sql, accountId, rows);
    const gone = some.filter((id) => !kept.has(id));
    await deleteMessageWords(sql, accountId, gone);
  }
}

async function indexContacts(
  sql: Transaction,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  for (let start = 0; start < ids.length; start += ROWS_MAX) {
    const some = ids.slice(start, start + ROWS_MAX);
    const found = await findSearchableContacts(sql, accountId, some);
    const rows = found
      .filter((contact) => contact.isFindable)
      .map(({ id, names, addresses }) => ({
        ...{ id, projectId: null, words: listWords(names) },
        digits: addresses.flatMap(listDigitEnds),
      }));
    const kept = new Set(rows.map(({ id }) => id));
    await putContactWords(sql, accountId, rows);
    await deleteContactWords(
      sql,
      accountId,
      some.filter((id) => !kept.has(id)),
    );
  }
}

/** Contacts whose names or addresses an event may have changed; a person's name comes with what they write. */
function listContacts({ data }: FollowedEvent): string[] {
  return [data.contactId, data.mergedId].filter((id) => typeof id === "string");
}

/** Contacts that may have got addresses under which messages stand already. */
function listGathered(events: readonly FollowedEvent[]): Set<string> {
  const gathering = events.filter(({ kind, data }) => {
    if (kind !== "contact.changed") return CONTACT_KINDS.includes(kind);
    return Array.isArray(data.fields) && data.fields.includes("mobiles");
  });
  return new Set(gathering.flatMap(listContacts));
}
