import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** What a contact is reached by. */
export interface ContactAddress {
  kind: AddressKind;
  /** As `messages.mobile` has it. */
  value: string;
  /** WhatsApp itself names the person so. */
  confirmed: boolean;
}

/** A telephone, or WhatsApp's business-scoped id of somebody who hides it. */
export type AddressKind = "phone" | "whatsapp-user-id";

/** What an account may note about a contact besides names. */
export type CustomFields = Record<string, string | number | boolean>;

/** A person as an account knows it. */
export interface ContactRow {
  accountId: string;
  id: string;
  /** The project whose token made it; null: none. */
  projectId: string | null;
  name: string | null;
  profileName: string | null;
  language: string | null;
  customFields: CustomFields;
  labels: string[];
  mergedInto: string | null;
  erasedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Those that WhatsApp confirmed first, then the oldest. */
  addresses: ContactAddress[];
}

/** A contact to store; its addresses are stored by `insertAddresses`. */
export type NewContact = Pick<
  ContactRow,
  "accountId" | "id" | "projectId" | "name" | "profileName" | "language" | "customFields" | "labels"
> & { profileAt: Date | null; search: string; at: Date };

/** Names a contact. */
export interface ContactKey {
  accountId: string;
  id: string;
}

/** Which contacts to list; what is null does not matter. */
export interface ContactFilter {
  accountId: string;
  /** Only those that the project made or has a conversation with. */
  projectId: string | null;
  /** A part of a name, folded as `contacts.search` is. */
  words: string | null;
  /** A part of an address. */
  digits: string | null;
  address: { kind: AddressKind; value: string } | null;
  label: string | null;
}

const COLUMNS = `c.account_id as "accountId", c.id, c.project_id as "projectId", c.name,
  c.profile_name as "profileName", c.language, c.custom_fields as "customFields", c.labels,
  c.merged_into as "mergedInto", c.erased_at as "erasedAt", c.created_at as "createdAt",
  c.updated_at as "updatedAt",
  array(select jsonb_build_object('kind', a.kind, 'value', a.value, 'confirmed', a.confirmed)
        from contact_addresses a where a.account_id = c.account_id and a.contact_id = c.id
        order by a.confirmed desc, a.created_at, a.kind, a.value) as addresses`;

const OF_PROJECT = `(c.project_id = $2 or exists (
  select from conversations v where v.account_id = c.account_id and v.contact_id = c.id and v.project_id = $2))`;

/** The contact, or null. */
export async function findContact(
  sql: Queryable,
  key: { accountId: string; id: string; projectId?: string | null },
): Promise<ContactRow | null> {
  const { rows } = await sql.query<ContactRow>(
    `select ${COLUMNS} from contacts c
     where c.account_id = $1 and c.id = $3 and ($2::uuid is null or ${OF_PROJECT})`,
    [key.accountId, key.projectId ?? null, key.id],
  );
  return rows[0] ?? null;
}

/** Contacts of an account, newest first; those that were merged away or erased are left out. */
export async function listContacts(
  sql: Queryable,
  filter: ContactFilter,
  slice: Slice,
): Promise<ContactRow[]> {
  const { accountId, projectId, words, digits, address, label } = filter;
  const values: unknown[] = [accountId, projectId, slice.before, slice.limit];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const holding = (condition: string) =>
    `c.id = any(array(select a.contact_id from contact_addresses a where a.account_id = $1 and ${condition}))`;
  const either = [
    ...(words === null ? [] : [`position(${bind(words)} in c.search) > 0`]),
    ...(digits === null ? [] : [holding(`position(${bind(digits)} in a.value) > 0`)]),
  ];
  const wanted = [
    ...(either.length === 0 ? [] : [`(${either.join(" or ")})`]),
    ...(address === null
      ? []
      : [holding(`a.kind = ${bind(address.kind)} and a.value = ${bind(address.value)}`)]),
    ...(label === null ? [] : [`${bind(label)} = any(c.labels)`]),
  ];
  const { rows } = await sql.query<ContactRow>(
    `select ${COLUMNS} from contacts c
     where c.account_id = $1 and ($2::uuid is null or ${OF_PROJECT})
       and ($3::uuid is null or c.id < $3) and c.merged_into is null and c.erased_at is null
       ${wanted.map((condition) => `and ${condition}`).join(" ")}
     order by c.id desc limit $4`,
    values,
  );
  return rows;
}

/** Locks a contact until the transaction ends, and gives it; null: there is none. */
export async function lockContact(sql: Queryable, key: ContactKey): Promise<ContactRow | null> {
  await sql.query("select from contacts where account_id = $1 and id = $2 for update", [
    key.accountId,
    key.id,
  ]);
  return findContact(sql, key);
}

/** Stores a contact. */
export async function insertContact(sql: Queryable, contact: NewContact): Promise<void> {
  await sql.query({
    name: "insert-contact",
    text: `insert into contacts (account_id, id, project_id, name, profile_name, profile_at, language,
             custom_fields, labels, search, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    values: [
      contact.accountId,
      contact.id,
      contact.projectId,
      contact.name,
      contact.profileName,
      contact.profileAt,
      contact.language,
      formatJson(contact.customFields),
      contact.labels,
      contact.search,
      contact.at,
    ],
  });
}

/** Writes what people may change of a contact. */
export async function updateContact(
  sql: Queryable,
  contact: Pick<ContactRow, "accountId" | "id" | "name" | "language" | "customFields" | "labels">,
  { search, at }: { search: string; at: Date },
): Promise<void> {
  await sql.query(
    `update contacts set name = $3, language = $4, custom_fields = $5, labels = $6, search = $7,
       updated_at = $8
     where account_id = $1 and id = $2`,
    [
      contact.accountId,
      contact.id,
      contact.name,
      contact.language,
      formatJson(contact.customFields),
      contact.labels,
      search,
      at,
    ],
  );
}

/** Writes the name that the person goes by on WhatsApp, unless a later message brought another. */
export async function updateProfileName(
  sql: Queryable,
  key: ContactKey,
  profile: { profileName: string; saidAt: Date; search: string; at: Date },
): Promise<void> {
  await sql.query({
    name: "update-profile-name",
    text: `update contacts set profile_name = $3, profile_at = $4, search = $5, updated_at = $6
           where account_id = $1 and id = $2 and (profile_at is null or profile_at <= $4)`,
    values: [
      key.accountId,
      key.id,
      profile.profileName,
      profile.saidAt,
      profile.search,
      profile.at,
    ],
  });
}

/** Says that a contact is another one, or again its own (null). */
export async function updateMergedInto(
  sql: Queryable,
  key: ContactKey,
  { mergedInto, at }: { mergedInto: string | null; at: Date },
): Promise<void> {
  await sql.query(
    "update contacts set merged_into = $3, updated_at = $4 where account_id = $1 and id = $2",
    [key.accountId, key.id, mergedInto, at],
  );
}

/** A contact and all that were merged into it, directly or not. */
export async function listMergedFamily(sql: Queryable, key: ContactKey): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `with recursive family as (
       select $2::uuid as id
       union
       select c.id from family f
       join contact_merges m on m.account_id = $1 and m.survivor_id = f.id and m.undone_at is null
       join contacts c on c.account_id = $1 and c.id = m.merged_id and c.merged_into = f.id
     )
     select id from family`,
    [key.accountId, key.id],
  );
  return rows.map((row) => row.id);
}
