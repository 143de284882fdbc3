import type { Queryable } from "./connect.ts";
import { holdFollower } from "./log-followers.ts";
import { deleteContactWords } from "./search-index.ts";

/*
 * What erasing a person does at once, in the transaction of the request. The contacts' addresses must be locked by the caller.
 */

/**
 * Contacts that have one of these addresses and that posts from before the request have made, because nobody had read them
 * yet: their persons have not written since. The addresses are held until the transaction ends.
 */
export async function lockBelated(
  sql: Queryable,
  accountId: string,
  of: { addresses: readonly string[]; requestedAt: Date },
): Promise<string[]> {
  const { rows } = await sql.query<{ contactId: string }>(
    `select a.contact_id as "contactId" from contact_addresses a
     join contacts c on c.account_id = a.account_id and c.id = a.contact_id
     where a.account_id = $1 and a.kind in ('phone', 'whatsapp-user-id') and a.value = any($2::text[])
       and c.created_at >= $3
       and exists (
         select from conversations v where v.account_id = c.account_id and v.contact_id = c.id)
       and not exists (
         select from conversations v
         where v.account_id = c.account_id and v.contact_id = c.id and v.last_inbound_at >= $3)
     order by a.kind, a.value for update of a`,
    [accountId, of.addresses, of.requestedAt],
  );
  return [...new Set(rows.map((row) => row.contactId))];
}

/** What people of the account have written about a conversation, or set aside for it. */
const WRITTEN_ABOUT = ["notes", "mentions", "drafts", "conversation_labels", "composers"];

/** Empties contacts, resolves their conversations, and forgets what they are reached by and how they were merged. */
export async function eraseContacts(
  sql: Queryable,
  accountId: string,
  erased: { contactIds: readonly string[]; addresses: readonly string[]; at: Date },
): Promise<void> {
  const { contactIds, addresses, at } = erased;
  await sql.query(
    "delete from contact_addresses where account_id = $1 and contact_id = any($2::uuid[])",
    [accountId, contactIds],
  );
  await sql.query(
    `delete from contact_merges
     where account_id = $1 and (survivor_id = any($2::uuid[]) or merged_id = any($2::uuid[]))`,
    [accountId, contactIds],
  );
  await sql.query(
    `update contacts set name = null, profile_name = null, profile_at = null, language = null,
       custom_fields = '{}', labels = '{}', search = '', erased_at = $3, updated_at = $3
     where account_id = $1 and id = any($2::uuid[])`,
    [accountId, contactIds, at],
  );
  await sql.query(
    `update conversations set state = 'resolved', resolved_at = coalesce(resolved_at, $3),
       snoozed_until = null, unread = 0, waiting_since = null, version = version + 1, updated_at = $3
     where account_id = $1 and contact_id = any($2::uuid[])`,
    [accountId, contactIds, at],
  );
  for (const table of WRITTEN_ABOUT) {
    await sql.query(
      `delete from ${table} where account_id = $1 and conversation_id in (
         select id from conversations where account_id = $1 and contact_id = any($2::uuid[]))`,
      [accountId, contactIds],
    );
  }
  await sql.query(
    `delete from address_changes
     where account_id = $1 and (address = any($2::text[]) or earlier = any($2::text[]))`,
    [accountId, addresses],
  );
  await sql.query(
    "delete from opt_out_replies where account_id = $1 and mobile = any($2::text[])",
    [accountId, addresses],
  );
  await sql.query("delete from pair_pace where account_id = $1 and mobile = any($2::text[])", [
    accountId,
    addresses,
  ]);
  await sql.query("delete from auto_messages where account_id = $1 and mobile = any($2::text[])", [
    accountId,
    addresses,
  ]);
  await sql.query(
    `update ratings set comment = null, comment_until = null, answer_until = null
     where account_id = $1 and conversation_id in (
       select v.id from conversations v where v.account_id = $1 and v.contact_id = any($2::uuid[]))`,
    [accountId, contactIds],
  );
  await holdFollower(sql, accountId, "search");
  await deleteContactWords(sql, accountId, contactIds);
}
