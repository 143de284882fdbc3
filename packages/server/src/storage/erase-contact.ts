import type { Queryable } from "./connect.ts";

/*
 * What erasing a person does at once, in the transaction of the request. The contacts' addresses must be locked by the caller.
 */

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
       snoozed_until = null, unread = 0, version = version + 1, updated_at = $3
     where account_id = $1 and contact_id = any($2::uuid[])`,
    [accountId, contactIds, at],
  );
  await sql.query("delete from pair_pace where account_id = $1 and mobile = any($2::text[])", [
    accountId,
    addresses,
  ]);
}
