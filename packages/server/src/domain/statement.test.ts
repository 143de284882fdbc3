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
