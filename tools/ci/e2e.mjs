/**
 * `npm run e2e [-- [--postgres <folder of programs>] <flag of node --test>…]`: installs and builds what is missing, then tries
 * the product from outside. Each file starts a product, and a browser, on a copy of one that was started and stopped once. Three
 * files run at a time; those that kill programs or look at the clock come first, alone. With `--postgres` each product gets a
 * PostgreSQL of those programs by DATABASE_URL, instead of the embedded one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileCacheOf } from "../bootstrap/ensure-compiled.mjs";
import { ensureInstalled } from "../bootstrap/ensure-installed.mjs";
import { ensurePagesBuilt } from "../bootstrap/ensure-pages-built.mjs";
import { testsBelow } from "../bootstrap/find-tests.mjs";
import { readTestArguments } from "../bootstrap/read-test-arguments.mjs";
import { runInForeground } from "../bootstrap/run-in-foreground.mjs";
import { planRuns, sumCounts } from "./plan-e2e.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const quiet = "--disable-warning=ExperimentalWarning";
const lingering = pathToFileURL(join(root, "tools", "bootstrap", "end-lingering-file.mjs")).href;
/** A product and a browser have to be stopped after the last test. */
const RECADO_TEST_LINGER_MS = "90000";

async function main(args) {
  const { postgresBin, flags, wanted } = readTestArguments(args);
  if (postgresBin !== null) process.env.TEST_POSTGRES_BIN = postgresBin;
  const node = await ensureInstalled(root);
  await ensurePagesBuilt(root, { node });
  const all = testsBelow(root, "e2e/specs").sort();
  const files =
    wanted.length === 0 ? all : all.filter((file) => wanted.some((name) => file.includes(name)));
  if (files.length === 0) throw new Error("there is no test like that in e2e/specs");
  const folder = mkdtempSync(join(tmpdir(), "recado-e2e-seed-"));
  try {
    const seed = join(folder, "data");
    const made = await runInForeground(node, [quiet, "e2e/make-seed.ts", seed], { cwd: root });
    if (made !== 0) throw new Error(`the product did not start, or not stop (${made})`);
    const own = { RECADO_E2E_SEED: seed, RECADO_TEST_LINGER_MS };
    const env = { ...process.env, ...compileCacheOf(root), ...own };
    return await runAll(node, { runs: planRuns(files, flags, folder), env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first code that is not 0; a signal ends them all. */
async function runAll(node, { runs, env }) {
  let worst = 0;
  for (const run of runs) {
    const args = ["--test", quiet, `--import=${lingering}`, ...run.args];
    const code = await runInForeground(node, args, { cwd: root, env });
    if (code > 128) return code;
    if (worst === 0) worst = code;
  }
  sumCounts(runs);
  return worst;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`recado: ${error.message}`);
  process.exit(1);
}
