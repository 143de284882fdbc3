import { type Settled, type SettledPeriod, sumSettlements } from "../domain/settlement-report.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { type DaySpan, findSettledUntil, listSettledDays } from "../storage/resellers.ts";

/** What was settled with a reseller. */
export interface SettlementReport {
  items: SettledPeriod[];
  totals: Settled;
  /** The first day that is not settled; null: none was looked at yet. */
  settledUntil: string | null;
}

/** The settlements of a span of days, and how far they go: what was settled up to there is told whole. */
export function reportSettlements(
  pool: Database,
  resellerId: string,
  { by, ...span }: DaySpan & { by: "day" | "month" },
): Promise<SettlementReport> {
  return withTransaction(
    pool,
    async (sql) => {
      const settledUntil = await findSettledUntil(sql, resellerId);
      return { ...sumSettlements(await listSettledDays(sql, resellerId, span), by), settledUntil };
    },
    { isolation: "repeatable read" },
  );
}
