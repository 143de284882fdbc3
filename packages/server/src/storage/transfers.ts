import type { PlannedTransfer, StoredTransfer, TransferKind } from "../domain/ledger.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { ledgerMoment } from "./ledger-clock.ts";

/** Locks these wallets, in one order for all, and reads their balances. */
export async function lockBalances(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await sql.query<{ account_id: string; balance: bigint }>({
    name: "lock-balances",
    text: `select account_id, balance from wallets
           where account_id = any($1::uuid[]) order by account_id for update`,
    values: [accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.balance]));
}

/** A wallet's balance; 0 when there is no wallet. */
export async function findBalance(sql: Queryable, accountId: string): Promise<bigint> {
  const { rows } = await sql.query<{ balance: bigint }>({
    name: "find-balance",
    text: "select balance from wallets where account_id = $1",
    values: [accountId],
  });
  return rows[0]?.balance ?? 0n;
}

/** Every transfer with one of these causes. Complete while the wallets are locked. */
export async function findTransfersOf(
  sql: Queryable,
  causes: readonly { accountId: string; causeId: string }[],
): Promise<StoredTransfer[]> {
  const { rows } = await sql.query<{
    account_id: string;
    cause_id: string;
    kind: TransferKind;
    amount: bigint;
  }>({
    name: "find-transfers-of",
    text: `select t.account_id, t.cause_id, t.kind, t.amount
           from unnest($1::uuid[], $2::uuid[]) as c(account_id, cause_id)
           join transfers t on t.account_id = c.account_id and t.cause_id = c.cause_id`,
    values: [causes.map((cause) => cause.accountId), causes.map((cause) => cause.causeId)],
  });
  return rows.map((row) => ({
    accountId: row.account_id,
    causeId: row.cause_id,
    kind: row.kind,
    amount: row.amount,
  }));
}

/** Stores transfers, in their order, and sets the wallets to the balance after the last of each account. */
export async function insertTransfers(
  sql: Queryable,
  planned: readonly PlannedTransfer[],
  detail: { at: Date; reference?: string },
): Promise<void> {
  const last = new Map(planned.map((transfer) => [transfer.accountId, transfer.balanceAfter]));
  await sql.query({
    name: "insert-transfers",
    text: `with clocks as (
             select w.account_id, ${ledgerMoment("$3::timestamptz")} as began
             from wallets w where w.account_id = any($4::uuid[])
           ), made as (
             insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, reference, at)
             select account_id, cause_id, kind, debit, credit, amount, balance_after, $2,
               c.began + r.position * interval '1 microsecond'
             from json_to_recordset($1) as r(account_id uuid, cause_id uuid, kind text, debit text,
               credit text, amount bigint, balance_after bigint, position int)
             join clocks c using (account_id)
             returning account_id, at
           )
           update wallets w set balance = l.balance,
             updated_at = (select max(m.at) from made m where m.account_id = w.account_id)
           from unnest($4::uuid[], $5::bigint[]) as l(account_id, balance)
           where w.account_id = l.account_id`,
    values: [
      formatJson(planned.map(formatTransfer)),
      detail.reference ?? null,
      detail.at,
      [...last.keys()],
      [...last.values()],
    ],
  });
}

/** An account whose books do not agree with its wallet, and by how much. */
export interface WalletDifference {
  accountId: string;
  balance: bigint;
  /** What the wallet's transfers add up to. */
  sum: bigint;
}

/** Accounts whose balance is not the sum of their transfers; none, in a right world. */
export async function findWalletDifferences(sql: Queryable): Promise<WalletDifference[]> {
  const { rows } = await sql.query<{ account_id: string; balance: bigint; sum: bigint }>(
    `select w.account_id, w.balance, coalesce(t.sum, 0)::bigint as sum
     from (
       select a.account_id, coalesce(w.balance, 0) as balance
       from accounts a left join wallets w on w.account_id = a.account_id
     ) w
     left join (
       select account_id,
         sum(case when credit = 'wallet' then amount when debit = 'wallet' then -amount else 0 end) as sum
       from transfers group by account_id
     ) t on t.account_id = w.account_id
     where w.balance <> coalesce(t.sum, 0)`,
  );
  return rows.map((row) => ({ accountId: row.account_id, balance: row.balance, sum: row.sum }));
}

