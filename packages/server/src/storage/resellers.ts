import type { AccountRow, Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import type { DueSettlement } from "./settlements.ts";

/** Days from one to another, `YYYY-MM-DD`, UTC; `to` not included. */
export interface DaySpan {
  from: string;
  to: string;
}

/** A reseller, and what was settled with it in a span of days. Amounts in 1/10,000. */
export interface ResellerRow extends Pick<AccountRow, "name" | "state" | "currency"> {
  id: string;
  balance: bigint;
  customers: number;
  /** The first day that is not settled; null: none was looked at yet. */
  settledUntil: string | null;
  messages: number;
  resale: bigint;
  wholesale: bigint;
}

/** Accounts with customers or with an administrator's token of their own, newest first; `resellerId` confines them to that one. */
export async function listResellerRows(
  sql: Queryable,
  wanted: DaySpan & { resellerId: string | null },
  slice: Slice,
): Promise<ResellerRow[]> {
  const { rows } = await sql.query<ResellerRow>(
    `select a.account_id as id, a.name, a.state, a.currency, w.balance,
       (select count(*) from accounts c where c.parent_id = a.account_id)::int as customers,
       to_char(p.settled_until, 'YYYY-MM-DD') as "settledUntil", s.messages, s.resale, s.wholesale
     from accounts a
     join wallets w on w.account_id = a.account_id
     left join usage_progress p on p.account_id = a.account_id
     cross join lateral (
       select coalesce(sum(messages), 0)::int as messages, coalesce(sum(resale), 0)::bigint as resale,
         coalesce(sum(wholesale), 0)::bigint as wholesale
       from settlements where account_id = a.account_id and day >= $4 and day < $5
     ) s
     where ($1::uuid is null or a.account_id < $1) and ($3::uuid is null or a.account_id = $3)
       and a.parent_id is null and (
         exists (select from accounts c where c.parent_id = a.account_id)
         or exists (select from tokens t where t.account_id = a.account_id and t.kind = 'admin' and t.revoked_at is null))
     order by a.account_id desc limit $2`,
    [slice.before, slice.limit, wanted.resellerId, wanted.from, wanted.to],
  );
  return rows;
}

/** An account that a reseller owns. */
export interface CustomerRow extends Pick<AccountRow, "name" | "state" | "currency" | "createdAt"> {
  id: string;
  balance: bigint;
}

/** A reseller's customers, newest first. */
export async function listCustomers(
  sql: Queryable,
  resellerId: string,
  slice: Slice,
): Promise<CustomerRow[]> {
  const { rows } = await sql.query<CustomerRow>(
    `select a.account_id as id, a.name, a.state, a.currency, a.created_at as "createdAt", w.balance
     from accounts a join wallets w on w.account_id = a.account_id
     where a.parent_id = $3 and ($1::uuid is null or a.account_id < $1)
     order by a.account_id desc limit $2`,
    [slice.before, slice.limit, resellerId],
  );
  return rows;
}

/** Money that a reseller handed on; `id` is the cause. */
export interface AllocationRow {
  id: string;
  at: Date;
  accountId: string;
  accountName: string;
  amount: bigint;
  reference: string;
  note: string;
}

/** What a reseller handed on to its customers, newest first. Reads all top-ups of its customers, which people make by hand. */
export async function listAllocations(
  sql: Queryable,
  resellerId: string,
  slice: Slice,
): Promise<AllocationRow[]> {
  const { rows } = await sql.query<AllocationRow>(
    `select t.cause_id as id, t.created_at as at, t.account_id as "accountId", a.name as "accountName",
       t.amount, t.reference, t.note
     from accounts a join topups t on t.account_id = a.account_id
     where a.parent_id = $3 and t.from_account_id = $3 and ($1::uuid is null or t.cause_id < $1)
     order by t.cause_id desc limit $2`,
    [slice.before, slice.limit, resellerId],
  );
  return rows;
}

/** The settled days of a reseller in a span, oldest first. Amounts in 1/10,000. */
export async function listSettledDays(
  sql: Queryable,
  resellerId: string,
  span: DaySpan,
): Promise<DueSettlement[]> {
  const { rows } = await sql.query<DueSettlement>(
    `select to_char(day, 'YYYY-MM-DD') as day, messages, resale, wholesale from settlements
     where account_id = $1 and day >= $2 and day < $3 order by settlements.day`,
    [resellerId, span.from, span.to],
  );
  return rows;
}

/** The first day of a reseller that is not settled; null: none was looked at yet. */
export async function findSettledUntil(sql: Queryable, resellerId: string): Promise<string | null> {
  const { rows } = await sql.query<{ until: string }>(
    `select to_char(settled_until, 'YYYY-MM-DD') as until from usage_progress where account_id = $1`,
    [resellerId],
  );
  return rows[0]?.until ?? null;
}
