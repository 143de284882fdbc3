import type { Queryable } from "./connect.ts";

/** A message's file, as far as we keep it. */
export interface MessageFile {
  direction: "in" | "out";
  name: string | null;
  mime: string | null;
  bytes: number | null;
  /** Key in the blob store; null: it is not here (not fetched yet, or sent by its address). */
  storageKey: string | null;
}

/** Ids of messages to and from these addresses after one of them, oldest first. */
export async function listPersonMessageIds(
  sql: Queryable,
  of: { accountId: string; addresses: readonly string[]; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select m.id from unnest($2::text[]) as a(value)
     cross join lateral (
       select m.id from messages m
       where m.account_id = $1 and m.mobile = a.value and m.id > $3::uuid order by m.id limit $4
     ) m
     order by m.id limit $4`,
    [of.accountId, of.addresses, of.after ?? "00000000-0000-0000-0000-000000000000", of.limit],
  );
  return rows.map((row) => row.id);
}

/** The files of these messages, by the message's id. */
export async function findMessageFiles(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, MessageFile>> {
  const { rows } = await sql.query<MessageFile & { id: string }>(
    `select id, direction, media ->> 'name' as name,
       coalesce(media ->> 'mime', media -> 'file' ->> 'mime') as mime,
       coalesce(media ->> 'bytes', media -> 'file' ->> 'bytes')::float8 as bytes,
       coalesce(media ->> 'storageKey', media -> 'source' ->> 'storageKey') as "storageKey"
     from messages where account_id = $1 and id = any($2::uuid[]) and media is not null`,
    [accountId, ids],
  );
  return new Map(rows.map(({ id, ...file }) => [id, file]));
}
