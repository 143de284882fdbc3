import { spawn } from "node:child_process";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { attachToCluster } from "../../packages/server/src/testkit/database-cluster.ts";
import { findAskingTests } from "./find-asking-tests.ts";
import type { NodeTestOptions } from "./node-test-runner.ts";

/*
 * `npm run mutate -- <area or file>… [--db] [--tests wallet] [--every 1] [--concurrency 1] [--budget-ms 10000]`: changes the code of an area
 * (domain, wallet, gateway) or of single files in small ways, one at a time, and asks the tests that run through the changed place
 * whether they notice: pure tests, and with `--db` those on a database too; of the three areas, or of the folder or files that `--tests` names.
 * `--every 5` judges each fifth mutant, always the same ones. The report is left in .cache/mutate/<name>.json; docs/mutation.md says more.
 */

const root = join(import.meta.dirname, "..", "..");
const SERVER = join(root, "packages", "server", "src");
const AREAS = ["domain", "wallet", "gateway"];
/** Words that people read, in tables: a changed word is no fault that a test could name. */
const WORD_TABLES = [
  "lint-words",
  "template-lint-words",
  "template-lint-button-words",
  "template-languages",
];
/** Not the tree's own code, or far too much of it to be copied for each run. */
const NOT_COPIED = ["data", "packages/console/dist", "packages/*/dist", "docs/images"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    db: { type: "boolean", default: false },
    tests: { type: "string", default: `{${AREAS.join(",")}}` },
    concurrency: { type: "string", default: "1" },
    every: { type: "string", default: "1" },
    "budget-ms": { type: "string", default: "10000" },
  },
});
const sources = positionals.flatMap(listSources);
if (sources.length === 0)
  throw new Error("name an area (domain, wallet, gateway) or a file of the server");
const name = positionals
  .map((given) => basename(given, ".ts"))
  .join("+")
  .slice(0, 60);
process.env.TEST_DATABASE_URL ??= values.db ? await attachToCluster() : "";
process.exitCode = await runStryker(writeConfig());

function listSources(given: string): string[] {
  const files = AREAS.includes(given) ? globSync(join(SERVER, given, "*.ts")) : [join(root, given)];
  const isCode = (file: string) =>
    !(file.endsWith(".test.ts") || WORD_TABLES.includes(basename(file, ".ts")));
  return files.filter(isCode).toSorted();
}

function listTests(): string[] {
  const wanted = values.tests.endsWith(".ts") ? values.tests : join(values.tests, "*.test.ts");
  const all = globSync(join(SERVER, wanted));
  const allowed = all.filter((file) => values.db || !file.endsWith(".db.test.ts"));
  return findAskingTests(allowed, sources).toSorted();
}

function writeConfig(): string {
  const folder = join(root, ".cache", "mutate");
  mkdirSync(folder, { recursive: true });
  const nodeTest: NodeTestOptions = {
    files: listTests().map((file) => relative(root, file)),
    memory: join(folder, `${name}-tests.json`),
    journal: join(folder, `${name}-judged.jsonl`),
    budgetMs: Number(values["budget-ms"]),
    every: Number(values.every),
  };
  rmSync(nodeTest.journal, { force: true });
  const config = {
    testRunner: "node-test",
    plugins: [join(import.meta.dirname, "node-test-runner.ts")],
    nodeTest,
    mutate: sources.map((file) => relative(root, file)),
    mutator: { excludedMutations: ["Regex"] },
    ignorePatterns: NOT_COPIED,
    coverageAnalysis: "perTest",
    concurrency: Number(values.concurrency),
    timeoutMS: 60_000,
    timeoutFactor: 2,
    dryRunTimeoutMinutes: 60,
    incremental: true,
    incrementalFile: join(folder, `${name}-every-${values.every}.json`),
    reporters: ["clear-text", "json", "progress-append-only"],
    clearTextReporter: { allowColor: false, logTests: false },
    jsonReporter: { fileName: join(folder, `${name}.json`) },
    tempDirName: ".cache/stryker",
    allowConsoleColors: false,
  };
  const file = join(folder, `${name}-config.json`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function runStryker(config: string): Promise<number> {
  const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const child = spawn(process.execPath, [stryker, "run", config], { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => child.kill("SIGINT"));
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
