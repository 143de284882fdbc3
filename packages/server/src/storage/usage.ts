import type { Movement, UsageLine } from "../domain/usage.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Where a page of movements begins: right after this one. */
export interface MovementPlace {
  /** Microseconds since 1970: as exact as the database is. */
  atUs: bigint;
  causeId: string;
  kind: string;
}

/**
 * Charges, refunds and reversals of an account between two moments, oldest first, each with its message and the moment
 * of its charge.
 */
export async function listMovements(
  sql: Queryable,
  span: { accountId: string; from: Date; to: Date },
  page: { after: MovementPlace | null; limit: number },
): Promise<(Movement & { place: MovementPlace })[]> {
  const { rows } = await sql.query<{
    cause_id: string;
    kind: Movement["kind"];
    amount: bigint;
    at: Date;
    at_us: bigint;
    accepted_at: Date;
    category: string | null;
    mobile: string | null;
  }>({
    name: "list-movements",
    text: `select t.cause_id, t.kind, t.amount, t.at, (extract(epoch from t.at) * 1000000)::bigint as at_us,
             coalesce(c.at, t.at) as accepted_at, m.category, m.mobile
           from (
             select account_id, cause_id, kind, amount, at from transfers
             where account_id = $1 and at >= coalesce(${PAGE_BEGINS}, $2) and at < $3 and at > timestamptz '1970-01-01 00:00:00+00'
               and kind in ('charge', 'refund', 'refund-reversal')
               and ($4::bigint is null or (at, cause_id, kind) > (${PAGE_BEGINS}, $5::uuid, $6::text))
             order by at, cause_id, kind limit $7
           ) t
           left join transfers c on c.account_id = t.account_id and c.cause_id = t.cause_id and c.kind = 'charge'
           left join messages m on m.account_id = t.account_id and m.id = t.cause_id
           order by t.at, t.cause_id, t.kind`,
    values: [
      span.accountId,
      span.from,
      span.to,
      page.after?.atUs ?? null,
      page.after?.causeId ?? null,
      page.after?.kind ?? null,
      page.limit,
    ],
  });
  return rows.map((row) => ({
    kind: row.kind,
    amount: row.amount,
    atMs: row.at.getTime(),
    acceptedAtMs: row.accepted_at.getTime(),
    category: row.category ?? "unknown",
    mobile: row.mobile ?? "",
    place: { atUs: row.at_us, causeId: row.cause_id, kind: row.kind },
  }));
}

/** Also a bound of its own, so that a page begins where the last one ended and reads nothing before it. */
const PAGE_BEGINS = "timestamptz 'epoch' + $4::bigint * interval '1 microsecond'";

/** How far an account's days are counted, and its customers' settled: the first day that is not, `YYYY-MM-DD`. */
export interface UsageProgress {
  countedUntil: string;
  settledUntil: string;
}

/** Locks an account's progress until the transaction ends; it begins on the day on which the account was made. */
export async function lockProgress(sql: Queryable, accountId: string): Promise<UsageProgress> {
  await sql.query(
    `insert into usage_progress (account_id, counted_until, settled_until)
     select account_id, (created_at at time zone 'UTC')::date, (created_at at time zone 'UTC')::date
     from accounts where account_id = $1 on conflict do nothing`,
    [accountId],
  );
  const { rows } = await sql.query<UsageProgress>(
    `select to_char(counted_until, 'YYYY-MM-DD') as "countedUntil",
       to_char(settled_until, 'YYYY-MM-DD') as "settledUntil"
     from usage_progress where account_id = $1 for update`,
    [accountId],
  );
  const [progress] = rows;
  if (!progress) throw new Error("the progress of no account");
  return progress;
}

/** Moves an account's progress on. */
export async function updateProgress(
  sql: Queryable,
  accountId: string,
  until: { counted?: string; settled?: string },
): Promise<void> {
  await sql.query(
    `update usage_progress set counted_until = coalesce($2::date, counted_until),
       settled_until = coalesce($3::date, settled_until) where account_id = $1`,
    [accountId, until.counted ?? null, until.settled ?? null],
  );
}

