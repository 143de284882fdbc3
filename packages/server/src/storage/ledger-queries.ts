import type { TransferKind } from "../domain/ledger.ts";
import type { Queryable } from "./connect.ts";

/** One movement between two books of an account. Amounts in 1/10,000. */
export interface TransferView {
  /** The message, or the top-up, that caused it. */
  causeId: string;
  kind: TransferKind;
  debit: string;
  credit: string;
  amount: bigint;
  /** The wallet's balance right after. */
  balanceAfter: bigint;
  reference: string | null;
  at: Date;
}

/** Where a page of the ledger begins: right before this movement. */
export interface LedgerPlace {
  /** Microseconds since 1970: as exact as the database is. */
  atUs: bigint;
  causeId: string;
  kind: string;
}

const COLUMNS = `cause_id as "causeId", kind, debit, credit, amount,
  balance_after as "balanceAfter", reference, at`;

/** Movements of an account, newest first, each with its own place. */
export async function listTransfers(
  sql: Queryable,
  accountId: string,
  page: { before: LedgerPlace | null; limit: number; since?: Date | null; until?: Date | null },
): Promise<(TransferView & { atUs: bigint })[]> {
  const { rows } = await sql.query<TransferView & { atUs: bigint }>(
    `select ${COLUMNS}, (extract(epoch from at) * 1000000)::bigint as "atUs" from transfers
     where account_id = $1 and at > timestamptz '1970-01-01 00:00:00+00'
       and ($2::bigint is null or (at, cause_id, kind) <
         (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3::uuid, $4::text))
       and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
     order by at desc, cause_id desc, kind desc limit $5`,
    [
      accountId,
      page.before?.atUs ?? null,
      page.before?.causeId ?? null,
      page.before?.kind ?? null,
      page.limit,
      page.since ?? null,
      page.until ?? null,
    ],
  );
  return rows;
}

/** The movements that a message caused, in order. */
export async function listTransfersOf(
  sql: Queryable,
  cause: { accountId: string; id: string },
): Promise<TransferView[]> {
  const { rows } = await sql.query<TransferView>(
    `select ${COLUMNS} from transfers where account_id = $1 and cause_id = $2 order by at, kind`,
    [cause.accountId, cause.id],
  );
  return rows;
}

/** What an account's wallet holds; 0 before anything was paid in. */
export async function findBalance(sql: Queryable, accountId: string): Promise<bigint> {
  const { rows } = await sql.query<{ balance: bigint }>(
    "select balance from wallets where account_id = $1",
    [accountId],
  );
  return rows[0]?.balance ?? 0n;
}
