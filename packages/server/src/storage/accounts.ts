import type { Queryable } from "./connect.ts";

/** A tenant. */
export interface AccountRow {
  accountId: string;
  /** The reseller that owns it; null for the operator's own. */
  parentId: string | null;
  name: string;
  state: "active" | "disabled";
  currency: string;
  /** ISO codes of the countries that it may send to. */
  countries: string[];
  priceBookId: string | null;
  /** Its months begin and end by this clock. */
  timeZone: string;
  /** Grows with every change of anything that a send depends on. */
  version: bigint;
  createdAt: Date;
}

/** What may change in an account; what is undefined stays. */
export interface AccountChanges {
  name?: string | undefined;
  state?: AccountRow["state"] | undefined;
  countries?: readonly string[] | undefined;
  priceBookId?: string | undefined;
  timeZone?: string | undefined;
}

/** Rows of a list, newest first: those before an id, at most `limit`. */
export interface Slice {
  before: string | null;
  limit: number;
}

const COLUMNS = `account_id as "accountId", parent_id as "parentId", name, state, currency, countries,
  price_book_id as "priceBookId", time_zone as "timeZone", version, created_at as "createdAt"`;

/** Stores an account with an empty wallet and its event counter. */
export async function insertAccount(
  sql: Queryable,
  account: Omit<AccountRow, "version">,
): Promise<void> {
  await sql.query(
    `insert into accounts
       (account_id, parent_id, name, state, currency, countries, price_book_id, time_zone,
        created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      account.accountId,
      account.parentId,
      account.name,
      account.state,
      account.currency,
      account.countries,
      account.priceBookId,
      account.timeZone,
      account.createdAt,
    ],
  );
  await sql.query("insert into wallets (account_id, updated_at) values ($1, $2)", [
    account.accountId,
    account.createdAt,
  ]);
  await sql.query("insert into counters (account_id) values ($1)", [account.accountId]);
}

/** The account, or null. */
export async function findAccount(sql: Queryable, accountId: string): Promise<AccountRow | null> {
  const { rows } = await sql.query<AccountRow>(
    `select ${COLUMNS} from accounts where account_id = $1`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** Accounts, newest first; `resellerId` confines them to a reseller and its customers. */
export async function listAccounts(
  sql: Queryable,
  resellerId: string | null,
  slice: Slice,
): Promise<AccountRow[]> {
  const { rows } = await sql.query<AccountRow>(
    `select ${COLUMNS} from accounts where ($1::uuid is null or account_id < $1)
       and ($3::uuid is null or account_id = $3 or parent_id = $3)
     order by account_id desc limit $2`,
    [slice.before, slice.limit, resellerId],
  );
  return rows;
}

/** What these accounts are called and pay in, by id. */
export async function findAccountNames(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, { name: string; currency: string }>> {
  const { rows } = await sql.query<{ accountId: string; name: string; currency: string }>(
    `select account_id as "accountId", name, currency from accounts
     where account_id = any ($1::uuid[])`,
    [accountIds],
  );
  return new Map(rows.map(({ accountId, ...row }) => [accountId, row]));
}

/** Changes an account and bumps its version. False when there is none. */
export async function updateAccount(
  sql: Queryable,
  accountId: string,
  changes: AccountChanges,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update accounts set version = version + 1, name = coalesce($2, name),
       state = coalesce($3, state), countries = coalesce($4, countries),
       price_book_id = coalesce($5, price_book_id), time_zone = coalesce($6, time_zone)
     where account_id = $1`,
    [
      accountId,
      changes.name ?? null,
      changes.state ?? null,
      changes.countries ?? null,
      changes.priceBookId ?? null,
      changes.timeZone ?? null,
    ],
  );
  return rowCount === 1;
}

/**
 * Tells every cache that something which sends of these accounts depend on has changed. Call it in the
 * transaction that changes it, last, so that the rows stay locked for the shortest time.
 */
export async function touchAccount(sql: Queryable, accountIds: readonly string[]): Promise<void> {
  await sql.query(
    `update accounts set version = version + 1 where account_id in (
       select account_id from accounts where account_id = any ($1::uuid[])
       order by account_id for update)`,
    [accountIds],
  );
}

/** {@link touchAccount} for every account that a reseller owns. */
export async function touchCustomers(sql: Queryable, resellerId: string): Promise<void> {
  await sql.query(
    `update accounts set version = version + 1 where account_id in (
       select account_id from accounts where parent_id = $1 order by account_id for update)`,
    [resellerId],
  );
}

/** {@link touchAccount} for every account that pays by this price book. */
export async function touchAccountsOfBook(sql: Queryable, priceBookId: string): Promise<void> {
  await sql.query(
    `update accounts set version = version + 1 where account_id in (
       select account_id from accounts where price_book_id = $1 order by account_id for update)`,
    [priceBookId],
  );
}

/** Whether an account is a reseller: nobody's customer, with customers of its own or an administrator's token. */
export async function hasResale(sql: Queryable, accountId: string): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from accounts a where a.account_id = $1 and a.parent_id is null and (
       exists (select 1 from accounts c where c.parent_id = a.account_id)
       or exists (select 1 from tokens t where t.account_id = a.account_id
         and t.kind = 'admin' and t.revoked_at is null))`,
    [accountId],
  );
  return rows.length > 0;
}
