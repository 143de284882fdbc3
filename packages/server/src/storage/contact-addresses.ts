import type { Queryable } from "./connect.ts";
import type { AddressKind, ContactKey } from "./contacts.ts";

/** An address and whose it is. */
export interface OwnedAddress {
  kind: AddressKind;
  value: string;
  confirmed: boolean;
  contactId: string;
}

/** What a person's message is looked up by: a telephone, an id of WhatsApp's, or both. */
export interface PersonAddresses {
  accountId: string;
  phone: string | null;
  userId: string | null;
}

/** What is known of the person who wrote. */
export interface KnownPerson extends OwnedAddress {
  name: string | null;
  profileName: string | null;
  profileAt: Date | null;
  /** WhatsApp has named numbers of this person's that the contact does not have. */
  lacksAlias: boolean;
}

/**
 * Contacts that have these addresses. The addresses are held until the transaction ends: nobody moves
 * them to another contact meanwhile.
 */
export async function lockPersons(sql: Queryable, person: PersonAddresses): Promise<KnownPerson[]> {
  const { rows } = await sql.query<KnownPerson>({
    name: "lock-persons",
    text: `select a.kind, a.value, a.confirmed, a.contact_id as "contactId", c.name,
             c.profile_name as "profileName", c.profile_at as "profileAt",
             exists (
               select from address_aliases l
               where l.account_id = $1 and l.whatsapp = $2 and not exists (
                 select from contact_addresses o
                 where o.account_id = $1 and o.kind = 'phone' and o.value = l.dialled
                   and o.contact_id = a.contact_id)
             ) as "lacksAlias"
           from contact_addresses a join contacts c on c.account_id = a.account_id and c.id = a.contact_id
           where a.account_id = $1
             and ((a.kind = 'phone' and a.value = $2) or (a.kind = 'whatsapp-user-id' and a.value = $3))
           order by a.kind, a.value for share of a`,
    values: [person.accountId, person.phone, person.userId],
  });
  return rows;
}

/** Whose these addresses are, each held until the transaction ends. */
export async function lockAddresses(
  sql: Queryable,
  accountId: string,
  wanted: readonly { kind: AddressKind; value: string }[],
): Promise<OwnedAddress[]> {
  const { rows } = await sql.query<OwnedAddress>(
    `select a.kind, a.value, a.confirmed, a.contact_id as "contactId"
     from contact_addresses a
     where a.account_id = $1 and (a.kind, a.value) in (select * from unnest($2::text[], $3::text[]))
     order by a.kind, a.value for update`,
    [accountId, wanted.map((one) => one.kind), wanted.map((one) => one.value)],
  );
  return rows;
}

