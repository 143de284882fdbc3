import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatCell, formatMoment, formatRecord, formatTable, formatText } from "./table.ts";

describe("formatTable", () => {
  test("aligns texts to the left and numbers to the right, accents and all", () => {
    const rows = [
      { name: "Pérez", amount: "-125.50" },
      { name: "Ñ", amount: "3.00" },
    ];
    const table = formatTable(rows, [
      ["NAME", (row) => row.name],
      ["AMOUNT", (row) => row.amount],
    ]);
    assert.equal(table, "NAME    AMOUNT\nPérez  -125.50\nÑ         3.00\n");
  });
});

describe("formatRecord", () => {
  test("puts each field on a line of its own, whatever is in it", () => {
    assert.equal(formatRecord({ a: "x\ny", long: null }), "a     x y\nlong  -\n");
  });
});

describe("formatCell", () => {
  test("lets nothing through that a terminal obeys, and leaves emojis whole", () => {
    assert.equal(formatCell("a\u001b[2Jb\u009bc\u202ed\r\ne"), "a [2Jb c d e");
    assert.equal(formatCell("👩‍👩‍👧"), "👩‍👩‍👧");
  });

  test("cuts what is too long and names what is missing", () => {
    assert.equal(formatCell("x".repeat(300)).length, 201);
    assert.deepEqual([null, undefined, "", []].map(formatCell), ["-", "-", "-", "-"]);
    assert.deepEqual([true, false, 0, ["a", "b"]].map(formatCell), ["yes", "no", "0", "a b"]);
  });
});

describe("formatMoment", () => {
  test("drops what people do not read", () => {
    assert.equal(formatMoment("2026-11-22T15:00:03.120Z"), "2026-11-22 15:00:03Z");
    assert.equal(formatMoment(null), "-");
  });
});

test("a stranger's text keeps its lines and commands no terminal", () => {
  assert.equal(formatText('{\n"a":"\u001b[2J\u009b1m\u202ex\r"}'), '{\n"a":" [2J 1m x "}');
});
