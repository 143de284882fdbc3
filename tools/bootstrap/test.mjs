/**
 * `npm test [-- [--postgres <folder of programs>] [--database] <path or flag of node --test>…]`: installs what is missing and
 * runs every test that needs no browser and no outside server, two files at a time. With `--postgres` those with a database use
 * that PostgreSQL (15 or later) instead of the one that npm carries; with `--database` only those are run. Tests that read
 * Meta's own API description do so when META_OPENAPI names it.
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileCacheOf } from "./ensure-compiled.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { findTests } from "./find-tests.mjs";
import { readTestArguments } from "./read-test-arguments.mjs";
import { runInForeground } from "./run-in-foreground.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** No test and no hook may hang a run: it is ended and named long before CI gives up. Far above what the slowest needs. */
const testMsMax = 120_000;
/** Nor may a file whose tests are over, which that limit does not touch. */
const lingering = join(root, "tools", "bootstrap", "end-lingering-file.mjs");
const quiet = "--disable-warning=ExperimentalWarning";

async function main(args) {
  const { postgresBin, databaseOnly, flags, wanted } = readTestArguments(args);
  if (postgresBin !== null) process.env.TEST_POSTGRES_BIN = postgresBin;
  const node = await ensureInstalled(root);
  const found = findTests(root, wanted);
  const files = databaseOnly ? found.filter((file) => file.endsWith(".db.test.ts")) : found;
  if (files.length === 0) throw new Error("no test file is called that");
  const reporter = flags.some((flag) => flag.startsWith("--test-reporter"))
    ? []
    : ["--test-reporter=spec"];
  const fixed = [
    "--test",
    "--test-concurrency=2",
    `--test-timeout=${testMsMax}`,
    `--import=${pathToFileURL(lingering).href}`,
    quiet,
    ...reporter,
  ];
  // Each file is a process of its own: without the cache it strips the types of all that it imports, for most of its time.
  const env = { ...process.env, ...compileCacheOf(root) };
  const code = await runInForeground(node, [...fixed, ...flags, ...files], { cwd: root, env });
  await runInForeground(node, [quiet, "tools/bootstrap/stop-test-cluster.ts"], { cwd: root });
  return code;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`recado: ${error.message}`);
  process.exit(1);
}
