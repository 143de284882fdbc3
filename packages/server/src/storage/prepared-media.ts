import type { Queryable } from "./connect.ts";

/** A file as one number uploads it. */
export interface UploadKey {
  accountId: string;
  channelId: string;
  /** Hex. */
  sha256: string;
  mime: string;
}

/** The provider's id of a file that this number has uploaded and that lives until `notBefore`; or null. */
export async function findUploaded(
  sql: Queryable,
  key: UploadKey,
  notBefore: Date,
): Promise<string | null> {
  const { rows } = await sql.query<{ provider_media_id: string }>(
    `select provider_media_id from provider_media
     where account_id = $1 and channel_id = $2 and sha256 = decode($3, 'hex') and mime = $4 and expires_at > $5`,
    [key.accountId, key.channelId, key.sha256, key.mime, notBefore],
  );
  return rows[0]?.provider_media_id ?? null;
}

/** Remembers an upload. */
export async function upsertUploaded(
  sql: Queryable,
  key: UploadKey,
  upload: { providerMediaId: string; expiresAt: Date },
): Promise<void> {
  await sql.query(
    `insert into provider_media (account_id, channel_id, sha256, mime, provider_media_id, expires_at)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6)
     on conflict (account_id, channel_id, sha256, mime) do update
       set provider_media_id = excluded.provider_media_id, expires_at = excluded.expires_at`,
    [key.accountId, key.channelId, key.sha256, key.mime, upload.providerMediaId, upload.expiresAt],
  );
}

/**
 * Puts a message whose file is ready back into the queue, if `owner` still has it. False: another took
 * it over meanwhile.
 */
export async function releasePrepared(
  sql: Queryable,
  message: { accountId: string; id: string; owner: string; media: unknown; dueAt: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update messages set media = $4, lane = 'queued', due_at = $5, owner = null
     where account_id = $1 and id = $2 and lane = 'preparing' and owner = $3`,
    [message.accountId, message.id, message.owner, JSON.stringify(message.media), message.dueAt],
  );
  return rowCount === 1;
}
