import { openCursor, refuseCursor } from "../accounts/page.ts";
import {
  type ExcerptPart,
  makeExcerpt,
  readSearch,
  type SearchWish,
} from "../domain/search-words.ts";
import { isUuid } from "../platform/ids.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import { restartFollower } from "../storage/log-followers.ts";
import { markOf } from "../storage/search-index.ts";
import {
  allowWordSearch,
  type FoundContactRow,
  type FoundMessageRow,
  findFoundMessages,
  findStems,
  type IndexQuery,
  isIndexBuilding,
  listFoundContacts,
  listMatches,
} from "../storage/search-queries.ts";

/** What is looked for, and where. */
export interface SearchRequest {
  accountId: string;
  /** Null: in all projects. */
  projectId: string | null;
  /** As it was typed. */
  text: string;
  limit: number;
  cursor?: string | undefined;
}

/** A message that was found. */
export interface FoundMessage extends FoundMessageRow {
  /** Of the part in which the hit stands. */
  excerpt: ExcerptPart[];
  foundIn: "text" | "file" | "field";
}

/** What was found. */
export interface SearchAnswer {
  contacts: FoundContactRow[];
  messages: FoundMessage[];
  nextCursor: string | null;
  /** The index is being made. */
  building: boolean;
}

const CONTACTS_MAX = 8;
/** Matches that are looked at for one page: a thread with one field in each message is one line of it. */
const BATCH = 100;
const BATCHES_MAX = 10;
/** A single letter begins too many words to be worth asking for. */
const START_LENGTH_MIN = 2;

/**
 * Contacts, numbers and messages by one text. All words must be there, whatever their case and accents and in any form that
 * Spanish or English gives them; of the last one the beginning is enough. Four digits or more are looked for in
 * numbers, wherever in them. Contacts come with the first page. The integrator's field passes from message to message: what is
 * found by it alone is shown once for each person and number, by the newest message that has it.
 */
export async function searchEverything(
  deps: { pool: Database },
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { accountId, projectId, limit, cursor } = request;
  const before = cursor === undefined ? null : openPlace(cursor);
  const wish = readSearch(request.text);
  if (wish === null) {
    return { contacts: [], messages: [], nextCursor: null, building: false };
  }
  return withTransaction(deps.pool, async (sql) => {
    await allowWordSearch(sql);
    const { query, stems } = await formatQuery(sql, accountId, wish);
    const where: IndexQuery = { accountId, projectId, query };
    const contacts = before === null ? await listFoundContacts(sql, where, CONTACTS_MAX) : [];
    const reading = { where, wish, stems };
    const { messages, nextCursor } = await readPage(sql, reading, { before, limit });
    return { contacts, messages, nextCursor, building: await isIndexBuilding(sql, accountId) };
  });
}

interface Reading {
  where: IndexQuery;
  wish: SearchWish;
  stems: readonly string[];
}

/** Looks on behind what is not shown, until the page is full or it has looked at enough. */
async function readPage(
  sql: Transaction,
  { where, wish, stems }: Reading,
  { before, limit }: { before: string | null; limit: number },
): Promise<Pick<SearchAnswer, "messages" | "nextCursor">> {
  const shown: FoundMessage[] = [];
  let place = before;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const size = batch === 0 ? limit + 1 : BATCH;
    const ids = await listMatches(sql, where, { before: place, limit: size });
    const rows = ids.length === 0 ? [] : await findFoundMessages(sql, where, ids);
    const found = rows.map((row) => ({ ...row, ...excerptOf(row, wish, stems) }));
    shown.push(...found.filter((one) => one.foundIn !== "field" || !one.isFieldOlder));
    if (shown.length > limit) {
      const messages = shown.slice(0, limit);
      const last = messages.at(-1);
      return { messages, nextCursor: last ? sealPlace(last.id) : null };
    }
    place = ids.at(-1) ?? null;
    if (ids.length < size || place === null) return { messages: shown, nextCursor: null };
  }
  return { messages: shown, nextCursor: place === null ? null : sealPlace(place) };
}

/** Words hold letters and digits and nothing else, so they can stand between quotes as they are. */
async function formatQuery(
  sql: Transaction,
  accountId: string,
  { words, start, digits }: SearchWish,
): Promise<{ query: string; stems: string[] }> {
  const mark = markOf(accountId);
  if (digits !== null) return { query: `'${mark}#${digits}':*`, stems: [] };
  const all = [...words, ...(start === null ? [] : [start])];
  const found = await findStems(sql, all);
  const terms = found.map(({ word, es, en }, index) => {
    const isStart = index === words.length && [...word].length >= START_LENGTH_MIN;
    const forms = [
      `'${mark}:${word}'${isStart ? ":*" : ""}`,
      ...(es === null ? [] : [`'${mark}=${es}'`]),
      ...(en === null ? [] : [`'${mark}-${en}'`]),
    ];
    return `(${forms.join(" | ")})`;
  });
  const stems = found.flatMap(({ es, en }) => [es, en]).filter((stem) => stem !== null);
  return { query: terms.join(" & "), stems };
}

/** Of the part in which a hit stands: what was said, the file's name or the integrator's field. */
function excerptOf(
  row: FoundMessageRow,
  wish: SearchWish,
  stems: readonly string[],
): Pick<FoundMessage, "excerpt" | "foundIn"> {
  const parts = [
    { foundIn: "text", text: row.body },
    { foundIn: "file", text: row.fileName ?? "" },
    { foundIn: "field", text: row.customField },
  ] as const;
  const excerpts = parts
    .filter(({ text }) => text !== "")
    .map(({ foundIn, text }) => ({ foundIn, excerpt: makeExcerpt(text, wish, stems) }));
  const hit = excerpts.find(({ excerpt }) => excerpt.some((part) => part.hit));
  return hit ?? excerpts[0] ?? { foundIn: "text", excerpt: [] };
}

function openPlace(cursor: string): string {
  const [id = ""] = openCursor(cursor);
  return isUuid(id) ? id : refuseCursor();
}

function sealPlace(id: string): string {
  return Buffer.from(JSON.stringify([id]), "utf8").toString("base64url");
}

/** Begins to make an account's index anew out of its rows; what there is serves meanwhile, and a worker goes on with it. */
export function rebuildSearch(deps: { pool: Database }, accountId: string): Promise<void> {
  return withTransaction(deps.pool, (sql) => restartFollower(sql, accountId, "search"));
}
