import type { Queryable } from "./connect.ts";
import type { ContactKey } from "./contacts.ts";
import type { ConversationState } from "./conversations.ts";
import { formatJson } from "./format-json.ts";

/** What a surviving contact got from the one that was merged into it. */
export interface MovedThings {
  addresses: string[];
  /** Conversations with the state that they had, and what they were joined with; older merges do not know. */
  conversations: { id: string; state: ConversationState; joined?: JoinedConversation }[];
  /** What was empty in the survivor and was filled. */
  filled: {
    name: string | null;
    language: string | null;
    customFields: Record<string, string | number | boolean>;
    labels: string[];
  };
}

/** What a conversation had heard of its person. Moments in ISO 8601. */
export interface Heard {
  lastInboundAt: string;
  lastInboundId: string;
  windowExpiresAt: string;
  unread: number;
  waitingSince: string | null;
}

/** Two conversations that became one: what each had heard before. */
export interface JoinedConversation {
  /** The one that went on. */
  rivalId: string;
  ofRival: Heard;
  ofMoved: Heard;
}

/** A merge of two contacts. */
export interface MergeRow {
  accountId: string;
  id: string;
  survivorId: string;
  mergedId: string;
  moved: MovedThings;
}

/** Writes a merge down. */
export async function insertMerge(sql: Queryable, merge: MergeRow, at: Date): Promise<void> {
  await sql.query(
    `insert into contact_merges (account_id, id, survivor_id, merged_id, moved, merged_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [merge.accountId, merge.id, merge.survivorId, merge.mergedId, formatJson(merge.moved), at],
  );
}

/** The merge that made this contact another's, if it stands; held until the transaction ends. */
export async function lockStandingMerge(
  sql: Queryable,
  merged: ContactKey,
): Promise<(MergeRow & { mergedAt: Date }) | null> {
  const { rows } = await sql.query<MergeRow & { mergedAt: Date }>(
    `select account_id as "accountId", id, survivor_id as "survivorId", merged_id as "mergedId", moved,
       merged_at as "mergedAt"
     from contact_merges where account_id = $1 and merged_id = $2 and undone_at is null
     order by merged_at desc limit 1 for update`,
    [merged.accountId, merged.id],
  );
  return rows[0] ?? null;
}

/** Notes that a merge was undone. */
export async function updateMergeUndone(
  sql: Queryable,
  key: { accountId: string; id: string },
  at: Date,
): Promise<void> {
  await sql.query("update contact_merges set undone_at = $3 where account_id = $1 and id = $2", [
    key.accountId,
    key.id,
    at,
  ]);
}

/** Whether people have taken these two apart again: then WhatsApp's word does not join them once more. */
export async function wereSeparated(
  sql: Queryable,
  accountId: string,
  pair: readonly [string, string],
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from contact_merges
     where account_id = $1 and merged_id = any($2::uuid[]) and survivor_id = any($2::uuid[])
       and undone_at is not null limit 1`,
    [accountId, pair],
  );
  return (rowCount ?? 0) > 0;
}
