import type { IdMaker } from "../platform/ids.ts";
import type { AcceptedRow } from "./accepting.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Takes the files of accepted messages into possession, so that the sweep of orphans spares them. */
export async function insertMedia(
  sql: Queryable,
  rows: readonly Pick<AcceptedRow, "account_id" | "id" | "accepted_at" | "media">[],
  ids: IdMaker,
): Promise<void> {
  const files = rows.flatMap((row) => {
    const media = row.media as {
      source: { kind: string; storageKey?: string };
      file: { sha256: string; bytes: number; mime: string } | null;
      name: string;
    } | null;
    if (!media?.file || media.source.kind !== "file") return [];
    return [
      {
        account_id: row.account_id,
        id: ids.next(Date.parse(row.accepted_at)),
        storage_key: media.source.storageKey,
        ...media.file,
        name: media.name,
        message_id: row.id,
        created_at: row.accepted_at,
      },
    ];
  });
  if (files.length === 0) return;
  await sql.query({
    name: "insert-media",
    text: `insert into media (account_id, id, storage_key, sha256, bytes, mime, name, message_id, created_at)
           select account_id, id, storage_key, decode(sha256, 'hex'), bytes, mime, name, message_id, created_at
           from json_to_recordset($1) as r(account_id uuid, id uuid, storage_key text, sha256 text,
             bytes bigint, mime text, name text, message_id uuid, created_at timestamptz)`,
    values: [formatJson(files)],
  });
}

/** Which of these storage keys belong to something; the others are orphans. */
export async function findOwnedStorageKeys(
  sql: Queryable,
  storageKeys: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql.query<{ storage_key: string }>(
    "select distinct storage_key from media where storage_key = any($1::text[])",
    [storageKeys],
  );
  return new Set(rows.map((row) => row.storage_key));
}

/** What is known of a stored file, or null. */
export async function findMediaByKey(
  sql: Queryable,
  storageKey: string,
): Promise<{ mime: string; name: string } | null> {
  const { rows } = await sql.query<{ mime: string; name: string }>(
    "select mime, name from media where storage_key = $1 limit 1",
    [storageKey],
  );
  return rows[0] ?? null;
}
