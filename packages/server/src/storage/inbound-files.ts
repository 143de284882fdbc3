import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** The file of a person's message, as `messages.media` keeps it. */
export interface InboundMediaJson {
  kind: string;
  providerMediaId: string;
  mime: string;
  name: string | null;
  caption: string | null;
  /** As the provider gave it; once it is here, in hex; null when nobody said it. */
  sha256: string | null;
  storageKey: string | null;
  bytes: number | null;
  error: string | null;
}

/** A person's message with a file. */
export interface InboundFileRow {
  accountId: string;
  id: string;
  channelId: string;
  projectId: string;
  attempts: number;
  media: InboundMediaJson;
}

interface Row {
  account_id: string;
  id: string;
  project_id: string;
  channel_id: string;
  attempts: number;
  media: InboundMediaJson;
}

/** Takes the next files of a number that are due, each under a lease: a fetch that dies is made again after it. */
export async function claimFetches(
  sql: Queryable,
  channel: { accountId: string; channelId: string },
  claim: { now: Date; leaseUntil: Date; countMax: number },
): Promise<InboundFileRow[]> {
  const { rows } = await sql.query<Row>(
    `update messages m set due_at = $2, attempts = m.attempts + 1
     from (
       select account_id, id from messages
       where lane = 'fetching' and account_id = $4 and channel_id = $5 and due_at <= $1
       order by class, due_at limit $3 for update skip locked
     ) due
     where m.account_id = due.account_id and m.id = due.id
     returning m.account_id, m.id, m.channel_id, m.project_id, m.attempts - 1 as attempts, m.media`,
    [claim.now, claim.leaseUntil, claim.countMax, channel.accountId, channel.channelId],
  );
  return rows.map(readRow);
}

/** A person's message with a file, or null. */
export async function findInboundFile(
  sql: Queryable,
  of: { accountId: string; messageId: string },
): Promise<InboundFileRow | null> {
  const { rows } = await sql.query<Row>(
    `select account_id, id, channel_id, project_id, attempts, media from messages
     where account_id = $1 and id = $2 and direction = 'in' and media is not null`,
    [of.accountId, of.messageId],
  );
  return rows[0] ? readRow(rows[0]) : null;
}

/** What a fetch came to. */
export interface FetchEnd {
  row: InboundFileRow;
  media: InboundMediaJson;
  /** When to try again; null: never. */
  again: Date | null;
  /** The file that was stored; null: none. */
  file: { id: string; sha256: string; mime: string; name: string; at: Date } | null;
}

/** Writes down what a fetch came to, and takes its file into possession. */
export async function storeFetched(sql: Queryable, end: FetchEnd): Promise<void> {
  const { row, media, again, file } = end;
  await sql.query(
    `with kept as (
       insert into media (account_id, id, storage_key, sha256, bytes, mime, name, message_id, created_at)
       select $1, $6::uuid, $7, decode($8, 'hex'), $9, $10, $11, $2, $12 where $6::uuid is not null
     )
     update messages set media = $3, due_at = $4::timestamptz,
       lane = case when $5 then null else 'fetching' end
     where account_id = $1 and id = $2`,
    [
      row.accountId,
      row.id,
      formatJson(media),
      again,
      again === null,
      file?.id ?? null,
      media.storageKey,
      file?.sha256 ?? null,
      media.bytes,
      file?.mime ?? null,
      file?.name ?? null,
      file?.at ?? null,
    ],
  );
}

function readRow(row: Row): InboundFileRow {
  return {
    accountId: row.account_id,
    id: row.id,
    channelId: row.channel_id,
    projectId: row.project_id,
    attempts: row.attempts,
    media: row.media,
  };
}
