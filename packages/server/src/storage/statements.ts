import type { StatementLine } from "../domain/statement.ts";
import type { Queryable } from "./connect.ts";

/** A month that is over, as it was told. */
export interface StatementRow {
  accountId: string;
  month: string;
  startsAt: Date;
  endsAt: Date;
  opening: bigint;
  closing: bigint;
  /** JSON, byte for byte. */
  document: string;
  /** SHA-256 of the document. */
  digest: Buffer;
  closedAt: Date;
}

const COLUMNS = `account_id as "accountId", month, starts_at as "startsAt", ends_at as "endsAt",
  opening, closing, document, digest, closed_at as "closedAt"`;

/** Stores a statement; false when that month was told already: then that one stands. */
export async function insertStatement(sql: Queryable, row: StatementRow): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into statements
       (account_id, month, starts_at, ends_at, opening, closing, document, digest, closed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      row.accountId,
      row.month,
      row.startsAt,
      row.endsAt,
      row.opening,
      row.closing,
      row.document,
      row.digest,
      row.closedAt,
    ],
  );
  return rowCount === 1;
}

/** The statement of a month, or null while it is not closed. */
export async function findStatement(
  sql: Queryable,
  key: { accountId: string; month: string },
): Promise<StatementRow | null> {
  const { rows } = await sql.query<StatementRow>(
    `select ${COLUMNS} from statements where account_id = $1 and month = $2`,
    [key.accountId, key.month],
  );
  return rows[0] ?? null;
}

/** The last statement that was closed, or null. */
export async function findLastStatement(
  sql: Queryable,
  accountId: string,
): Promise<StatementRow | null> {
  const { rows } = await sql.query<StatementRow>(
    `select ${COLUMNS} from statements where account_id = $1 order by month desc limit 1`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** Closed months of an account, newest first. */
export async function listStatements(
  sql: Queryable,
  accountId: string,
): Promise<Omit<StatementRow, "document">[]> {
  const { rows } = await sql.query<StatementRow>(
    `select ${COLUMNS.replace(" document,", "")} from statements where account_id = $1
     order by month desc limit 600`,
    [accountId],
  );
  return rows;
}

/** What happened to a wallet between two moments, by kind and the category of the message behind it. */
export async function sumMovements(
  sql: Queryable,
  span: { accountId: string; from: Date; to: Date },
): Promise<StatementLine[]> {
  const { rows } = await sql.query<StatementLine>(
    `select t.kind, m.category, count(*)::int as count,
       sum(case when t.credit = 'wallet' then t.amount else -t.amount end)::bigint as amount
     from transfers t
     left join messages m on m.account_id = t.account_id and m.id = t.cause_id
       and t.kind in ('charge', 'refund', 'refund-reversal')
     where t.account_id = $1 and t.at >= $2 and t.at < $3
       and t.at > timestamptz '1970-01-01 00:00:00+00'
     group by t.kind, m.category`,
    [span.accountId, span.from, span.to],
  );
  return rows;
}

/** Accounts, by id: those after `after`. */
export async function listStatementAccounts(
  sql: Queryable,
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select account_id as id from accounts where $1::uuid is null or account_id > $1
     order by account_id limit $2`,
    [page.after, page.limit],
  );
  return rows.map((row) => row.id);
}

/** A statement that is not what it should be. */
export interface StatementDifference {
  accountId: string;
  month: string;
  why: string;
}

/**
 * Documents that are not those of their digest, months that do not begin where the one before ended, and last closings that
 * are not what the ledger adds up to; none, in a right world. At most 1,000 rows.
 */
export async function findStatementDifferences(sql: Queryable): Promise<StatementDifference[]> {
  const { rows } = await sql.query<StatementDifference>(
    `with chain as (
       select s.*, lag(closing) over w as before, lag(ends_at) over w as border,
         lead(month) over w is null as is_last
       from statements s window w as (partition by account_id order by month)
     )
     select account_id as "accountId", month, 'the document is not the one that was closed' as why
     from chain where digest <> sha256(convert_to(document, 'UTF8'))
     union all
     select account_id, month, 'does not begin where the month before ended'
     from chain where opening <> coalesce(before, 0) or starts_at <> coalesce(border, starts_at)
     union all
     select account_id, month, 'movements came after it was closed: they will be in the next one'
     from chain c where is_last and closing <> (
       select coalesce(sum(case when credit = 'wallet' then amount when debit = 'wallet' then -amount else 0 end), 0)
       from transfers t where t.account_id = c.account_id and t.at < c.ends_at)
     limit 1000`,
  );
  return rows;
}
