import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/*
 * What contacts and messages are found by. A lexeme is made of a mark of its account, a sign of what it is and the word:
 * `:` a word as it is folded, `=` its Spanish stem, `-` its English one, `#` the end of a number. So the lists in the index belong
 * to one account each, and a tenant's common word costs no other one anything.
 */

/** A message as far as it is searched. */
export interface SearchableMessage {
  id: string;
  projectId: string;
  mobile: string;
  body: string;
  fileName: string | null;
  customField: string;
  /** Somebody of whom the account has a contact wrote it, or gets it, and it was not taken back. */
  isFindable: boolean;
}

/** Of these messages, what they are found by. */
export async function findSearchable(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<SearchableMessage[]> {
  const { rows } = await sql.query<SearchableMessage>({
    name: "find-searchable",
    text: `select m.id, m.project_id as "projectId", m.mobile, m.body, m.media ->> 'name' as "fileName",
             m.custom_field as "customField",
             m.content -> 'deleted_at' is null and exists (
               select from contact_addresses a where a.account_id = $1 and a.value = m.mobile
                 and a.kind in ('phone', 'whatsapp-user-id')
             ) as "isFindable"
           from messages m where m.account_id = $1 and m.id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/** A page of all messages of an account, by id. */
export async function listMessageIds(
  sql: Queryable,
  accountId: string,
  slice: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: "list-message-ids",
    text: "select id from messages where account_id = $1 and id > $2 order by id limit $3",
    values: [accountId, slice.after, slice.limit],
  });
  return rows.map((row) => row.id);
}

/** The latest messages between the account and a contact. */
export async function listContactMessageIds(
  sql: Queryable,
  accountId: string,
  of: { contactId: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: "list-contact-message-ids",
    text: `select m.id from contact_addresses a
           cross join lateral (
             select m.id from messages m where m.account_id = $1 and m.mobile = a.value
             order by m.id desc limit $3
           ) m
           where a.account_id = $1 and a.contact_id = $2`,
    values: [accountId, of.contactId, of.limit],
  });
  return rows.map((row) => row.id);
}

/** What a row is found by. */
export interface SearchWords {
  id: string;
  projectId: string | null;
  words: readonly string[];
  digits: readonly string[];
}

/** Stores what messages are found by; one that has changed replaces what was stored. */
export async function putMessageWords(
  sql: Queryable,
  accountId: string,
  rows: readonly SearchWords[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query({
    name: "put-message-words",
    text: `insert into message_search as s (account_id, message_id, project_id, words)
           select $1, r.id, r.project_id, ${WORDS} from ${ROWS}
           on conflict (account_id, message_id) do update set words = excluded.words
           where s.words <> excluded.words`,
    values: [accountId, formatRows(rows)],
  });
}

/** Stores what contacts are found by. */
export async function putContactWords(
  sql: Queryable,
  accountId: string,
  rows: readonly SearchWords[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query({
    name: "put-contact-words",
    text: `insert into contact_search as s (account_id, contact_id, words)
           select $1, r.id, ${WORDS} from ${ROWS}
           on conflict (account_id, contact_id) do update set words = excluded.words
           where s.words <> excluded.words`,
    values: [accountId, formatRows(rows)],
  });
}

/** Takes messages out of the index. */
export async function deleteMessageWords(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    "delete from message_search where account_id = $1 and message_id = any($2::uuid[])",
    [accountId, ids],
  );
}

/** Takes contacts out of the index. */
export async function deleteContactWords(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    "delete from contact_search where account_id = $1 and contact_id = any($2::uuid[])",
    [accountId, ids],
  );
}

/** A contact as far as it is searched. */
export interface SearchableContact {
  id: string;
  /** Both names, folded; see `formatContactSearch`. */
  names: string;
  addresses: string[];
  /** It is neither part of another one nor erased. */
  isFindable: boolean;
}

/** Of these contacts, what they are found by. */
export async function findSearchableContacts(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<SearchableContact[]> {
  const { rows } = await sql.query<SearchableContact>({
    name: "find-searchable-contacts",
    text: `select c.id, c.search as names, c.merged_into is null and c.erased_at is null as "isFindable",
             array(select a.value from contact_addresses a
                   where a.account_id = $1 and a.contact_id = c.id) as addresses
           from contacts c where c.account_id = $1 and c.id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return rows;
}

/** A page of all contacts of an account, by id. */
export async function listContactIds(
  sql: Queryable,
  accountId: string,
  slice: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: "list-contact-ids",
    text: "select id from contacts where account_id = $1 and id > $2 order by id limit $3",
    values: [accountId, slice.after, slice.limit],
  });
  return rows.map((row) => row.id);
}

/** The mark that an account's lexemes begin with; two accounts may share one and are told apart by their id. */
export function markOf(accountId: string): string {
  return accountId.slice(-8);
}

const ROWS = `(select r.id, r.project_id, r.words, r.digits, right($1::uuid::text, 8) as mark
  from json_to_recordset($2) as r(id uuid, project_id uuid, words jsonb, digits jsonb)) r`;

const WORDS = `array_to_tsvector(array(
  select distinct lexeme from (
    select r.mark || ':' || w as lexeme from jsonb_array_elements_text(r.words) w
    union all
    select r.mark || '=' || (ts_lexize('spanish_stem', w))[1] from jsonb_array_elements_text(r.words) w
    union all
    select r.mark || '-' || (ts_lexize('english_stem', w))[1] from jsonb_array_elements_text(r.words) w
    union all
    select r.mark || '#' || d from jsonb_array_elements_text(r.digits) d
  ) all_of_it
  where lexeme is not null))`;

function formatRows(rows: readonly SearchWords[]): string {
  return formatJson(
    rows.map(({ id, projectId, words, digits }) => ({ id, project_id: projectId, words, digits })),
  );
}
