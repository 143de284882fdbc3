import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSettlementCsv, sumSettlements } from "./settlement-report.ts";

const DAYS = [
  { day: "2026-10-31", messages: 2, resale: 2_000_000n, wholesale: 1_200_000n },
  { day: "2026-11-01", messages: 3, resale: 3_000_000n, wholesale: 1_800_000n },
  { day: "2026-11-02", messages: -1, resale: -1_000_000n, wholesale: -600_001n },
];

test("a report by day tells each day, and one by month the sum of its days, with the same sum of all", () => {
  const byDay = sumSettlements(DAYS, "day");
  const byMonth = sumSettlements(DAYS, "month");
  assert.deepEqual(
    byDay.items.map(({ period }) => period),
    DAYS.map(({ day }) => day),
  );
  assert.deepEqual(byMonth.items, [
    { period: "2026-10", messages: 2, resale: 2_000_000n, wholesale: 1_200_000n },
    { period: "2026-11", messages: 2, resale: 2_000_000n, wholesale: 1_199_999n },
  ]);
  assert.deepEqual(byDay.totals, { messages: 4, resale: 4_000_000n, wholesale: 2_399_999n });
  assert.deepEqual(byMonth.totals, byDay.totals);
});

test("the file has one line for each period and ends with the sum, each amount exact", () => {
  assert.equal(
    formatSettlementCsv(sumSettlements(DAYS, "month"), "COP"),
    [
      "period,messages,resale,wholesale,margin,currency",
      "2026-10,2,200.00,120.00,80.00,COP",
      "2026-11,2,200.00,119.9999,80.0001,COP",
      "total,4,400.00,239.9999,160.0001,COP",
      "",
    ].join("\r\n"),
  );
});

test("without a settled day there is the sum of nothing", () => {
  assert.deepEqual(sumSettlements([], "month"), {
    items: [],
    totals: { messages: 0, resale: 0n, wholesale: 0n },
  });
});
