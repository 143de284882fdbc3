import { refuseField } from "../accounts/check-fields.ts";
import { type Page, type PageRequest, readPage } from "../accounts/page.ts";
import { foldText, formatContactSearch } from "../domain/fold-text.ts";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import {
  deleteAddresses,
  findAliases,
  insertAddresses,
  lockAddresses,
  lockAddressesOf,
} from "../storage/contact-addresses.ts";
import {
  type ContactFilter,
  type ContactKey,
  type ContactRow,
  type CustomFields,
  findContact,
  insertContact,
  listContacts,
  lockContact,
  updateContact,
} from "../storage/contacts.ts";
import { makeContactEvent, tellContactEvents } from "./contact-events.ts";
import { combineContacts, separateContact } from "./merge.ts";

/** A person as an account knows it. */
export type Contact = ContactRow;

/** What everything that changes contacts is handed. */
export interface ContactDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
}

/** A contact that somebody makes. */
export interface NewContactFields {
  accountId: string;
  /** The project that the maker's token is confined to; null: none. */
  projectId: string | null;
  /** Digits, country code first. */
  mobiles: readonly string[];
  name?: string | null | undefined;
  language?: string | null | undefined;
  customFields?: CustomFields | undefined;
  labels?: readonly string[] | undefined;
}

/** What somebody changes of one; what is undefined stays, and null empties. */
export interface ContactChange {
  name?: string | null | undefined;
  language?: string | null | undefined;
  /** By key; null takes a field away, those that are not named stay. */
  customFields?: Record<string, CustomFields[string] | null> | undefined;
  labels?: readonly string[] | undefined;
  /** All telephones from now on. */
  mobiles?: readonly string[] | undefined;
}

/** Which contacts to list. */
export interface ContactQuery {
  accountId: string;
  projectId: string | null;
  search?: string | undefined;
  mobile?: string | undefined;
  userId?: string | undefined;
  label?: string | undefined;
}

const CUSTOM_FIELDS_MAX = 50;
const CUSTOM_FIELDS_CHARACTERS_MAX = 20_000;
const SEARCH_DIGITS_MIN = 3;

/** Contacts, newest first. `search` is a part of a name, whatever its case and accents, or of a number. */
export function browseContacts(
  deps: Pick<ContactDeps, "pool">,
  query: ContactQuery,
  page: PageRequest,
): Promise<Page<Contact>> {
  const { accountId, projectId, search, mobile, userId, label } = query;
  const words = search === undefined ? "" : foldText(search);
  const digits = (search ?? "").replace(/[\s+().-]/gu, "");
  const isNumber = /^\d+$/u.test(digits) && digits.length >= SEARCH_DIGITS_MIN;
  const phone = mobile === undefined ? null : ({ kind: "phone", value: mobile } as const);
  const user = userId === undefined ? null : ({ kind: "whatsapp-user-id", value: userId } as const);
  const filter: ContactFilter = {
    ...{ accountId, projectId, label: label ?? null, address: phone ?? user },
    words: words === "" ? null : words,
    digits: isNumber ? digits : null,
  };
  return readPage(page, (slice) => listContacts(deps.pool, filter, slice));
}

/** Makes a contact. Refuses with `conflict` when one of its numbers is another contact's. */
export async function createContact(deps: ContactDeps, given: NewContactFields): Promise<Contact> {
  const { accountId, projectId } = given;
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  const id = deps.ids.next(nowMs);
  const customFields = checkCustomFields(given.customFields ?? {});
  return withTransaction(deps.pool, async (sql) => {
    await giveNumbers(sql, { accountId, id }, { mobiles: given.mobiles, at });
    const name = given.name ?? null;
    await insertContact(sql, {
      ...{ accountId, id, projectId, name, customFields, at },
      ...{ profileName: null, profileAt: null, language: given.language ?? null },
      labels: [...new Set(given.labels ?? [])],
      search: formatContactSearch([name]),
    });
    const data = { contactId: id, by: "caller" };
    await tell(sql, deps, { kind: "contact.created", accountId, contactIds: [id], data });
    return getContact(sql, { accountId, id });
  });
}

/** Changes a contact. Refuses one that was merged or erased, and numbers that are another contact's. */
export async function changeContact(
  deps: ContactDeps,
  key: ContactKey,
  change: ContactChange,
): Promise<Contact> {
  const { accountId, id } = key;
  const at = new Date(deps.clock.now());
  return withTransaction(deps.pool, async (sql) => {
    // Addresses are held before contacts, by all who hold both.
    if (change.mobiles !== undefined)
      await changeNumbers(sql, key, { mobiles: change.mobiles, at });
    const contact = await lockContact(sql, key);
    if (!contact) throw new AppError("not_found", "There is no such contact.");
    checkWhole(contact);
    const next = {
      ...contact,
      name: change.name === undefined ? contact.name : change.name,
      language: change.language === undefined ? contact.language : change.language,
      customFields: checkCustomFields(mergeFields(contact.customFields, change.customFields ?? {})),
      labels: change.labels === undefined ? contact.labels : [...new Set(change.labels)],
    };
    const search = formatContactSearch([next.name, next.profileName]);
    await updateContact(sql, next, { search, at });
    const fields = Object.keys(change).filter((name) => Reflect.get(change, name) !== undefined);
    const data = { contactId: id, fields };
    await tell(sql, deps, { kind: "contact.changed", accountId, contactIds: [id], data });
    return getContact(sql, key);
  });
}

