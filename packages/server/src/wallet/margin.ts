import { countKept, type UsageLine } from "../domain/usage.ts";
import { AppError } from "../platform/app-error.ts";
import { findAccountNames } from "../storage/accounts.ts";
import { allowScans, type Database, withTransaction } from "../storage/connect.ts";
import { findUncounted, listUsage, type UsageGroup, type UsageSpan } from "../storage/usage.ts";
import { countUsage } from "./count-usage.ts";

/** What a report can be broken down by. */
export type MarginGroup = UsageGroup;

/** A line of the report. Amounts in 1/10,000. */
export interface MarginLine {
  currency: string;
  /** The parts that were asked for; the others are null. */
  day: string | null;
  accountId: string | null;
  accountName: string | null;
  category: string | null;
  country: string | null;
  charged: number;
  refunded: number;
  reversed: number;
  /** What the one who asks earned. */
  revenue: bigint;
  /** What it paid for that. */
  cost: bigint;
}

/** Whose margin, of which days, by what. */
export interface MarginQuestion extends UsageSpan {
  groups: readonly UsageGroup[];
  /** The operator's: what direct accounts and resellers pay, less its cost. The reseller's: what its customers pay, less what it pays. */
  perspective: "operator" | "reseller";
}

/** More than this is no report that anybody reads; the question is to be narrowed. */
const LINES_MAX = 200_000;

/**
 * What was earned and what it cost, day by day as the ledger has it. Days that are not counted yet are counted while one
 * waits, and may change until they are over.
 */
export async function reportMargin(
  pool: Database,
  question: MarginQuestion,
): Promise<MarginLine[]> {
  const lines = await withTransaction(
    pool,
    async (sql) => {
      await allowScans(sql);
      const counted = await listUsage(sql, question, LINES_MAX + 1);
      const open: typeof counted = [];
      for (const { accountId, parentId, from } of await findUncounted(sql, question)) {
        const days = { from, to: question.to };
        const fresh = await countUsage(sql, { accountId, parentId }, days);
        open.push(...fresh.map((line) => ({ ...line, accountId })));
      }
      const found = [...counted, ...open];
      const ids = [...new Set(found.map((line) => line.accountId))];
      const names = await findAccountNames(sql, ids);
      return found.map((line) => ({ ...line, ...(names.get(line.accountId) ?? NAMELESS) }));
    },
    { isolation: "repeatable read" },
  );
  if (lines.length > LINES_MAX) {
    throw new AppError("invalid_request", "That is too much for one report: ask for fewer days.");
  }
  return sumUp(lines, question);
}

const NAMELESS = { name: "", currency: "" };

function sumUp(
  lines: readonly (UsageLine & { accountId: string; name: string; currency: string })[],
  { groups, perspective }: MarginQuestion,
): MarginLine[] {
  const sums = new Map<string, MarginLine>();
  for (const line of lines) {
    const part = <Value>(group: UsageGroup, value: Value) =>
      groups.includes(group) ? value : null;
    const head = {
      currency: line.currency,
      day: part("day", line.day),
      accountId: part("account", line.accountId),
      accountName: part("account", line.name),
      category: part("category", line.category),
      country: part("country", line.country),
    };
    const key = JSON.stringify(Object.values(head));
    const counts = { charged: 0, refunded: 0, reversed: 0 };
    const sum = sums.get(key) ?? { ...head, ...counts, revenue: 0n, cost: 0n };
    const kept = BigInt(countKept(line));
    const { wholesale, price, cost } = line;
    sum.charged += line.charged;
    sum.refunded += line.refunded;
    sum.reversed += line.reversed;
    sum.revenue += kept * (perspective === "operator" ? (wholesale ?? price) : price);
    sum.cost += kept * (perspective === "operator" ? cost : (wholesale ?? 0n));
    sums.set(key, sum);
  }
  return [...sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}
