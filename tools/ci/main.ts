/** `.ci/run`'s larger half: checks, tests and end-to-end tests, and the sum of their numbers as the last line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf, formatTotals, runStages, type Stage } from "./run-stages.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "recado-ci-"));
const minuteMs = 60_000;

/** What `node --test` must be told to leave its numbers at `path`. */
const counting = (path: string): string[] => [
  "--test-reporter=spec",
  "--test-reporter-destination=stdout",
  "--test-reporter=./tools/ci/count-reporter.mjs",
  `--test-reporter-destination=${path}`,
];
const checks = join(folder, "checks.json");
const audit = join(folder, "audit.json");
const tests = join(folder, "tests.json");
const e2e = join(folder, "e2e.json");
const chaos = join(folder, "chaos.json");
const oldest = join(folder, "oldest.json");
/** PostgreSQL 15's programs, where .ci/run found or installed them; empty: nowhere. */
const oldestBin = process.env.POSTGRES_15_BIN ?? "";

/** Seeds of the simulation that every change is held against. */
const SEEDS = 300;

function simulation(from: number, seeds: number): Stage {
  const countsPath = join(folder, `seeds-${from}.json`);
  return {
    name: `npm run simulate, from seed ${from}`,
    args: [
      "--disable-warning=ExperimentalWarning",
      ...["tools/simulate/main.ts", "--from", `${from}`, "--seeds", `${seeds}`],
      ...["--counts", countsPath],
    ],
    countsPath,
    limitMs: 4 * minuteMs,
  };
}

const stages: (Stage | Stage[])[] = [
  {
    name: "npm run check",
    args: ["--disable-warning=ExperimentalWarning", "tools/check/main.ts", "--counts", checks],
    countsPath: checks,
    limitMs: 2 * minuteMs,
  },
  {
    name: "audit of the dependencies",
    args: ["--disable-warning=ExperimentalWarning", "tools/audit/main.ts", "--counts", audit],
    countsPath: audit,
    limitMs: 2 * minuteMs,
  },
  {
    name: "npm test",
    args: ["tools/bootstrap/test.mjs", ...counting(tests)],
    countsPath: tests,
    limitMs: 9 * minuteMs,
  },
  // A simulation uses one processor at a time.
  [simulation(1, SEEDS / 2), simulation(SEEDS / 2 + 1, SEEDS / 2)],
  {
    name: "end to end",
    args: ["tools/ci/e2e.mjs", ...counting(e2e)],
    countsPath: e2e,
    limitMs: 18 * minuteMs,
  },
  {
    name: "chaos, the short way",
    args: [
      "--disable-warning=ExperimentalWarning",
      "e2e/chaos/main.ts",
      "--short",
      // A few, for time; all of them are `npm run chaos`.
      ...["--only", "kill-postmaster,full-disk,cut-provider", "--mixed", "1"],
      "--counts",
      chaos,
    ],
    countsPath: chaos,
    limitMs: 5 * minuteMs,
  },
  // Last: what is broken on every version has been said by then.
  ...(oldestBin === ""
    ? []
    : [
        {
          // Where statements and money are; the whole suite is `npm test -- --postgres`, too long to stand here as well.
          name: "tests of storage and money on PostgreSQL 15",
          args: [
            "tools/bootstrap/test.mjs",
            "--database",
            "--postgres",
            oldestBin,
            ...["storage", "wallet"].map((name) => `packages/server/src/${name}`),
            ...counting(oldest),
          ],
          countsPath: oldest,
          limitMs: 6 * minuteMs,
        },
      ]),
];

if (oldestBin === "") console.log("PostgreSQL 15 is not here: what runs on it is LEFT OUT");
const totals = await runStages(stages, { cwd: root, say: console.log });
rmSync(folder, { recursive: true, force: true });
if (totals.skipped > 0) console.log(`\n${totals.skipped} skipped`);
console.log(`\n${formatTotals(totals)}`);
process.exitCode = exitCodeOf(totals);
