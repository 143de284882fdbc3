/**
 * `npm run e2e [-- [--postgres <folder of programs>] <flag of node --test>…]`: installs and builds what is missing, then tries
 * the product from outside, one file at a time: each starts a whole product, and a browser. With `--postgres` each
 * product gets a PostgreSQL of those programs by DATABASE_URL, instead of the embedded one.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "../bootstrap/ensure-installed.mjs";
import { ensurePagesBuilt } from "../bootstrap/ensure-pages-built.mjs";
import { testsBelow } from "../bootstrap/find-tests.mjs";
import { readTestArguments } from "../bootstrap/read-test-arguments.mjs";
import { runInForeground } from "../bootstrap/run-in-foreground.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const fixed = ["--test", "--test-concurrency=1", "--disable-warning=ExperimentalWarning"];

async function main(args) {
  const { postgresBin, flags, wanted } = readTestArguments(args);
  if (postgresBin !== null) process.env.TEST_POSTGRES_BIN = postgresBin;
  const node = await ensureInstalled(root);
  await ensurePagesBuilt(root, { node });
  const all = testsBelow(root, "e2e/specs").sort();
  const files =
    wanted.length === 0 ? all : all.filter((file) => wanted.some((name) => file.includes(name)));
  if (files.length === 0) throw new Error("there is no test like that in e2e/specs");
  return runInForeground(node, [...fixed, ...flags, ...files], { cwd: root });
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`recado: ${error.message}`);
  process.exit(1);
}
