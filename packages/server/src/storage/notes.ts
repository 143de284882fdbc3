import type { Queryable } from "./connect.ts";
import { uuidFloor } from "./partitions.ts";
import type { NoteRow } from "./thread-items.ts";

/** Stores a note. */
export async function insertNote(sql: Queryable, accountId: string, note: NoteRow): Promise<void> {
  await sql.query(
    `insert into notes (account_id, id, conversation_id, author_id, body, mentions)
     values ($1, $2, $3, $4, $5, $6)`,
    [accountId, note.id, note.conversationId, note.authorId, note.body, note.mentions],
  );
}

/** The note that the same person wrote in the same conversation under the same mark; empty: none. */
export async function findNoteByKey(
  sql: Queryable,
  of: {
    accountId: string;
    conversationId: string;
    userId: string;
    key: string;
    sinceMs: number;
  },
): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from notes
     where account_id = $1 and conversation_id = $2 and id >= $3 and author_id = $4
       and right(id::text, 17) = right($5, 17)`,
    [of.accountId, of.conversationId, uuidFloor(of.sinceMs), of.userId, of.key],
  );
  return rows[0]?.id ?? "";
}

/** A note, held until the transaction ends; null: there is none. */
export async function lockNote(
  sql: Queryable,
  accountId: string,
  id: string,
): Promise<NoteRow | null> {
  const { rows } = await sql.query<NoteRow>(
    `select id, conversation_id as "conversationId", author_id as "authorId", body, mentions,
       edited_at as "editedAt", deleted_at as "deletedAt"
     from notes where account_id = $1 and id = $2 for update`,
    [accountId, id],
  );
  return rows[0] ?? null;
}

/** Writes what was changed of a note. */
export async function updateNote(sql: Queryable, accountId: string, note: NoteRow): Promise<void> {
  await sql.query(
    `update notes set body = $3, mentions = $4, edited_at = $5, deleted_at = $6
     where account_id = $1 and id = $2`,
    [accountId, note.id, note.body, note.mentions, note.editedAt, note.deletedAt],
  );
}

/** Notes that people are mentioned in a conversation. */
export async function putMentions(
  sql: Queryable,
  accountId: string,
  of: { noteId: string; conversationId: string; userIds: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into mentions (account_id, user_id, conversation_id, note_id)
     select $1, unnest($4::uuid[]), $2, $3
     on conflict (account_id, user_id, conversation_id) do update set note_id = excluded.note_id`,
    [accountId, of.conversationId, of.noteId, of.userIds],
  );
}

/** Forgets that a note mentions anybody. */
export async function deleteMentionsOf(
  sql: Queryable,
  accountId: string,
  noteId: string,
): Promise<void> {
  await sql.query(
    `delete from mentions where account_id = $1 and note_id = $2 and conversation_id in (
       select conversation_id from notes where account_id = $1 and id = $2)`,
    [accountId, noteId],
  );
}

/** Notes that a person has looked at a conversation in which they were mentioned. */
export async function deleteMentionsFor(
  sql: Queryable,
  of: { accountId: string; userId: string; conversationId: string },
): Promise<void> {
  await sql.query(
    "delete from mentions where account_id = $1 and user_id = $2 and conversation_id = $3",
    [of.accountId, of.userId, of.conversationId],
  );
}
