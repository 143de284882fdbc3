import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatStatementCsv,
  type StatementFacts,
  subtractLines,
  writeStatement,
} from "./statement.ts";

const FACTS: StatementFacts = {
  accountId: "019abcde-0000-7000-8000-000000000000",
  name: "El Tornillo",
  month: "2026-11",
  timeZone: "America/Bogota",
  currency: "COP",
  startsAt: new Date("2026-11-01T05:00:00Z"),
  endsAt: new Date("2026-12-01T05:00:00Z"),
  closed: true,
  opening: 1_000_000n,
  lines: [
    { kind: "charge", category: "utility", count: 3, amount: -3_765_000n },
    { kind: "topup", category: null, count: 1, amount: 50_000_000n },
    { kind: "charge", category: "marketing", count: 1, amount: -950_000n },
    { kind: "refund", category: "utility", count: 1, amount: 1_255_000n },
  ],
  late: [{ kind: "refund", category: "marketing", count: 1, amount: 950_000n }],
};

test("a statement's opening and lines add up to its closing, whatever their order", () => {
  const document = writeStatement(FACTS);
  assert.deepEqual([document.opening_balance, document.closing_balance], ["100.00", "4849.00"]);
  assert.deepEqual(
    document.lines.map(({ kind, category, amount }) => [kind, category, amount]),
    [
      ["topup", null, "5000.00"],
      ["charge", "marketing", "-95.00"],
      ["charge", "utility", "-376.50"],
      ["refund", "utility", "125.50"],
    ],
  );
  assert.deepEqual([document.totals.charge, document.totals.refund], ["-471.50", "220.50"]);
  const shuffled = { ...FACTS, lines: FACTS.lines.toReversed() };
  assert.equal(JSON.stringify(writeStatement(shuffled)), JSON.stringify(document));
});

test("as CSV it has the same lines", () => {
  const rows = formatStatementCsv(writeStatement(FACTS)).split("\r\n");
  assert.equal(rows[0], "section,kind,category,count,amount");
  assert.equal(rows[1], "opening,,,,100.00");
  assert.equal(rows[2], "line,topup,,1,5000.00");
  assert.equal(rows.at(-3), "late,refund,marketing,1,95.00");
  assert.equal(rows.at(-2), "closing,,,,4849.00");
});

test("what came late is what is there now and was not told before", () => {
  const told = FACTS.lines;
  const charge = { kind: "charge", category: "utility", count: 4, amount: -5_020_000n };
  const now = [
    ...told.filter(({ category, kind }) => kind !== "charge" || category !== "utility"),
    charge,
  ];
  assert.deepEqual(subtractLines(now, told), [
    { kind: "charge", category: "utility", count: 1, amount: -1_255_000n },
  ]);
  assert.deepEqual(subtractLines(told, told), []);
});

test("what is left of lines is what differs, in count or in amount, and what is gone counts below zero", () => {
  const line = (category: string | null, count: number, amount: bigint) => ({
    ...{ kind: "charge", category, count, amount },
  });
  const rest = subtractLines(
    [
      line("utility", 3, -30n),
      line("marketing", 1, -9n),
      line("service", 2, 0n),
      line(null, 1, -4n),
    ],
    [
      line("utility", 3, -30n),
      line("marketing", 1, -8n),
      line("service", 1, 0n),
      line("authentication", 1, -5n),
    ],
  );
  assert.deepEqual(rest, [
    line("marketing", 0, -1n),
    line("service", 1, 0n),
    line(null, 1, -4n),
    line("authentication", -1, 5n),
  ]);
});

test("lines of a kind come by category, those without one first, and reversals have a sum of their own", () => {
  const line = (kind: string, category: string | null, amount: bigint) => ({
    ...{ kind, category, count: 1, amount },
  });
  const lines = [
    line("refund-reversal", "utility", -10_000n),
    line("charge", "utility", -20_000n),
    line("charge", null, -30_000n),
    line("charge", "marketing", -40_000n),
  ];
  const document = writeStatement({ ...FACTS, lines, late: [] });
  assert.deepEqual(
    document.lines.map(({ kind, category }) => `${kind} ${category}`),
    ["charge null", "charge marketing", "charge utility", "refund-reversal utility"],
  );
  assert.equal(document.totals.refund_reversal, "-1.00");
  assert.equal(document.totals.charge, "-9.00");
  assert.match(formatStatementCsv(document), /line,charge,,1,-3.00\r\n/u);
});
