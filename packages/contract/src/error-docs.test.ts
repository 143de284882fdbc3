import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ERROR_CODES } from "./error-codes.ts";
import { FAILURE_REASONS } from "./failure-codes.ts";
import { WS_OUTCOMES, WS_PRECEDENCE } from "./ws-codes.ts";

const DOCUMENT = new URL("../../../docs/errors.md", import.meta.url);
const sections = readSections(readFileSync(DOCUMENT, "utf8"));

test("docs/errors.md lists every HTTP problem of the code, and no other", () => {
  const documented = rowsOf("HTTP problems").map(([code]) => code);
  assert.deepEqual(documented.toSorted(), Object.keys(ERROR_CODES).toSorted());
});

test("docs/errors.md tells the status of each problem and whether to try again, as the code has them", () => {
  const documented = rowsOf("HTTP problems").map(([code, status, again]) => [code, status, again]);
  const known = Object.entries(ERROR_CODES).map(([code, { status, retryable }]) => [
    code,
    String(status),
    retryable ? "yes" : "no",
  ]);
  assert.deepEqual(documented.toSorted(), known.toSorted());
});

test("docs/errors.md lists the results of the ws API in the order in which they are tried, with their concepts", () => {
  const documented = rowsOf("Results of the `ws` API").map(([code, concept]) => [code, concept]);
  const order = [1, ...WS_PRECEDENCE] as const;
  assert.deepEqual(
    documented,
    order.map((code) => [String(code), WS_OUTCOMES[code].concept]),
  );
});

test("docs/errors.md lists every failure that the manual names, and no other", () => {
  const documented = rowsOf("Why an accepted message fails").map(([code]) => code);
  assert.deepEqual(documented.toSorted(), Object.keys(FAILURE_REASONS).toSorted());
});

test("every row of docs/errors.md has a cause, and every refusal a cure", () => {
  const rows = [...sections.values()].flat();
  assert.deepEqual(
    rows.filter((cells) => cells.slice(0, -1).includes("")),
    [],
  );
  assert.deepEqual(
    rows.filter((cells) => cells.at(-1) === "").map(([code]) => code),
    ["1"],
  );
});

function rowsOf(title: string): string[][] {
  const rows = sections.get(title);
  assert.ok(rows !== undefined && rows.length > 0, `there is no table under ${title}`);
  return rows;
}

/** The rows of each section's table whose first cell is a code in backticks, as their cells. */
function readSections(text: string): Map<string, string[][]> {
  const parts = text.split(/^## /mu).slice(1);
  return new Map(
    parts.map((part) => {
      const [title = "", ...lines] = part.split("\n");
      const rows = lines.filter((line) => /^\|\s*`[^`]+`\s*\|/u.test(line)).map(readCells);
      return [title.trim(), rows];
    }),
  );
}

function readCells(line: string): string[] {
  const [first = "", ...rest] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return [first.replaceAll("`", ""), ...rest];
}