/** Messages whose money does not agree with their fate. */
export interface MessageDifference {
  accountId: string;
  messageId: string;
  why: string;
}

/**
 * Outgoing messages without their one charge (but for those that are held for want of money, or ended so), with a charge that is not their price, failed without a
 * refund, or refunded without having failed; and charges and refunds without a message. Reads the two in one snapshot; at most 1,000 rows.
 */
export async function findMessageDifferences(sql: Queryable): Promise<MessageDifference[]> {
  const { rows } = await sql.query<{ account_id: string; id: string; why: string }>(
    `select account_id, id, why from (
       select m.account_id, m.id,
         case
           when c.amount is null and not m.refunded and m.status in ('held', 'failed', 'cancelled') then null
           when m.status = 'held' then 'charged while it is held'
           when c.amount is null then 'no charge'
           when c.amount <> m.price then 'charged another amount than its price'
           when m.status in ('failed', 'cancelled') and (r.amount is null or b.amount is not null) then 'failed, not refunded'
           when m.status not in ('failed', 'cancelled') and r.amount is not null and b.amount is null then 'refunded, not failed'
           when r.amount <> c.amount or b.amount <> r.amount then 'refunded another amount'
         end as why
       from messages m
       left join transfers c on c.account_id = m.account_id and c.cause_id = m.id and c.kind = 'charge'
       left join transfers r on r.account_id = m.account_id and r.cause_id = m.id and r.kind = 'refund'
       left join transfers b on b.account_id = m.account_id and b.cause_id = m.id and b.kind = 'refund-reversal'
       where m.direction = 'out'
     ) found where why is not null
     union all
     select t.account_id, t.cause_id, t.kind || ' without a message that went out'
     from transfers t
     left join messages m on m.account_id = t.account_id and m.id = t.cause_id and m.direction = 'out'
     where t.kind in ('charge', 'refund', 'refund-reversal') and m.id is null
     limit 1000`,
  );
  return rows.map((row) => ({ accountId: row.account_id, messageId: row.id, why: row.why }));
}

/** Remembers a top-up by the operator's reference; false when that reference was used before. */
export async function insertTopup(
  sql: Queryable,
  topup: {
    accountId: string;
    reference: string;
    causeId: string;
    amount: bigint;
    note: string;
    createdBy: string | null;
    /** The reseller whose wallet paid; absent: money from outside. */
    fromAccountId?: string;
    at: Date;
  },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into topups
       (account_id, reference, cause_id, amount, note, created_by, created_at, from_account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      topup.accountId,
      topup.reference,
      topup.causeId,
      topup.amount,
      topup.note,
      topup.createdBy,
      topup.at,
      topup.fromAccountId ?? null,
    ],
  );
  return rowCount === 1;
}

/** A top-up by its reference, or null. */
export async function findTopup(
  sql: Queryable,
  accountId: string,
  reference: string,
): Promise<{ amount: bigint; fromAccountId: string | null } | null> {
  const { rows } = await sql.query<{ amount: bigint; fromAccountId: string | null }>(
    'select amount, from_account_id as "fromAccountId" from topups where account_id = $1 and reference = $2',
    [accountId, reference],
  );
  return rows[0] ?? null;
}

function formatTransfer(transfer: PlannedTransfer, index: number) {
  return {
    position: index + 1,
    account_id: transfer.accountId,
    cause_id: transfer.causeId,
    kind: transfer.kind,
    debit: transfer.debit,
    credit: transfer.credit,
    amount: String(transfer.amount),
    balance_after: String(transfer.balanceAfter),
  };
}
