import { AppError } from "../platform/app-error.ts";
import {
  type AccountRow,
  findAccount,
  insertAccount,
  touchCustomers,
  updateAccount as updateRow,
} from "../storage/accounts.ts";
import { type Queryable, withTransaction } from "../storage/connect.ts";
import { insertAccountBook } from "../storage/price-history.ts";
import { findPriceBook } from "../storage/prices.ts";
import {
  checkCountry,
  checkCurrency,
  checkName,
  checkTimeZone,
  refuseField,
} from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";

/** A tenant. */
export type Account = AccountRow;

/** What a new account needs. */
export interface NewAccount {
  name: string;
  /** ISO 4217; cannot be changed later. Default COP. */
  currency?: string | undefined;
  /** ISO codes of the countries that it may send to. Default Colombia alone. */
  countries?: readonly string[] | undefined;
  /** Must be in the account's currency. Without one nothing has a price, so nothing can be sent. */
  priceBookId?: string | undefined;
  /** The reseller that owns it: an account of the operator's own, in the same currency. */
  parentId?: string | undefined;
  /** By whose clock its months begin and end. Default America/Bogota. */
  timeZone?: string | undefined;
}

/**
 * Creates an account with an empty wallet. Refuses an unknown parent or price book, and a parent that has one
 * itself: there are resellers and their customers, and nothing below.
 */
export async function createAccount(operator: Operator, given: NewAccount): Promise<AccountRow> {
  const { id, at } = stamp(operator);
  const account = {
    accountId: id,
    parentId: given.parentId ?? null,
    name: checkName("name", given.name),
    state: "active" as const,
    currency: checkCurrency("currency", given.currency ?? "COP"),
    countries: checkCountries(given.countries ?? ["CO"]),
    priceBookId: given.priceBookId ?? null,
    timeZone: checkTimeZone("timeZone", given.timeZone ?? "America/Bogota"),
    createdAt: at,
  };
  return withTransaction(operator.pool, async (sql) => {
    if (account.parentId !== null) await checkParent(sql, account.parentId, account.currency);
    if (account.priceBookId !== null) {
      await checkBook(sql, { ...account, priceBookId: account.priceBookId });
    }
    await insertAccount(sql, account);
    if (account.priceBookId !== null) {
      await insertAccountBook(sql, { accountId: id, since: at, priceBookId: account.priceBookId });
    }
    return getAccount(sql, id);
  });
}

/** What may change in an account; what is undefined stays. */
export interface AccountUpdate {
  name?: string | undefined;
  /** Disabled: every token of it, and of the accounts that it owns, answers as if it were wrong. */
  state?: AccountRow["state"] | undefined;
  countries?: readonly string[] | undefined;
  priceBookId?: string | undefined;
  timeZone?: string | undefined;
}

/** Changes an account. Safe to repeat. */
export async function updateAccount(
  operator: Operator,
  accountId: string,
  changes: AccountUpdate,
): Promise<AccountRow> {
  const { name, state, countries, priceBookId, timeZone } = changes;
  const checked = {
    state,
    priceBookId,
    ...(name === undefined ? {} : { name: checkName("name", name) }),
    ...(countries === undefined ? {} : { countries: checkCountries(countries) }),
    ...(timeZone === undefined ? {} : { timeZone: checkTimeZone("timeZone", timeZone) }),
  };
  return withTransaction(operator.pool, async (sql) => {
    if (priceBookId !== undefined) {
      await checkBook(sql, { ...(await getAccount(sql, accountId)), priceBookId });
      const { at } = stamp(operator);
      await insertAccountBook(sql, { accountId, since: at, priceBookId });
    }
    await updateRow(sql, accountId, checked);
    // Whether they may send depends on it.
    if (state !== undefined) await touchCustomers(sql, accountId);
    return getAccount(sql, accountId);
  });
}

/**
 * Stops everything that the tokens of an account, and of those that it owns, can do; messages that were accepted still
 * go out.
 */
export async function disableAccount(operator: Operator, accountId: string): Promise<AccountRow> {
  return updateAccount(operator, accountId, { state: "disabled" });
}

/** Undoes {@link disableAccount}. */
export async function enableAccount(operator: Operator, accountId: string): Promise<AccountRow> {
  return updateAccount(operator, accountId, { state: "active" });
}

async function getAccount(sql: Queryable, accountId: string): Promise<AccountRow> {
  const account = await findAccount(sql, accountId);
  if (!account) throw new AppError("not_found", "There is no such account.");
  return account;
}

function checkCountries(codes: readonly string[]): string[] {
  if (codes.length === 0) refuseField("countries", "at least one country is needed");
  return [...new Set(codes.map((code, index) => checkCountry(`countries.${index}`, code)))];
}

/** Money goes from a reseller's wallet to its customers': they must be of one currency. */
async function checkParent(sql: Queryable, parentId: string, currency: string): Promise<void> {
  const parent = await findAccount(sql, parentId);
  if (!parent) refuseField("parentId", "there is no such account");
  if (parent.parentId !== null) refuseField("parentId", "is a customer of a reseller itself");
  if (parent.currency !== currency) {
    refuseField("parentId", `is in ${parent.currency}, the account in ${currency}`);
  }
}

/** A book in another currency, or another customer's own, would price messages in the wrong money. */
async function checkBook(
  sql: Queryable,
  account: { accountId: string; parentId: string | null; currency: string; priceBookId: string },
): Promise<void> {
  const book = await findPriceBook(sql, account.priceBookId);
  const owners = [null, account.accountId, account.parentId];
  if (!book || !owners.includes(book.ownerAccountId)) {
    refuseField("priceBookId", "there is no such price book for this account");
  }
  if (book.currency !== account.currency) {
    refuseField("priceBookId", `is in ${book.currency}, the account in ${account.currency}`);
  }
}
