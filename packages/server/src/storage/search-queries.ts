import type { Queryable, Transaction } from "./connect.ts";

/** Which rows of the index. */
export interface IndexQuery {
  accountId: string;
  /** A tsquery over the lexemes of the index. */
  query: string;
  /** Null: of all projects. */
  projectId: string | null;
}

/** A message that was found, with whom it was exchanged. */
export interface FoundMessageRow {
  id: string;
  direction: "in" | "out";
  kind: string;
  at: Date;
  mobile: string;
  channelId: string;
  projectId: string;
  body: string;
  fileName: string | null;
  customField: string;
  contactId: string;
  name: string | null;
  profileName: string | null;
  conversationId: string | null;
  /** The index has a newer message with the same field between the two. */
  isFieldOlder: boolean;
}

/** A contact that was found. */
export interface FoundContactRow {
  id: string;
  name: string | null;
  profileName: string | null;
  /** Telephones, those that WhatsApp confirmed first. */
  phones: string[];
  conversationId: string | null;
}

/** So many matches are sorted; of more than that, some thousand rows of the table hold a page. */
const SORTED_MAX = 5_000;
/** Rows of the table that are read before the index of words is asked. */
const READ_MAX = 2_000;

/**
 * For the rest of this transaction the words' index may be used, and plans are made for the very question: the pool forbids both
 * to what repeats.
 */
export async function allowWordSearch(sql: Transaction): Promise<void> {
  await sql.query(
    "set local enable_bitmapscan = on; set local plan_cache_mode = force_custom_plan; set local statement_timeout = '5s'",
  );
}

/** The stems of words, as the index has them; a word that languages leave out has none. */
export async function findStems(
  sql: Queryable,
  words: readonly string[],
): Promise<{ word: string; es: string | null; en: string | null }[]> {
  const { rows } = await sql.query<{ word: string; es: string | null; en: string | null }>(
    `select w as word, (ts_lexize('spanish_stem', w))[1] as es, (ts_lexize('english_stem', w))[1] as en
     from unnest($1::text[]) w`,
    [words],
  );
  return rows;
}

/**
 * Ids of messages that match, the newest first. Of a common word the newest rows of the table hold a page already. Otherwise
 * matches are gathered by the index of words and sorted; should there be many after all, the table is read backwards until a
 * page is full.
 */
export async function listMatches(
  sql: Transaction,
  query: IndexQuery,
  slice: { before: string | null; limit: number },
): Promise<string[]> {
  const values = [query.accountId, query.query, query.projectId, slice.before, slice.limit];
  const newest = await listIds(sql, `${NEWEST} limit $5`, values);
  if (newest.length >= slice.limit) return newest;
  await sql.query("set local enable_indexscan = off; set local enable_indexonlyscan = off");
  const some = await listIds(sql, GATHERED, values.slice(0, -1));
  await sql.query("set local enable_indexscan = on; set local enable_indexonlyscan = on");
  if (some.length <= SORTED_MAX) return some.sort().reverse().slice(0, slice.limit);
  return listIds(sql, BACKWARDS, values);
}

const WHERE = `account_id = $1 and ($3::uuid is null or project_id = $3)
  and ($4::uuid is null or message_id < $4)`;

/** "is true" keeps the index of words out of it. */
const FITS = "(words @@ $2::tsquery) is true";

const NEWEST = `select id from (
    select message_id as id, words from message_search where ${WHERE}
    order by message_id desc limit ${READ_MAX}
  ) newest where ${FITS} order by id desc`;

const GATHERED = `select message_id as id from message_search
  where ${WHERE} and words @@ $2::tsquery limit ${SORTED_MAX + 1}`;

const BACKWARDS = `select message_id as id from message_search
  where ${WHERE} and ${FITS} order by message_id desc limit $5`;

async function listIds(sql: Queryable, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(text, values);
  return rows.map((row) => row.id);
}

/** Messages with their person and the conversation to open; those that are nobody's any more are left out. */
export async function findFoundMessages(
  sql: Queryable,
  { accountId, projectId }: Pick<IndexQuery, "accountId" | "projectId">,
  ids: readonly string[],
): Promise<FoundMessageRow[]> {
  const { rows } = await sql.query<FoundMessageRow>(
    `select m.id, m.direction, m.kind, m.accepted_at as at, m.mobile, m.channel_id as "channelId",
       m.project_id as "projectId", m.body, m.media ->> 'name' as "fileName",
       m.custom_field as "customField", c.id as "contactId", c.name, c.profile_name as "profileName",
       v.id as "conversationId",
       m.custom_field <> '' and exists (
         select from contact_addresses b
         join messages n on n.account_id = b.account_id and n.mobile = b.value and n.channel_id = m.channel_id
           and n.id > m.id and n.custom_field = m.custom_field
         join message_search s on s.account_id = n.account_id and s.message_id = n.id
         where b.account_id = m.account_id and b.contact_id = c.id and ($3::uuid is null or s.project_id = $3)
       ) as "isFieldOlder"
     from messages m
     join contact_addresses a on a.account_id = m.account_id and a.value = m.mobile
       and a.kind in ('phone', 'whatsapp-user-id')
     join contacts c on c.account_id = m.account_id and c.id = a.contact_id
     left join lateral (
       select v.id from conversations v
       where v.account_id = m.account_id and v.contact_id = c.id and v.channel_id = m.channel_id
       order by v.opened_at desc limit 1
     ) v on true
     where m.account_id = $1 and m.id = any($2::uuid[])
     order by m.id desc`,
    [accountId, ids, projectId],
  );
  return rows;
}

/** Contacts that match, those who wrote last first. */
export async function listFoundContacts(
  sql: Queryable,
  query: IndexQuery,
  limit: number,
): Promise<FoundContactRow[]> {
  const { rows } = await sql.query<FoundContactRow>(
    `with found as materialized (
       select contact_id as id from contact_search
       where account_id = $1 and words @@ $2::tsquery limit 300
     )
     select c.id, c.name, c.profile_name as "profileName",
       array(select a.value from contact_addresses a
             where a.account_id = $1 and a.contact_id = c.id and a.kind = 'phone'
             order by a.confirmed desc, a.created_at) as phones,
       v.id as "conversationId"
     from found f
     join contacts c on c.account_id = $1 and c.id = f.id
     left join lateral (
       select v.id, v.last_inbound_at from conversations v
       where v.account_id = $1 and v.contact_id = c.id and ($3::uuid is null or v.project_id = $3)
       order by v.last_inbound_at desc limit 1
     ) v on true
     where c.merged_into is null and c.erased_at is null
       and ($3::uuid is null or c.project_id = $3 or v.id is not null)
     order by v.last_inbound_at desc nulls last, c.id desc limit $4`,
    [query.accountId, query.query, query.projectId, limit],
  );
  return rows;
}

/** Whether the index of an account is still being made. */
export async function isIndexBuilding(sql: Queryable, accountId: string): Promise<boolean> {
  const { rows } = await sql.query(
    `select from log_followers where account_id = $1 and follower = 'search'
       and contacts_after is null and messages_after is null`,
    [accountId],
  );
  return rows.length === 0;
}
