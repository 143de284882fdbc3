import type { Queryable } from "./connect.ts";
import type { ConversationKey } from "./conversations.ts";

/** Who writes to the person of a conversation. */
export interface ComposerRow {
  conversationId: string;
  userId: string;
  takenAt: Date;
  freeAt: Date;
}

/** Who has the composer of a conversation now, held until the transaction ends; null: nobody. */
export async function lockComposer(
  sql: Queryable,
  key: ConversationKey,
  now: Date,
): Promise<ComposerRow | null> {
  const { rows } = await sql.query<ComposerRow>(
    `select ${COLUMNS} from composers
     where account_id = $1 and conversation_id = $2 and free_at > $3 for update`,
    [key.accountId, key.id, now],
  );
  return rows[0] ?? null;
}

/** Writes down who has the composer of a conversation that the transaction holds. */
export async function putComposer(
  sql: Queryable,
  accountId: string,
  composer: ComposerRow,
): Promise<void> {
  await sql.query(
    `insert into composers (account_id, conversation_id, user_id, taken_at, free_at)
     values ($1, $2, $3, $4, $5)
     on conflict (account_id, conversation_id) do update set user_id = excluded.user_id,
       taken_at = excluded.taken_at, free_at = excluded.free_at`,
    [accountId, composer.conversationId, composer.userId, composer.takenAt, composer.freeAt],
  );
}

/** Frees the composer of a conversation: of one person, or of whoever has it but one. True: somebody had it. */
export async function deleteComposer(
  sql: Queryable,
  key: ConversationKey,
  of: { userId: string } | { butOf: string | null },
): Promise<boolean> {
  const userId = "userId" in of ? of.userId : null;
  const butOf = "butOf" in of ? of.butOf : null;
  const { rowCount } = await sql.query(
    `delete from composers where account_id = $1 and conversation_id = $2
       and ($3::uuid is null or user_id = $3) and ($4::uuid is null or user_id <> $4)`,
    [key.accountId, key.id, userId, butOf],
  );
  return rowCount === 1;
}

/** Frees what a person composes in conversations that no other open tab of theirs shows. True: they had one. */
export async function freeUnseenComposers(
  sql: Queryable,
  accountId: string,
  closed: { clientId: string; userId: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from composers c where c.account_id = $1 and c.user_id = $2 and not exists (
       select from presence p
       where p.account_id = $1 and p.user_id = $2 and p.conversation_id = c.conversation_id
         and p.client_id <> $3 and p.gone_at > $4
     )`,
    [accountId, closed.userId, closed.clientId, closed.now],
  );
  return (rowCount ?? 0) > 0;
}

/** Everybody in an account who has a composer now. */
export async function listComposers(
  sql: Queryable,
  accountId: string,
  now: Date,
): Promise<ComposerRow[]> {
  const { rows } = await sql.query<ComposerRow>({
    name: "list-composers",
    text: `select ${COLUMNS} from composers where account_id = $1 and free_at > $2`,
    values: [accountId, now],
  });
  return rows;
}

const COLUMNS = `conversation_id as "conversationId", user_id as "userId", taken_at as "takenAt",
  free_at as "freeAt"`;