/** Stores the lines of whole days. */
export async function insertUsage(
  sql: Queryable,
  account: { accountId: string; resellerId: string | null },
  lines: readonly UsageLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql.query(
    `insert into usage_lines (account_id, day, line, reseller_id, category, country, price, wholesale,
       cost, charged, refunded, reversed)
     select $1, day, line, $2, category, country, price, wholesale, cost, charged, refunded, reversed
     from json_to_recordset($3) as r(day date, line int, category text, country text, price bigint,
       wholesale bigint, cost bigint, charged int, refunded int, reversed int)`,
    [
      account.accountId,
      account.resellerId,
      formatJson(
        lines.map((line, index) => ({
          ...line,
          line: index + 1,
          price: String(line.price),
          wholesale: line.wholesale === null ? null : String(line.wholesale),
          cost: String(line.cost),
        })),
      ),
    ],
  );
}

/** Accounts with days before `until` that are not counted, by id, page by page. */
export async function listCountedAccounts(
  sql: Queryable,
  page: { until: string; after: string | null; limit: number },
): Promise<{ accountId: string; parentId: string | null }[]> {
  const { rows } = await sql.query<{ accountId: string; parentId: string | null }>(
    `select a.account_id as "accountId", a.parent_id as "parentId" from accounts a
     left join usage_progress p on p.account_id = a.account_id
     where ($1::uuid is null or a.account_id > $1)
       and (p.counted_until is null or p.counted_until < $3)
     order by a.account_id limit $2`,
    [page.after, page.limit, page.until],
  );
  return rows;
}

/** What a report tells the sum of. */
export const USAGE_GROUPS = ["day", "account", "category", "country"] as const;

/** One of {@link USAGE_GROUPS}. */
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** Whose days, and which. Days are `YYYY-MM-DD`, `to` not included. */
export interface UsageSpan {
  /** Null: of all. */
  accountId: string | null;
  /** Customers of this reseller alone; null: everybody. */
  resellerId: string | null;
  from: string;
  to: string;
}

/** Counted days, each line with its account; at most `limit`. */
export async function listUsage(
  sql: Queryable,
  span: UsageSpan,
  limit: number,
): Promise<(UsageLine & { accountId: string })[]> {
  const { rows } = await sql.query<UsageLine & { accountId: string }>(
    `select account_id as "accountId", to_char(day, 'YYYY-MM-DD') as day, category, country, price,
       wholesale, cost, charged, refunded, reversed
     from usage_lines
     where day >= $3 and day < $4 and ($1::uuid is null or account_id = $1)
       and ($2::uuid is null or reseller_id = $2)
     order by day, account_id, line limit $5`,
    [span.accountId, span.resellerId, span.from, span.to, limit],
  );
  return rows;
}

/** Accounts whose money has moved since the first of their days that is not counted, and that day. */
export async function findUncounted(
  sql: Queryable,
  span: UsageSpan,
): Promise<{ accountId: string; parentId: string | null; from: string }[]> {
  const { rows } = await sql.query<{ accountId: string; parentId: string | null; from: string }>(
    `select a.account_id as "accountId", a.parent_id as "parentId",
       to_char(greatest(p.counted_until, $3::date), 'YYYY-MM-DD') as "from"
     from accounts a join wallets w on w.account_id = a.account_id
     left join usage_progress p on p.account_id = a.account_id
     where ($1::uuid is null or a.account_id = $1) and ($2::uuid is null or a.parent_id = $2)
       and (p.counted_until is null or p.counted_until < $4::date)
       and w.updated_at at time zone 'UTC' >= greatest(p.counted_until, $3::date)`,
    [span.accountId, span.resellerId, span.from, span.to],
  );
  return rows;
}