/** Makes two contacts one: the survivor gets all of the other. See `combineContacts`. */
export async function mergeContacts(
  deps: ContactDeps,
  pair: { accountId: string; survivorId: string; mergedId: string },
): Promise<Contact> {
  return withTransaction(deps.pool, async (sql) => {
    const request = { ...pair, nowMs: deps.clock.now(), by: "caller" as const };
    await tellContactEvents(sql, await combineContacts(sql, deps.ids, request));
    return getContact(sql, { accountId: pair.accountId, id: pair.survivorId });
  });
}

/** Takes a contact out of the one that it was merged into. See `separateContact`. */
export async function unmergeContact(deps: ContactDeps, merged: ContactKey): Promise<Contact> {
  const { accountId, id: mergedId } = merged;
  return withTransaction(deps.pool, async (sql) => {
    const request = { accountId, mergedId, nowMs: deps.clock.now() };
    await tellContactEvents(sql, await separateContact(sql, deps.ids, request));
    return getContact(sql, merged);
  });
}

async function getContact(sql: Transaction, key: ContactKey): Promise<Contact> {
  const contact = await findContact(sql, key);
  if (!contact) throw new Error("a contact vanished in the transaction that holds it");
  return contact;
}

function checkWhole(contact: Contact): void {
  if (contact.mergedInto !== null) {
    throw new AppError(
      "conflict",
      `The contact is part of ${contact.mergedInto} now: change that.`,
    );
  }
  if (contact.erasedAt !== null) throw new AppError("conflict", "The contact was erased.");
}

async function changeNumbers(
  sql: Transaction,
  key: ContactKey,
  { mobiles, at }: { mobiles: readonly string[]; at: Date },
): Promise<void> {
  const held = await lockAddressesOf(sql, key.accountId, [key.id]);
  const phones = held.filter((address) => address.kind === "phone").map(({ value }) => value);
  if (mobiles.length === 0 && held.length === phones.length) {
    refuseField("mobiles", "a contact without any address could not be found again");
  }
  await deleteAddresses(
    sql,
    key,
    phones.filter((phone) => !mobiles.includes(phone)),
  );
  const added = mobiles.filter((mobile) => !phones.includes(mobile));
  if (added.length > 0) await giveNumbers(sql, key, { mobiles: added, at });
}

/** Gives a contact numbers, with those by which WhatsApp knows the same person; the latter only if they are free. */
async function giveNumbers(
  sql: Transaction,
  key: ContactKey,
  { mobiles, at }: { mobiles: readonly string[]; at: Date },
): Promise<void> {
  const every = await findAliases(sql, key.accountId, mobiles);
  const addresses = every.map(({ phone, confirmed }) => ({
    kind: "phone" as const,
    value: phone,
    confirmed,
  }));
  // In the order given: the first one is written to, unless WhatsApp knows better. Aliases come last.
  const placeOf = (phone: string) =>
    mobiles.includes(phone) ? mobiles.indexOf(phone) : mobiles.length;
  addresses.sort((left, right) => placeOf(left.value) - placeOf(right.value));
  await insertAddresses(sql, key, { at, addresses });
  const owners = await lockAddresses(sql, key.accountId, addresses);
  const taken = owners.find((one) => one.contactId !== key.id);
  if (!taken) return;
  throw new AppError("conflict", {
    message: `The number ${taken.value} is another contact's: look it up, and change or merge that one.`,
    errors: [{ path: "mobiles", message: `${taken.value} is another contact's` }],
  });
}

function mergeFields(
  old: CustomFields,
  change: Record<string, CustomFields[string] | null>,
): CustomFields {
  const entries = Object.entries({ ...old, ...change });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, CustomFields[string]] => entry[1] !== null),
  );
}

function checkCustomFields(fields: CustomFields): CustomFields {
  if (Object.keys(fields).length > CUSTOM_FIELDS_MAX) {
    refuseField("custom_fields", `a contact has at most ${CUSTOM_FIELDS_MAX}`);
  }
  if (JSON.stringify(fields).length > CUSTOM_FIELDS_CHARACTERS_MAX) {
    refuseField(
      "custom_fields",
      `all together have at most ${CUSTOM_FIELDS_CHARACTERS_MAX} characters`,
    );
  }
  return fields;
}

async function tell(
  sql: Transaction,
  deps: ContactDeps,
  facts: {
    kind: "contact.created" | "contact.changed";
    accountId: string;
    contactIds: readonly string[];
    data: Record<string, unknown>;
  },
): Promise<void> {
  const event = makeContactEvent(deps.ids, { ...facts, projectId: null, atMs: deps.clock.now() });
  await tellContactEvents(sql, [event]);
}
