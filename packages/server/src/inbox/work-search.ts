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

/** What was found. */
export interface SearchAnswer {
  contacts: FoundContactRow[];
  messages: (FoundMessageRow & { excerpt: ExcerptPart[] })[];
  nextCursor: string | null;
  /** The index is being made. */
  building: boolean;
}

const CONTACTS_MAX = 8;
/** A single letter begins too many words to be worth asking for. */
const START_LENGTH_MIN = 2;

/**
 * Contacts, numbers and messages by one text. All words must be there, whatever their case and accents and in any form that
 * Spanish or English gives them; of the last one the beginning is enough. Four digits or more are looked for in
 * numbers, wherever in them. Contacts come with the first page.
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
    const ids = await listMatches(sql, where, { before, limit: limit + 1 });
    const page = ids.slice(0, limit);
    const found = page.length === 0 ? [] : await findFoundMessages(sql, accountId, page);
    const last = page.at(-1);
    return {
      contacts,
      messages: found.map((row) => ({ ...row, excerpt: excerptOf(row, wish, stems) })),
      nextCursor: ids.length > limit && last !== undefined ? sealPlace(last) : null,
      building: await isIndexBuilding(sql, accountId),
    };
  });
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
): ExcerptPart[] {
  const texts = [row.body, row.fileName ?? "", row.customField].filter((text) => text !== "");
  const excerpts = texts.map((text) => makeExcerpt(text, wish, stems));
  return excerpts.find((parts) => parts.some(({ hit }) => hit)) ?? excerpts[0] ?? [];
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
