import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** A day of a reseller, settled. Amounts in 1/10,000. */
export interface SettlementRow {
  accountId: string;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  /** Of the two movements in its ledger; one of nothing is not made. */
  causeId: string;
  /** Messages of its customers that were paid for in the end; below zero when more came back. */
  messages: number;
  /** What its customers paid. */
  resale: bigint;
  /** What it owes for it at its own prices. */
  wholesale: bigint;
  postedAt: Date;
}

/** What there is to settle of a day. */
export type DueSettlement = Pick<SettlementRow, "day" | "messages" | "resale" | "wholesale">;

const SUMS = `sum(charged - refunded + reversed)::int as messages,
  sum((charged - refunded + reversed) * price)::bigint as resale,
  sum((charged - refunded + reversed) * wholesale)::bigint as wholesale`;

/** The days of a reseller's customers from one to another, not included, that have something to settle. */
export async function listDueSettlements(
  sql: Queryable,
  resellerId: string,
  days: { from: string; to: string },
): Promise<DueSettlement[]> {
  const { rows } = await sql.query<DueSettlement>(
    `select to_char(day, 'YYYY-MM-DD') as day, ${SUMS} from usage_lines
     where reseller_id = $1 and day >= $2 and day < $3 group by day order by day`,
    [resellerId, days.from, days.to],
  );
  return rows;
}

/** The first day that is not counted yet among a reseller's customers; null when it has none. */
export async function findCustomersCountedUntil(
  sql: Queryable,
  resellerId: string,
): Promise<string | null> {
  const { rows } = await sql.query<{ until: string | null }>(
    `select to_char(min(coalesce(p.counted_until, (a.created_at at time zone 'UTC')::date)), 'YYYY-MM-DD') as until
     from accounts a left join usage_progress p on p.account_id = a.account_id
     where a.parent_id = $1`,
    [resellerId],
  );
  return rows[0]?.until ?? null;
}

/** Stores a settlement; false when that day is settled already. */
export async function insertSettlement(sql: Queryable, row: SettlementRow): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into settlements (account_id, day, cause_id, messages, resale, wholesale, posted_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [row.accountId, row.day, row.causeId, row.messages, row.resale, row.wholesale, row.postedAt],
  );
  return rowCount === 1;
}

/** Accounts that own others, by id. */
export async function listResellers(sql: Queryable): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "select distinct parent_id as id from accounts where parent_id is not null order by id",
  );
  return rows.map((row) => row.id);
}

/** Settlements of a reseller, newest first; `id` is the cause. */
export async function listSettlements(
  sql: Queryable,
  resellerId: string,
  slice: Slice,
): Promise<(SettlementRow & { id: string })[]> {
  const { rows } = await sql.query<SettlementRow & { id: string }>(
    `select account_id as "accountId", to_char(day, 'YYYY-MM-DD') as day, cause_id as "causeId",
       cause_id as id, messages, resale, wholesale, posted_at as "postedAt"
     from settlements where account_id = $1 and ($2::uuid is null or cause_id < $2)
     order by cause_id desc limit $3`,
    [resellerId, slice.before, slice.limit],
  );
  return rows;
}

/** Something in the books of resellers that does not agree. */
export interface ResaleDifference {
  accountId: string;
  what: string;
  why: string;
}

/**
 * Counted days that differ from their movements, settlements that differ from their counted days or from their own
 * movements, and money handed on without its counterpart; none, in a right world. Reads whole tables; at most 1,000 rows.
 */
export async function findResaleDifferences(sql: Queryable): Promise<ResaleDifference[]> {
  const { rows } = await sql.query<ResaleDifference>(
    `with counted as (
       select account_id, day, sum(charged * price) as charge, sum(refunded * price) as refund,
         sum(reversed * price) as reversal
       from usage_lines group by account_id, day
     ), moved as (
       select t.account_id, (t.at at time zone 'UTC')::date as day,
         sum(amount) filter (where kind = 'charge') as charge,
         sum(amount) filter (where kind = 'refund') as refund,
         sum(amount) filter (where kind = 'refund-reversal') as reversal
       from transfers t
       join usage_progress p on p.account_id = t.account_id
         and (t.at at time zone 'UTC')::date < p.counted_until
       where kind in ('charge', 'refund', 'refund-reversal') group by 1, 2
     ), due as (
       select reseller_id as account_id, day, ${SUMS} from usage_lines
       where reseller_id is not null group by 1, 2
     ), posted as (
       select account_id, cause_id,
         sum(case when debit = 'sales' then amount else -amount end) filter (where kind = 'resale') as resale,
         sum(case when credit = 'sales' then amount else -amount end) filter (where kind = 'wholesale') as wholesale
       from transfers where kind in ('resale', 'wholesale') group by 1, 2
     ), handed as (
       select account_id, cause_id, amount from transfers where kind = 'allocation'
     ), paid as (
       select t.from_account_id, t.cause_id, t.amount, t.account_id from topups t
       where t.from_account_id is not null
     )
     select coalesce(c.account_id, m.account_id) as "accountId",
       'day ' || coalesce(c.day, m.day) as what, 'counted otherwise than the ledger has it' as why
     from counted c full join moved m on m.account_id = c.account_id and m.day = c.day
     where coalesce(c.charge, 0) <> coalesce(m.charge, 0) or coalesce(c.refund, 0) <> coalesce(m.refund, 0)
       or coalesce(c.reversal, 0) <> coalesce(m.reversal, 0)
     union all
     select s.account_id, 'settlement of ' || s.day, 'differs from its customers'' counted day'
     from settlements s left join due d on d.account_id = s.account_id and d.day = s.day
     where s.resale <> coalesce(d.resale, 0) or s.wholesale <> coalesce(d.wholesale, 0)
     union all
     select d.account_id, 'day ' || d.day, 'is not settled, though later ones may be'
     from due d join usage_progress p on p.account_id = d.account_id and d.day < p.settled_until
     left join settlements s on s.account_id = d.account_id and s.day = d.day
     where s.day is null
     union all
     select coalesce(s.account_id, p.account_id), coalesce('settlement of ' || s.day, 'cause ' || p.cause_id),
       'its movements in the ledger differ'
     from settlements s full join posted p on p.account_id = s.account_id and p.cause_id = s.cause_id
     where coalesce(s.resale, 0) <> coalesce(p.resale, 0)
       or coalesce(s.wholesale, 0) <> coalesce(p.wholesale, 0)
     union all
     select coalesce(p.from_account_id, h.account_id), 'cause ' || coalesce(p.cause_id, h.cause_id),
       'was handed on, and did not arrive as it left'
     from paid p
     full join handed h on h.account_id = p.from_account_id and h.cause_id = p.cause_id
     left join transfers i on i.account_id = p.account_id and i.cause_id = p.cause_id and i.kind = 'topup'
     where p.amount is null or h.amount is null or h.amount <> p.amount or i.amount is distinct from p.amount
     limit 1000`,
  );
  return rows;
}
