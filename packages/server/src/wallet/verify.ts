import type { Database } from "../storage/connect.ts";
import { allowScans, withTransaction } from "../storage/connect.ts";
import { findResaleDifferences, type ResaleDifference } from "../storage/settlements.ts";
import { findStatementDifferences, type StatementDifference } from "../storage/statements.ts";
import {
  findMessageDifferences,
  findWalletDifferences,
  type MessageDifference,
  type WalletDifference,
} from "../storage/transfers.ts";

/** What the check found; both lists are empty when every cent is in its place. */
export interface WalletReport {
  wallets: WalletDifference[];
  messages: MessageDifference[];
}

/**
 * Proves the books: every balance is the sum of its transfers, and every message that went out has its
 * one charge, with a refund if and only if it failed. Reads one snapshot; safe under load.
 */
export function verifyWallets(pool: Database): Promise<WalletReport> {
  return withTransaction(
    pool,
    async (sql) => {
      await allowScans(sql);
      return {
        wallets: await findWalletDifferences(sql),
        messages: await findMessageDifferences(sql),
      };
    },
    { isolation: "repeatable read" },
  );
}

/** Everything that can be proven of the books; all lists are empty when every cent is in its place. */
export interface BooksReport extends WalletReport {
  /** Resellers' days, settlements and money handed on. */
  resale: ResaleDifference[];
  /** Months that were closed. */
  statements: StatementDifference[];
}

/** As {@link verifyWallets}, and the books that are made of these: counted days, settlements, statements. */
export function verifyBooks(pool: Database): Promise<BooksReport> {
  return withTransaction(
    pool,
    async (sql) => {
      await allowScans(sql);
      return {
        wallets: await findWalletDifferences(sql),
        messages: await findMessageDifferences(sql),
        resale: await findResaleDifferences(sql),
        statements: await findStatementDifferences(sql),
      };
    },
    { isolation: "repeatable read" },
  );
}
