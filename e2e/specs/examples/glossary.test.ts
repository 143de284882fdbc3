import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../product/processes.ts";

const tables = readTables(
  readFileSync(join(ROOT, "packages/server/src/storage/schema.sql"), "utf8"),
);
const rows = readFileSync(join(ROOT, "docs/GLOSSARY.md"), "utf8")
  .split("\n")
  .filter(
    (line) => /^\|[^|]+\|[^|]+\|[^|]+\|[^|]+\|$/u.test(line) && !/^\| (---|word) \|/u.test(line),
  )
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("every table and column that the glossary names exists", () => {
  assert.ok(rows.length > 0 && tables.size > 0);
  const named = rows.flatMap((cells) => [
    ...(cells[4] ?? "").matchAll(/`([a-z_]+)(?:\.([a-z_]+))?`/gu),
  ]);
  const known = new Set([...tables.values()].flat());
  const wrong = named
    .filter(([, table = "", column]) => {
      if (column !== undefined) return !tables.get(table)?.includes(column);
      return !tables.has(table) && !known.has(table) && !VALUES.has(table);
    })
    .map(([name]) => name);
  assert.deepEqual(wrong, []);
});

test("no word of the glossary has two meanings", () => {
  const words = rows.flatMap((cells) => (cells[1] ?? "").split(", "));
  assert.deepEqual(
    words.filter((word, index) => words.indexOf(word) !== index),
    [],
  );
});

/** What stands in a column or is a type, and is no table. */
const VALUES = new Set(["in", "charge", "refund", "bigint", "bytea"]);

/** The columns of each table of the schema's page. */
function readTables(schema: string): Map<string, string[]> {
  const found = schema.matchAll(/^create (?:unlogged )?table (\w+) \(\n([\s\S]*?)\n\)/gmu);
  return new Map(
    [...found].map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/^ {2}(\w+) /gmu)].map((match) => match[1] ?? ""),
    ]),
  );
}
