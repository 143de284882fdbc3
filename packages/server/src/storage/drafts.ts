import type { Queryable } from "./connect.ts";

/** What somebody has begun to write. */
export interface DraftRow {
  body: string;
  kind: "reply" | "note";
  replyTo: string | null;
  updatedAt: Date;
}

/** Whose draft, in which conversation. */
export interface DraftKey {
  accountId: string;
  userId: string;
  conversationId: string;
}

/** The draft, or null. */
export async function findDraft(sql: Queryable, key: DraftKey): Promise<DraftRow | null> {
  const { rows } = await sql.query<DraftRow>(
    `select body, kind, reply_to as "replyTo", updated_at as "updatedAt" from drafts
     where account_id = $1 and user_id = $2 and conversation_id = $3`,
    [key.accountId, key.userId, key.conversationId],
  );
  return rows[0] ?? null;
}

/** Stores a draft, new or changed. */
export async function putDraft(sql: Queryable, key: DraftKey, draft: DraftRow): Promise<void> {
  await sql.query(
    `insert into drafts (account_id, user_id, conversation_id, body, kind, reply_to, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, user_id, conversation_id) do update set body = excluded.body,
       kind = excluded.kind, reply_to = excluded.reply_to, updated_at = excluded.updated_at`,
    [
      ...[key.accountId, key.userId, key.conversationId],
      ...[draft.body, draft.kind, draft.replyTo, draft.updatedAt],
    ],
  );
}

/** Forgets a draft. */
export async function deleteDraft(sql: Queryable, key: DraftKey): Promise<void> {
  await sql.query(
    "delete from drafts where account_id = $1 and user_id = $2 and conversation_id = $3",
    [key.accountId, key.userId, key.conversationId],
  );
}
