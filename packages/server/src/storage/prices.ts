import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** Prices that any number of accounts share. */
export interface PriceBookRow {
  id: string;
  /** Whose own book it is; null for one of the operator's. */
  ownerAccountId: string | null;
  name: string;
  currency: string;
  createdAt: Date;
}

/** What a category costs in a country from a moment on. */
export interface PriceRow {
  priceBookId: string;
  id: string;
  /** ISO code, or `*` for every country without a price of its own. */
  country: string;
  category: "marketing" | "utility" | "authentication" | "service";
  /** 1/10,000 of the currency's unit. */
  amount: bigint;
  /** What the operator pays, in the same unit. */
  cost: bigint;
  validFrom: Date;
  validTo: Date | null;
}

const BOOK_COLUMNS = `id, owner_account_id as "ownerAccountId", name, currency,
  created_at as "createdAt"`;

const PRICE_COLUMNS = `price_book_id as "priceBookId", id, country, category, amount, cost,
  valid_from as "validFrom", valid_to as "validTo"`;

/** Stores a price book. */
export async function insertPriceBook(sql: Queryable, book: PriceBookRow): Promise<void> {
  await sql.query(
    `insert into price_books (id, owner_account_id, name, currency, created_at)
     values ($1, $2, $3, $4, $5)`,
    [book.id, book.ownerAccountId, book.name, book.currency, book.createdAt],
  );
}

/** The price book, or null. */
export async function findPriceBook(sql: Queryable, id: string): Promise<PriceBookRow | null> {
  const { rows } = await sql.query<PriceBookRow>(
    `select ${BOOK_COLUMNS} from price_books where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Lets one change of a book happen after the other, until the transaction ends. */
export async function lockPriceBook(sql: Queryable, id: string): Promise<void> {
  await sql.query("select from price_books where id = $1 for update", [id]);
}

/** Price books, newest first; `ownerId` confines them to an account's own. */
export async function listPriceBooks(
  sql: Queryable,
  ownerId: string | null,
  slice: Slice,
): Promise<PriceBookRow[]> {
  const { rows } = await sql.query<PriceBookRow>(
    `select ${BOOK_COLUMNS} from price_books where ($1::uuid is null or id < $1)
       and ($3::uuid is null or owner_account_id = $3)
     order by id desc limit $2`,
    [slice.before, slice.limit, ownerId],
  );
  return rows;
}

/** All prices of a book, past and coming ones too, by country, category and start; at most `limit`. */
export async function listPrices(
  sql: Queryable,
  priceBookId: string,
  limit: number,
): Promise<PriceRow[]> {
  const { rows } = await sql.query<PriceRow>(
    `select ${PRICE_COLUMNS} from prices where price_book_id = $1
     order by country, category, valid_from limit $2`,
    [priceBookId, limit],
  );
  return rows;
}

/**
 * Stores a price from its start until the next one that is known already, and ends the one before it.
 * A price with the very same start is replaced. Lock the book first.
 *
 * Example: with prices from January and from March, one from February ends January's at February and
 * itself ends at March. `recordedAt` is when it was set, for the log of prices.
 */
export async function putPrice(
  sql: Queryable,
  price: Omit<PriceRow, "validTo"> & { recordedAt: Date },
): Promise<PriceRow> {
  const key = [price.priceBookId, price.country, price.category, price.validFrom];
  await sql.query(
    `update prices set valid_to = $4 where price_book_id = $1 and country = $2 and category = $3
       and valid_from < $4 and (valid_to is null or valid_to > $4)`,
    key,
  );
  const { rows } = await sql.query<PriceRow>(
    `insert into prices
       (price_book_id, country, category, valid_from, id, amount, cost, valid_to)
     values ($1, $2, $3, $4, $5, $6, $7,
       (select min(valid_from) from prices where price_book_id = $1 and country = $2
          and category = $3 and valid_from > $4))
     on conflict (price_book_id, country, category, valid_from)
       do update set amount = excluded.amount, cost = excluded.cost
     returning ${PRICE_COLUMNS}`,
    [...key, price.id, price.amount, price.cost],
  );
  const [stored] = rows;
  if (!stored) throw new Error("the price was not stored");
  await sql.query(
    `insert into price_log
       (price_book_id, country, category, valid_from, id, amount, cost, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [...key, price.id, price.amount, price.cost, price.recordedAt],
  );
  return stored;
}
