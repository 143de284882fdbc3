import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * The test files of `tests` that reach one of `sources` by imports of their own package, whichever way round; absolute paths in and out.
 * What they reach over the network or through another package is not followed.
 */
export function findAskingTests(tests: readonly string[], sources: readonly string[]): string[] {
  const wanted = new Set(sources);
  return tests.filter((test) => [...listReached(test)].some((file) => wanted.has(file)));
}

/**
 * How far a test file stands from a source: 0 is named after it, 1 imports it, 2 is pure and in its folder, 3 in its folder, 4 elsewhere.
 * A near test is asked first: it is the one that should notice.
 */
export function measureDistance(test: string, source: string): number {
  const stem = basename(source, ".ts");
  const sameFolder = dirname(test) === dirname(source);
  if (sameFolder && basename(test).startsWith(`${stem}.`)) return 0;
  if (listImports(test).includes(source)) return 1;
  if (!sameFolder) return 4;
  return test.endsWith(".db.test.ts") ? 3 : 2;
}

/** Only our own relative imports end in `.ts`; that is a rule of the tree. */
const RELATIVE_IMPORT = /(?:from|import|import\()\s*"(\.{1,2}\/[^"]+\.ts)"/gu;

const known = new Map<string, readonly string[]>();

function listImports(file: string): readonly string[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const imports = [...readIfThere(file).matchAll(RELATIVE_IMPORT)].map(([, path]) =>
    resolve(join(dirname(file), path ?? "")),
  );
  known.set(file, imports);
  return imports;
}

function listReached(file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const next of reached) for (const imported of listImports(next)) reached.add(imported);
  return reached;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
