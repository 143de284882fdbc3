import { refuseField } from "../accounts/check-fields.ts";
import { AppError } from "../platform/app-error.ts";
import type { Queryable } from "../storage/connect.ts";
import { findAliases, lockAddresses, lockAddressesOf } from "../storage/contact-addresses.ts";
import { findContact, listMergedFamily } from "../storage/contacts.ts";

/** Who is meant: by number, by WhatsApp's id, or by contact; exactly one. */
export interface PersonChoice {
  mobile?: string | undefined;
  userId?: string | undefined;
  contactId?: string | undefined;
}

/** One person of an account, a contact or not. */
export interface Person {
  accountId: string;
  /** The contact first, then those that were merged into it; empty: the person is none. */
  contactIds: string[];
  /** Everything that the person is, or may be, reached by. */
  addresses: string[];
}

/**
 * Finds out who is meant, with every contact and address of theirs; the addresses are held until the caller's transaction
 * ends. Somebody who was only written to is found by number. Refuses a contact that there is none of.
 */
export async function findPerson(
  sql: Queryable,
  accountId: string,
  choice: PersonChoice,
): Promise<Person> {
  const { mobile, userId, contactId } = choice;
  if ([mobile, userId, contactId].filter((one) => one !== undefined).length !== 1) {
    refuseField("mobile", "give exactly one of mobile, user_id and contact_id");
  }
  const given = mobile ?? userId;
  const kind = mobile === undefined ? "whatsapp-user-id" : "phone";
  const phones =
    mobile === undefined
      ? []
      : (await findAliases(sql, accountId, [mobile])).map(({ phone }) => phone);
  const values = given === undefined ? [] : [given, ...phones.filter((phone) => phone !== given)];
  const asked = values.map((value) => ({ kind, value }) as const);
  const owners = await lockAddresses(sql, accountId, asked);
  // The number that was named comes first: another's contact is not drawn in by an alias of it.
  const owner = owners.find((one) => one.value === given)?.contactId ?? owners[0]?.contactId;
  const start =
    contactId === undefined ? (owner ?? null) : await findSurvivor(sql, accountId, contactId);
  if (start === null) return { accountId, contactIds: [], addresses: values };
  const { contactIds, own } = await lockFamily(sql, accountId, start);
  const numbers = own.filter((one) => one.kind === "phone").map((one) => one.value);
  const others = await findAliases(sql, accountId, numbers);
  const every = [...values, ...own.map((one) => one.value), ...others.map(({ phone }) => phone)];
  return { accountId, contactIds, addresses: [...new Set(every)] };
}

/** A contact with all that are part of it, their addresses held: until then others may be merged or taken apart. */
async function lockFamily(sql: Queryable, accountId: string, id: string) {
  for (let contactIds = [id]; ; ) {
    const own = await lockAddressesOf(sql, accountId, contactIds);
    const start = await findSurvivor(sql, accountId, id);
    const family = await listMergedFamily(sql, { accountId, id: start });
    if (family.length === contactIds.length && family.every((one) => contactIds.includes(one))) {
      return { contactIds: family, own };
    }
    contactIds = family;
  }
}

/** The contact that a contact is part of by now, or itself. */
async function findSurvivor(sql: Queryable, accountId: string, id: string): Promise<string> {
  const contact = await findContact(sql, { accountId, id });
  if (!contact) throw new AppError("not_found", "There is no such contact.");
  return contact.mergedInto === null ? id : findSurvivor(sql, accountId, contact.mergedInto);
}