/** All addresses of these contacts, held until the transaction ends. */
export async function lockAddressesOf(
  sql: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<OwnedAddress[]> {
  const { rows } = await sql.query<OwnedAddress>(
    `select kind, value, confirmed, contact_id as "contactId" from contact_addresses
     where account_id = $1 and contact_id = any($2::uuid[]) order by kind, value for update`,
    [accountId, contactIds],
  );
  return rows;
}

/** Gives a contact addresses, the first one first; answers those that it got. One that is somebody's already is left alone. */
export async function insertAddresses(
  sql: Queryable,
  contact: ContactKey,
  given: { at: Date; addresses: readonly Omit<OwnedAddress, "contactId">[] },
): Promise<string[]> {
  const { rows } = await sql.query<{ value: string }>({
    name: "insert-contact-addresses",
    text: `insert into contact_addresses (account_id, kind, value, contact_id, confirmed, created_at)
           select $1, n.kind, n.value, $2, n.confirmed, $6::timestamptz + n.place * interval '1 microsecond'
           from unnest($3::text[], $4::text[], $5::boolean[]) with ordinality as n(kind, value, confirmed, place)
           order by n.kind, n.value
           on conflict do nothing returning value`,
    values: [
      contact.accountId,
      contact.id,
      given.addresses.map((one) => one.kind),
      given.addresses.map((one) => one.value),
      given.addresses.map((one) => one.confirmed),
      given.at,
    ],
  });
  return rows.map((row) => row.value);
}

/** WhatsApp named the person by these addresses. */
export async function confirmAddresses(
  sql: Queryable,
  contact: ContactKey,
  values: readonly string[],
): Promise<void> {
  await sql.query(
    `update contact_addresses set confirmed = true
     where account_id = $1 and contact_id = $2 and value = any($3::text[])`,
    [contact.accountId, contact.id, values],
  );
}

/** Moves addresses from one contact to another. */
export async function moveAddresses(
  sql: Queryable,
  accountId: string,
  move: { from: string; to: string; values: readonly string[] },
): Promise<void> {
  await sql.query(
    `update contact_addresses set contact_id = $3
     where account_id = $1 and contact_id = $2 and value = any($4::text[])`,
    [accountId, move.from, move.to, move.values],
  );
}

/** Takes addresses from a contact. */
export async function deleteAddresses(
  sql: Queryable,
  contact: ContactKey,
  values: readonly string[],
): Promise<void> {
  await sql.query(
    `delete from contact_addresses
     where account_id = $1 and contact_id = $2 and value = any($3::text[])`,
    [contact.accountId, contact.id, values],
  );
}

/** A number that was dialled, and the one by which WhatsApp knows the person. */
export interface AddressAlias {
  accountId: string;
  dialled: string;
  whatsapp: string;
}

/** Notes by which number WhatsApp really knows whom it was asked to write to. */
export async function upsertAliases(
  sql: Queryable,
  aliases: readonly AddressAlias[],
  at: Date,
): Promise<void> {
  const byKey = new Map(aliases.map((alias) => [`${alias.accountId} ${alias.dialled}`, alias]));
  // One order for all who do so, or two processes could wait for each other.
  const rows = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, alias]) => alias);
  if (rows.length === 0) return;
  await sql.query({
    name: "upsert-address-aliases",
    text: `insert into address_aliases as a (account_id, dialled, whatsapp, noted_at)
           select n.account_id, n.dialled, n.whatsapp, $4
           from unnest($1::uuid[], $2::text[], $3::text[]) as n(account_id, dialled, whatsapp)
           on conflict (account_id, dialled) do update set whatsapp = excluded.whatsapp,
             noted_at = excluded.noted_at where a.whatsapp <> excluded.whatsapp`,
    values: [
      rows.map((row) => row.accountId),
      rows.map((row) => row.dialled),
      rows.map((row) => row.whatsapp),
      at,
    ],
  });
}

/** Every number that is the same person's as these, as far as WhatsApp has said; with these themselves. */
export async function findAliases(
  sql: Queryable,
  accountId: string,
  phones: readonly string[],
): Promise<{ phone: string; confirmed: boolean }[]> {
  const { rows } = await sql.query<{ phone: string; confirmed: boolean }>({
    name: "find-address-aliases",
    text: `with known as materialized (
             select w.phone from unnest($2::text[]) as w(phone)
             union select a.whatsapp from address_aliases a
             where a.account_id = $1 and a.dialled = any($2::text[])
           ), every as (
             select phone from known
             union select a.dialled from known k
             join address_aliases a on a.account_id = $1 and a.whatsapp = k.phone
           )
           select e.phone, exists (
             select from address_aliases a where a.account_id = $1 and a.whatsapp = e.phone) as confirmed
           from every e order by e.phone`,
    values: [accountId, phones],
  });
  return rows;
}

/** Forgets what was noted about these numbers. */
export async function deleteAliases(
  sql: Queryable,
  accountId: string,
  phones: readonly string[],
): Promise<void> {
  await sql.query(
    `delete from address_aliases
     where account_id = $1 and (dialled = any($2::text[]) or whatsapp = any($2::text[]))`,
    [accountId, phones],
  );
}
