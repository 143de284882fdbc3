import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseOptOutList } from "./opt-out-list.ts";

function read(text: string): string[] {
  const parsed = parseOptOutList(text);
  assert.ok(parsed.kind === "people", JSON.stringify(parsed));
  return parsed.people.map(({ line, mobile, note }) => `${line} ${mobile} ${note}`.trim());
}

describe("an imported list", () => {
  test("is read as CSV, with any of the usual separators, a heading or none, quotes and a mark", () => {
    assert.deepEqual(read("\uFEFFmobile,note\r\n573001234567,pidió\r\n\r\n573001234568\r\n"), [
      "2 573001234567 pidió",
      "4 573001234568",
    ]);
    assert.deepEqual(read('"+57 300 123-4567";"di ""no"""'), ['1 573001234567 di "no"']);
    assert.deepEqual(read("573001234567\tx"), ["1 573001234567 x"]);
  });

  test("is read as JSON: numbers, texts or objects; what is none of them is an empty number", () => {
    const list = [
      573001234567,
      "+57 3001234568",
      { mobile: "573001234569", note: "n" },
      null,
      [],
      {},
    ];
    assert.deepEqual(read(JSON.stringify(list)), [
      "1 573001234567",
      "2 573001234568",
      "3 573001234569 n",
      "4",
      "5",
      "6",
    ]);
  });

  test("that is empty, broken or no list is not read at all", () => {
    for (const text of ["", " \n ", "[1", '{"a":1}', "\uFEFF"]) {
      assert.equal(parseOptOutList(text).kind, "unreadable", text);
    }
  });

  test("is bounded: long numbers and notes are cut, control characters are blanks", () => {
    const [line = ""] = read(`${"9".repeat(100)},${"x".repeat(500)}\u0007`);
    assert.equal(line, `1 ${"9".repeat(20)} ${"x".repeat(200)}`);
  });
});

test("a list that cannot be read says why", () => {
  const why = (text: string) => {
    const parsed = parseOptOutList(text);
    return parsed.kind === "unreadable" ? parsed.why : null;
  };
  assert.equal(why(" \n"), "the list is empty");
  assert.equal(why("[1,"), "it begins like JSON and is none");
  assert.equal(why('{"mobile":1}'), "JSON must be a list");
});

test("columns lose their blanks within and around the quotes, numbers the signs in them, notes what controls", () => {
  assert.deepEqual(read('  " 573001234567 " , " di no "'), ["1 573001234567 di no"]);
  assert.deepEqual(read('" +57 (300) 123-45.67 ";x'), ["1 573001234567 x"]);
  assert.deepEqual(read(JSON.stringify([{ mobile: " +57300 ", note: "a\u0000b" }])), [
    "1 57300 a b",
  ]);
  assert.deepEqual(read(`${"1".repeat(30)};${"n".repeat(300)}`), [
    `1 ${"1".repeat(20)} ${"n".repeat(200)}`,
  ]);
});

test("only the first line can be a heading, and a line of blanks is none", () => {
  assert.deepEqual(read("mobile\nnombre\n  \n573001234567"), ["2 nombre", "4 573001234567"]);
});
