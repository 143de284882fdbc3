import type { Queryable } from "./connect.ts";
import { uuidFloor } from "./partitions.ts";

/** A journal that may hold what providers posted about an account's numbers. */
export interface JournalSource {
  /** Whose journal it is: that of the app's owner. */
  ownerId: string;
  appIds: string[];
  /** Ids of the account's numbers, if others' posts may stand in it too; null: it is the account's own. */
  numbers: string[] | null;
}

/** Where posts about an account's numbers are kept. */
export async function listJournalSources(
  sql: Queryable,
  accountId: string,
): Promise<JournalSource[]> {
  const { rows } = await sql.query<JournalSource>(
    `with apps as (
       select id, account_id from provider_apps where account_id = $1
       union
       select p.id, p.account_id from provider_apps p
       join channel_numbers n on n.app_id = p.id and n.account_id = $1
     )
     select a.account_id as "ownerId", array_agg(a.id) as "appIds",
       case when a.account_id = $1 and not exists (
         select from channel_numbers n
         where n.app_id in (select id from apps) and n.account_id <> $1
       ) then null
       else array(select n.number_id from channel_numbers n where n.account_id = $1) end as numbers
     from apps a group by a.account_id order by a.account_id`,
    [accountId],
  );
  return rows;
}

/** A part of a journal: posts after one of them, from before a moment. */
export interface JournalPart {
  source: JournalSource;
  after: string;
  beforeMs: number;
  /** Only posts that hold one of these texts. */
  addresses: readonly string[];
  countMax: number;
}

/** A post that holds one of the texts; not read yet: it must not be changed. */
export interface SuspectPost {
  id: string;
  isNew: boolean;
  body: Buffer;
}

/** Locks the posts of a part of a journal that hold one of the texts. `last`: the last post looked at; null: none is left. */
export async function lockSuspectPosts(
  sql: Queryable,
  part: JournalPart,
): Promise<{ posts: SuspectPost[]; last: string | null }> {
  const { source, after } = part;
  const span = [source.ownerId, after, uuidFloor(part.beforeMs), part.countMax];
  const { rows: ends } = await sql.query<{ id: string }>(
    `select id from (
       select id from journal where account_id = $1 and id > $2 and id < $3 order by id limit $4
     ) page order by id desc limit 1`,
    span,
  );
  const last = ends[0]?.id ?? null;
  if (last === null) return { posts: [], last };
  const { rows } = await sql.query<SuspectPost>(
    `select j.id, j.state = 'new' as "isNew", j.body from journal j
     where j.account_id = $1 and j.id > $2 and j.id <= $3 and j.app_id = any($4::uuid[])
       and exists (
         select from unnest($5::text[]) as w(word) where position(convert_to(w.word, 'UTF8') in j.body) > 0)
     order by j.id for update of j`,
    [source.ownerId, after, last, source.appIds, part.addresses],
  );
  return { posts: rows, last };
}

/** Replaces a post's body. */
export async function updateJournalBody(
  sql: Queryable,
  post: { ownerId: string; id: string; body: string },
): Promise<void> {
  await sql.query("update journal set body = $3 where account_id = $1 and id = $2", [
    post.ownerId,
    post.id,
    Buffer.from(post.body, "utf8"),
  ]);
}
