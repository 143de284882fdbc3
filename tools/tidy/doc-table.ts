import type { FileTree } from "../tree/file-tree.ts";
import type { Finding } from "./tidy-rule.ts";

/** A document with a table that has a row for each of `names`, the name in backticks in the first cell. */
export interface DocTable {
  path: string;
  names: string[];
}

const firstCell = /^\|\s*`([^`]+)`\s*\|/;

/**
 * Compares the rows of all tables in a document with what the code knows: a name without a row, a row
 * without a name and a second row for one name are findings, and so is a document that does not exist.
 */
export function checkDocTable(tree: FileTree, { path, names }: DocTable): Finding[] {
  if (!tree.paths.includes(path)) return [{ path, line: null, found: "the document is missing" }];
  const rows = tree.read(path).split("\n").flatMap(readRow);
  const documented = rows.map(({ name }) => name);
  const missing = names
    .filter((name) => !documented.includes(name))
    .map((name) => ({ path, line: null, found: `no row for ${name}` }));
  const surplus = rows
    .filter(({ name }, index) => !names.includes(name) || documented.indexOf(name) < index)
    .map(({ name, line }) => ({
      path,
      line,
      found: names.includes(name) ? `a second row for ${name}` : `the code knows no ${name}`,
    }));
  return [...missing, ...surplus];
}

function readRow(text: string, index: number): { name: string; line: number }[] {
  const name = firstCell.exec(text)?.[1];
  return name === undefined ? [] : [{ name, line: index + 1 }];
}
