/** Which test files `npm test` runs: all that need neither a browser nor a server outside of the test. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

const notOurs = new Set(["node_modules", "dist", "fixtures"]);

/**
 * The test files of the packages' sources and of the tools, as paths below `root`, sorted. With `wanted`, only
 * those that are one of these paths or lie below one.
 */
export function findTests(root, wanted = []) {
  const packages = foldersIn(join(root, "packages")).map((name) => join("packages", name, "src"));
  const all = [...packages, "tools"].flatMap((folder) => testsBelow(root, folder)).sort();
  const prefixes = wanted.map((path) => relative(root, join(root, path)));
  const isWanted = (file) =>
    prefixes.length === 0 ||
    prefixes.some((prefix) => file === prefix || prefix === "" || file.startsWith(prefix + sep));
  return all.filter(isWanted);
}

/** The test files below one folder of `root`. */
export function testsBelow(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : testsBelow(root, inner);
    return /\.test\.(ts|mjs)$/.test(entry.name) ? [inner] : [];
  });
}

function foldersIn(path) {
  const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
