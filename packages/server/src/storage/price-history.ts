import type { LoggedBook, LoggedPrice } from "../domain/price-history.ts";
import type { Queryable } from "./connect.ts";

/** Remembers that an account pays by a book from now on. */
export async function insertAccountBook(
  sql: Queryable,
  row: { accountId: string; since: Date; priceBookId: string },
): Promise<void> {
  await sql.query(
    `insert into account_books (account_id, since, price_book_id) values ($1, $2, $3)
     on conflict (account_id, since) do update set price_book_id = excluded.price_book_id`,
    [row.accountId, row.since, row.priceBookId],
  );
}

/** The books that an account has paid by, oldest first; one that was never written down is its present one. */
export async function listAccountBooks(sql: Queryable, accountId: string): Promise<LoggedBook[]> {
  const { rows } = await sql.query<{ id: string; since: Date }>(
    `select price_book_id as id, since from account_books where account_id = $1
     union all
     select price_book_id, created_at from accounts a
     where account_id = $1 and price_book_id is not null
       and not exists (select from account_books b where b.account_id = a.account_id)
     order by since`,
    [accountId],
  );
  return rows.map((row) => ({ priceBookId: row.id, sinceMs: row.since.getTime() }));
}

/** Every price of a book as it was set; one that was never written down counts as set at its start. */
export async function listLoggedPrices(
  sql: Queryable,
  priceBookId: string,
): Promise<LoggedPrice[]> {
  const { rows } = await sql.query<{
    country: string;
    category: LoggedPrice["category"];
    amount: bigint;
    cost: bigint;
    valid_from: Date;
    recorded_at: Date;
  }>(
    `select country, category, amount, cost, valid_from, recorded_at
     from price_log where price_book_id = $1
     union all
     select p.country, p.category, p.amount, p.cost, p.valid_from, p.valid_from
     from prices p where p.price_book_id = $1 and not exists (
       select from price_log l where l.price_book_id = p.price_book_id and l.country = p.country
         and l.category = p.category and l.valid_from = p.valid_from)`,
    [priceBookId],
  );
  return rows.map((row) => ({
    country: row.country,
    category: row.category,
    amount: row.amount,
    cost: row.cost,
    validFromMs: row.valid_from.getTime(),
    recordedAtMs: row.recorded_at.getTime(),
  }));
}
