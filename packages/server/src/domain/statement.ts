import { formatMoney } from "./money.ts";

/**
 * A month of a wallet, told so that its sums prove themselves: opening + lines + late lines = closing, and the closing is
 * the next one's opening. Amounts are what happened to the wallet, in 1/10,000: a charge is negative.
 */

/** What happened of one kind and category. */
export interface StatementLine {
  kind: string;
  /** Null for what no message caused. */
  category: string | null;
  count: number;
  amount: bigint;
}

/** What a statement is made of. */
export interface StatementFacts {
  accountId: string;
  name: string;
  month: string;
  timeZone: string;
  currency: string;
  startsAt: Date;
  /** The month's end; while it is not over, the moment of asking. */
  endsAt: Date;
  /** Whether it is told once and for all. */
  closed: boolean;
  opening: bigint;
  lines: readonly StatementLine[];
  /** Of the month before, written down after that was closed. */
  late: readonly StatementLine[];
}

/** A statement as it is given out: JSON with names as in `/v1`. */
export interface StatementDocument {
  account_id: string;
  account_name: string;
  month: string;
  time_zone: string;
  currency: string;
  starts_at: string;
  ends_at: string;
  closed: boolean;
  opening_balance: string;
  lines: { kind: string; category: string | null; count: number; amount: string }[];
  late_lines: { kind: string; category: string | null; count: number; amount: string }[];
  totals: Record<string, string>;
  closing_balance: string;
}

/** The balance at a statement's end. */
export function closingOf(facts: Pick<StatementFacts, "opening" | "lines" | "late">): bigint {
  return [...facts.lines, ...facts.late].reduce((sum, line) => sum + line.amount, facts.opening);
}

/** Writes a statement. The same facts give the same document, to the byte. */
export function writeStatement(facts: StatementFacts): StatementDocument {
  return {
    account_id: facts.accountId,
    account_name: facts.name,
    month: facts.month,
    time_zone: facts.timeZone,
    currency: facts.currency,
    starts_at: facts.startsAt.toISOString(),
    ends_at: facts.endsAt.toISOString(),
    closed: facts.closed,
    opening_balance: formatMoney(facts.opening),
    lines: facts.lines.toSorted(inOrder).map(formatLine),
    late_lines: facts.late.toSorted(inOrder).map(formatLine),
    totals: sumByKind([...facts.lines, ...facts.late]),
    closing_balance: formatMoney(closingOf(facts)),
  };
}

/** What is in `now` and was not in `before`, line by line. */
export function subtractLines(
  now: readonly StatementLine[],
  before: readonly StatementLine[],
): StatementLine[] {
  const rest = new Map(now.map((line) => [keyOf(line), { ...line }]));
  for (const line of before) {
    const left = rest.get(keyOf(line)) ?? { ...line, count: 0, amount: 0n };
    rest.set(keyOf(line), {
      ...left,
      count: left.count - line.count,
      amount: left.amount - line.amount,
    });
  }
  return [...rest.values()].filter((line) => line.count !== 0 || line.amount !== 0n);
}

const CSV_HEAD = "section,kind,category,count,amount";

/** A statement as CSV (RFC 4180), line by line as in the document. */
export function formatStatementCsv(document: StatementDocument): string {
  const { opening_balance, closing_balance, lines, late_lines } = document;
  const rows = [
    ["opening", "", "", "", opening_balance],
    ...lines.map((line) => ["line", ...cellsOf(line)]),
    ...late_lines.map((line) => ["late", ...cellsOf(line)]),
    ["closing", "", "", "", closing_balance],
  ];
  return [CSV_HEAD, ...rows.map((cells) => cells.join(","))].map((row) => `${row}\r\n`).join("");
}

const KINDS = [
  "topup",
  "adjustment",
  "allocation",
  "charge",
  "refund",
  "refund-reversal",
  "resale",
  "wholesale",
];

function sumByKind(lines: readonly StatementLine[]): Record<string, string> {
  const sums = KINDS.map((kind): [string, bigint] => [
    kind.replace("-", "_"),
    lines.reduce((sum, line) => (line.kind === kind ? sum + line.amount : sum), 0n),
  ]);
  return Object.fromEntries(sums.map(([kind, sum]) => [kind, formatMoney(sum)]));
}

function inOrder(left: StatementLine, right: StatementLine): number {
  const places = KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind);
  return places !== 0 ? places : (left.category ?? "") < (right.category ?? "") ? -1 : 1;
}

function formatLine({ kind, category, count, amount }: StatementLine) {
  return { kind, category, count, amount: formatMoney(amount) };
}

function cellsOf(line: StatementDocument["lines"][number]): string[] {
  return [line.kind, line.category ?? "", String(line.count), line.amount];
}

function keyOf(line: StatementLine): string {
  return `${line.kind} ${line.category ?? ""}`;
}
