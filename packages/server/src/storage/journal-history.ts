import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { uuidFloor } from "./partitions.ts";

/* The journal as operators look at it, and reading parts of it again. */

/** How far a post has come. */
export type JournalState = "new" | "done" | "failed" | "anomalous";

/** A post without its body. */
export interface JournalView {
  accountId: string;
  id: string;
  appId: string;
  provider: string;
  receivedAt: Date;
  processedAt: Date | null;
  state: JournalState;
  items: number | null;
  ignored: Record<string, number> | null;
  error: string | null;
  bytes: number;
}

/** Which posts; what is null does not matter. A post's id begins with the moment at which it came. */
export interface JournalSpan {
  accountId: string;
  appId: string | null;
  /** At or after, and before. */
  since: Date | null;
  until: Date | null;
}

const COLUMNS = `account_id as "accountId", id, app_id as "appId", provider,
  received_at as "receivedAt", processed_at as "processedAt", state, items, ignored, error,
  octet_length(body) as bytes`;
const IN_SPAN = `account_id = $1 and ($2::uuid is null or app_id = $2) and id >= $3 and id < $4`;
const FIRST_MS = 0;
const LAST_MS = 2 ** 48 - 1;
const IGNORED_NAMES_MAX = 200;

/** Posts of an account, newest first. */
export async function listJournal(
  sql: Queryable,
  filter: JournalSpan & { state: JournalState | null; ignored: string | null },
  slice: Slice,
): Promise<JournalView[]> {
  const { rows } = await sql.query<JournalView>(
    `select ${COLUMNS} from journal
     where ${IN_SPAN} and ($5::text is null or state = $5) and ($6::text is null or ignored ? $6)
       and ($7::uuid is null or id < $7)
     order by id desc limit $8`,
    [...valuesOf(filter), filter.state, filter.ignored, slice.before, slice.limit],
  );
  return rows;
}

/** A post with its body, or null. */
export async function findJournalPost(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<(JournalView & { body: Buffer }) | null> {
  const { rows } = await sql.query<JournalView & { body: Buffer }>(
    `select ${COLUMNS}, body from journal where account_id = $1 and id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** How many posts of a span are in which state. */
export async function countJournalStates(
  sql: Queryable,
  span: JournalSpan,
): Promise<Record<JournalState, number>> {
  const { rows } = await sql.query<{ state: JournalState; count: number }>(
    `select state, count(*)::int as count from journal where ${IN_SPAN} group by state`,
    valuesOf(span),
  );
  const counts = { new: 0, done: 0, failed: 0, anomalous: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** How many posts of a span wait to be read; cheap however long the span. */
export async function countWaitingJournal(sql: Queryable, span: JournalSpan): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from journal where state = 'new' and ${IN_SPAN}`,
    valuesOf(span),
  );
  return rows[0]?.count ?? 0;
}

/** What was named and not acted upon in the posts of a span, the most frequent first. */
export async function listIgnoredKinds(
  sql: Queryable,
  span: JournalSpan,
): Promise<{ what: string; posts: number }[]> {
  const { rows } = await sql.query<{ what: string; posts: number }>(
    `select named.what, count(*)::int as posts from journal
     cross join lateral jsonb_object_keys(ignored) named(what)
     where ${IN_SPAN} and ignored is not null
     group by named.what order by posts desc, named.what limit ${IGNORED_NAMES_MAX}`,
    valuesOf(span),
  );
  return rows;
}

/** Posts that may be read again: oldest first, after one of them. */
export interface RereadChoice extends JournalSpan {
  states: readonly Exclude<JournalState, "new">[];
  ignored: string | null;
  after: string | null;
  countMax: number;
}

/** Ids of posts that may be read again, with their bodies if wanted. */
export async function listRereadable(
  sql: Queryable,
  choice: RereadChoice & { withBody: boolean },
): Promise<{ id: string; provider: string; body: Buffer | null }[]> {
  const { rows } = await sql.query<{ id: string; provider: string; body: Buffer | null }>(
    `select id, provider, case when $9 then body end as body from journal
     where ${IN_SPAN} and state = any($5::text[]) and ($6::text is null or ignored ? $6)
       and ($7::uuid is null or id > $7)
     order by id limit $8`,
    [
      ...valuesOf(choice),
      choice.states,
      choice.ignored,
      choice.after,
      choice.countMax,
      choice.withBody,
    ],
  );
  return rows;
}

/** Puts posts back to be read again; answers how many. One that waits to be read already is left. */
export async function resetJournal(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<number> {
  const { rowCount } = await sql.query(
    `update journal set state = 'new', error = null
     where account_id = $1 and id = any($2::uuid[]) and state <> 'new'`,
    [accountId, ids],
  );
  return rowCount ?? 0;
}

/** Names by which a channel's provider speaks of it. */
export async function listChannelNames(
  sql: Queryable,
  channel: { accountId: string; channelId: string },
): Promise<{ numberId: string; businessId: string }[]> {
  const { rows } = await sql.query<{ numberId: string; businessId: string }>(
    `select number_id as "numberId", business_id as "businessId" from channel_numbers
     where account_id = $1 and channel_id = $2`,
    [channel.accountId, channel.channelId],
  );
  return rows;
}

function valuesOf(span: JournalSpan) {
  return [
    span.accountId,
    span.appId,
    uuidFloor(span.since?.getTime() ?? FIRST_MS),
    uuidFloor(Math.min(span.until?.getTime() ?? LAST_MS, LAST_MS)),
  ];
}
