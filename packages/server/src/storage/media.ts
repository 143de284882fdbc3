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

/** Every storage key that something belongs to, of all accounts. */
export async function findStorageKeys(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ storage_key: string }>(
    "select distinct storage_key from media",
  );
  return rows.map((row) => row.storage_key);
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

/** A file that was uploaded to be sent by its id. */
export interface UploadedMedia {
  accountId: string;
  id: string;
  /** The project that its uploader's token was confined to; null: all of the account. */
  projectId: string | null;
  storageKey: string;
  /** Hex. */
  sha256: string;
  bytes: number;
  mime: string;
  createdAt: Date;
}

/** Stores an uploaded file, which the sweep of orphans spares from then on. */
export async function insertUploadedMedia(sql: Queryable, media: UploadedMedia): Promise<void> {
  await sql.query(
    `insert into media (account_id, id, project_id, storage_key, sha256, bytes, mime, name, created_at)
     values ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, '', $8)`,
    [
      media.accountId,
      media.id,
      media.projectId,
      media.storageKey,
      media.sha256,
      media.bytes,
      media.mime,
      media.createdAt,
    ],
  );
}

/**
 * Forgets uploads that nobody has sent since `before`, the oldest first, at most `countMax` at once. Their bytes go with the
 * sweep that comes after: a send that had looked the upload up just before still finds them.
 */
export async function deleteUnusedUploads(
  sql: Queryable,
  unused: { before: Date; countMax: number },
): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from media where (account_id, id) in (
       select account_id, id from media u
       where u.message_id is null and u.created_at < $1 and not exists (
         select from media sent
         where sent.storage_key = u.storage_key and sent.message_id is not null and sent.created_at >= $1)
       order by u.created_at limit $2)`,
    [unused.before, unused.countMax],
  );
  return rowCount ?? 0;
}

/** The uploaded file, or null; files of messages are none. */
export async function findUploadedMedia(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<UploadedMedia | null> {
  const { rows } = await sql.query<Omit<UploadedMedia, "bytes"> & { bytes: bigint }>(
    `select account_id as "accountId", id, project_id as "projectId", storage_key as "storageKey",
       encode(sha256, 'hex') as sha256, bytes, mime, created_at as "createdAt"
     from media where account_id = $1 and id = $2 and message_id is null`,
    [key.accountId, key.id],
  );
  const [row] = rows;
  return row ? { ...row, bytes: Number(row.bytes) } : null;
}
