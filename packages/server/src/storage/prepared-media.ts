import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

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

/** A preparation: the message, who makes it ready, and until when. */
export interface PreparationKey {
  accountId: string;
  id: string;
  owner: string;
  leaseUntil: Date;
}

/** Locks the message of a preparation; false when the lease was lost to another meanwhile. */
export async function lockPreparation(sql: Queryable, key: PreparationKey): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from messages
     where account_id = $1 and id = $2 and lane = 'preparing' and owner = $3 and due_at = $4 for update`,
    [key.accountId, key.id, key.owner, key.leaseUntil],
  );
  return rowCount === 1;
}

/** Puts a message whose file is ready into the queue, unless the lease was lost meanwhile. */
export async function releasePrepared(
  sql: Queryable,
  key: PreparationKey,
  ready: { media: unknown; dueAt: Date },
): Promise<void> {
  await sql.query(
    `update messages set media = $5, lane = 'queued', due_at = $6, owner = null
     where account_id = $1 and id = $2 and lane = 'preparing' and owner = $3 and due_at = $4`,
    [key.accountId, key.id, key.owner, key.leaseUntil, formatJson(ready.media), ready.dueAt],
  );
}

/** Ends a preparation that came to nothing: another may begin at `dueAt`. */
export async function giveBack(sql: Queryable, key: PreparationKey, dueAt: Date): Promise<void> {
  await sql.query(
    `update messages set lane = 'unprepared', due_at = $5, owner = null
     where account_id = $1 and id = $2 and lane = 'preparing' and owner = $3 and due_at = $4`,
    [key.accountId, key.id, key.owner, key.leaseUntil, dueAt],
  );
}

/** Takes the next messages of a number whose files are to be made ready, under a lease. */
export async function claimUnprepared(
  sql: Queryable,
  channel: { accountId: string; channelId: string },
  claim: { owner: string; now: Date; leaseUntil: Date; countMax: number },
): Promise<UnpreparedMessage[]> {
  const { rows } = await sql.query<{
    id: string;
    template_id: string | null;
    kind: string;
    source: string;
    body: string;
    media: unknown;
    deadline_at: Date;
  }>({
    name: "claim-unprepared",
    text: `update messages m set lane = 'preparing', owner = $3, due_at = $5
           from (
             select account_id, id from messages
             where lane = 'unprepared' and account_id = $1 and channel_id = $2 and due_at <= $4
             order by class, due_at limit $6 for update skip locked
           ) due
           where m.account_id = due.account_id and m.id = due.id
           returning m.id, m.template_id, m.kind, m.source, m.body, m.media, m.deadline_at`,
    values: [
      channel.accountId,
      channel.channelId,
      claim.owner,
      claim.now,
      claim.leaseUntil,
      claim.countMax,
    ],
  });
  return rows.map((row) => ({
    id: row.id,
    templateId: row.template_id,
    ...{ kind: row.kind, source: row.source, body: row.body },
    media: row.media,
    deadlineAtMs: row.deadline_at.getTime(),
  }));
}

/** A message whose file is to be made ready. */
export interface UnpreparedMessage {
  id: string;
  templateId: string | null;
  kind: string;
  /** The door it came by: ws, v1. */
  source: string;
  body: string;
  media: unknown;
  deadlineAtMs: number;
}
