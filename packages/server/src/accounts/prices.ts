import { MONEY_MAX } from "../domain/money.ts";
import { AppError } from "../platform/app-error.ts";
import { findAccount, touchAccountsOfBook } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import {
  findPriceBook,
  insertPriceBook,
  lockPriceBook,
  type PriceBookRow,
  type PriceRow,
  putPrice,
} from "../storage/prices.ts";
import { checkCountry, checkCurrency, checkName, refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";
import { checkResellerPrice } from "./reseller-price.ts";

/** Prices that any number of accounts share. */
export type PriceBook = PriceBookRow;

/** What a category costs in a country from a moment on. */
export type Price = PriceRow;

/** What a new price book needs. */
export interface NewPriceBook {
  name: string;
  /** ISO 4217. Default COP. */
  currency?: string | undefined;
  /** Makes it this account's own: no other account can be given it. */
  ownerAccountId?: string | undefined;
}

/** Creates an empty price book. Give it to an account with `updateAccount`. */
export async function createPriceBook(
  operator: Operator,
  given: NewPriceBook,
): Promise<PriceBookRow> {
  const { id, at } = stamp(operator);
  const book: PriceBookRow = {
    id,
    ownerAccountId: given.ownerAccountId ?? null,
    name: checkName("name", given.name),
    currency: checkCurrency("currency", given.currency ?? "COP"),
    createdAt: at,
  };
  await withTransaction(operator.pool, async (sql) => {
    if (book.ownerAccountId !== null && !(await findAccount(sql, book.ownerAccountId))) {
      refuseField("ownerAccountId", "there is no such account");
    }
    await insertPriceBook(sql, book);
  });
  return book;
}

/** What a price needs. Amounts in 1/10,000 of the currency's unit. */
export interface NewPrice {
  priceBookId: string;
  /** ISO code, or `*` for every country without a price of its own. */
  country: string;
  category: PriceRow["category"];
  amount: bigint;
  /** What the operator pays. Default 0. */
  cost?: bigint | undefined;
  /** Default: now. */
  validFrom?: Date | undefined;
  /** The reseller who sets it: then it must not be below what the reseller pays itself. */
  resellerId?: string | undefined;
}

/**
 * Sets a price from a moment on, until the next one that is known. Messages that were accepted keep
 * theirs. The same start again replaces the amount.
 */
export async function setPrice(operator: Operator, given: NewPrice): Promise<PriceRow> {
  const { id, at } = stamp(operator);
  const price = {
    priceBookId: given.priceBookId,
    id,
    country: given.country === "*" ? "*" : checkCountry("country", given.country),
    category: given.category,
    amount: checkAmount("amount", given.amount),
    cost: checkAmount("cost", given.cost ?? 0n),
    validFrom: given.validFrom ?? at,
    recordedAt: at,
  };
  return withTransaction(operator.pool, async (sql) => {
    if (!(await findPriceBook(sql, price.priceBookId))) {
      throw new AppError("not_found", "There is no such price book.");
    }
    await lockPriceBook(sql, price.priceBookId);
    if (given.resellerId !== undefined) {
      const { resellerId } = given;
      await checkResellerPrice(sql, { ...price, resellerId });
    }
    const stored = await putPrice(sql, price);
    await touchAccountsOfBook(sql, price.priceBookId);
    return stored;
  });
}

function checkAmount(path: string, amount: bigint): bigint {
  if (amount < 0n || amount > MONEY_MAX) refuseField(path, "must not be negative, nor absurd");
  return amount;
}
