import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** What a key stands for. */
export interface KnownKey {
  /** Digest of the request that it came with; hex. */
  requestDigest: string;
  messageId: string;
}

/** A key of an account; both digests in hex. */
export interface NewKey extends KnownKey {
  accountId: string;
  keyHash: string;
  usedAt: Date;
}

/** How a key is named in the answer of {@link findKeys}. */
export function nameKey(accountId: string, keyHash: string): string {
  return `${accountId} ${keyHash}`;
}

/**
 * Those of these keys that were used since `sinceMs`, by {@link nameKey}. True only while the accounts' wallets are
 * locked.
 */
export async function findKeys(
  sql: Queryable,
  wanted: readonly { accountId: string; keyHash: string }[],
  sinceMs: number,
): Promise<Map<string, KnownKey>> {
  const { rows } = await sql.query<{
    account_id: string;
    key_hash: string;
    request_digest: string;
    message_id: string;
  }>({
    name: "find-idempotency-keys",
    text: `select k.account_id, encode(k.key_hash, 'hex') as key_hash,
             encode(k.request_digest, 'hex') as request_digest, k.message_id
           from unnest($1::uuid[], $2::bytea[]) as w(account_id, key_hash)
           join idempotency_keys k on k.account_id = w.account_id and k.key_hash = w.key_hash
           where k.used_at > $3`,
    values: [
      wanted.map((key) => key.accountId),
      wanted.map((key) => Buffer.from(key.keyHash, "hex")),
      new Date(sinceMs),
    ],
  });
  return new Map(
    rows.map((row) => [
      nameKey(row.account_id, row.key_hash),
      { requestDigest: row.request_digest, messageId: row.message_id },
    ]),
  );
}

/** Remembers keys; one that has expired and was not swept yet is used anew. */
export async function insertKeys(sql: Queryable, keys: readonly NewKey[]): Promise<void> {
  if (keys.length === 0) return;
  await sql.query({
    name: "insert-idempotency-keys",
    text: `insert into idempotency_keys (account_id, key_hash, request_digest, message_id, used_at)
           select account_id, decode(key_hash, 'hex'), decode(request_digest, 'hex'), message_id, used_at
           from json_to_recordset($1) as r(account_id uuid, key_hash text, request_digest text,
             message_id uuid, used_at timestamptz)
           on conflict (account_id, key_hash) do update set
             request_digest = excluded.request_digest, message_id = excluded.message_id,
             used_at = excluded.used_at`,
    values: [
      formatJson(
        keys.map((key) => ({
          account_id: key.accountId,
          key_hash: key.keyHash,
          request_digest: key.requestDigest,
          message_id: key.messageId,
          used_at: key.usedAt.toISOString(),
        })),
      ),
    ],
  });
}

/** Forgets keys last used before a moment; answers how many. */
export async function deleteKeys(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from idempotency_keys where used_at < $1", [before]);
  return rowCount ?? 0;
}

/** Whether a message was accepted in the console under this key, by its {@link KnownKey} hash. */
export async function isKeyUsed(
  sql: Queryable,
  key: { accountId: string; keyHash: string; sinceMs: number },
): Promise<boolean> {
  const known = await findKeys(sql, [key], key.sinceMs);
  return known.size > 0;
}
