/*
 * What PostgreSQL leaves open, the simulation settles, or a seed would go another way after other seeds: in which order rows come
 * that are due at the same moment, or that no order was asked for. PostgreSQL takes them as they lie in its files.
 */

/** A statement as the product gives it. */
export type Statement = string | { name?: string; text: string; values?: unknown[] };

/** What a statement gave. */
export interface SqlResult {
  command: string;
  rowCount: number | null;
  rows: unknown[];
}

const TIES: readonly (readonly [RegExp, string])[] = [
  [/order by ([md])\.due_at limit/gu, "order by $1.due_at, $1.id limit"],
  [
    /order by account_id, endpoint_id, due_at limit/gu,
    "order by account_id, endpoint_id, due_at, id limit",
  ],
];

const known = new Map<string, { name: string; text: string }>();

/**
 * The statement with the order of its rows settled, and named: one that the product does not name is prepared too, since
 * planning it each time costs more than running it.
 */
export function settleText(statement: Statement): Statement {
  if (typeof statement === "string") return statement;
  const { text } = statement;
  let settled = known.get(text);
  if (!settled) {
    const whole = TIES.reduce((before, [tie, by]) => before.replaceAll(tie, by), text);
    settled = { name: statement.name ?? `simulate ${known.size}`, text: whole };
    known.set(text, settled);
  }
  return { ...statement, ...settled };
}

/** Sorts rows that no order was asked for. */
export function settleRows(text: string, result: SqlResult): void {
  if (!result.rows || result.rows.length < 2) return;
  if (!/^\s*select\b/u.test(text) || /\border by\b/u.test(text)) return;
  const keyed = result.rows.map((row) => ({ row, key: JSON.stringify(row, formatBigint) }));
  keyed.sort((one, two) => (one.key < two.key ? -1 : 1));
  result.rows = keyed.map(({ row }) => row);
}

function formatBigint(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
