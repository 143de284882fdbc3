import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { planRuns, sumCounts } from "./plan-e2e.mjs";

const FILES = [
  "e2e/specs/api/kill.test.ts",
  "e2e/specs/api/limits.test.ts",
  "e2e/specs/cli/a.test.ts",
];
const FLAGS = [
  "--test-reporter=spec",
  "--test-reporter-destination=stdout",
  "--test-reporter=count",
];

test("every file runs once: what kills programs by itself, the rest three at a time", () => {
  const runs = planRuns(FILES, FLAGS, "/x");
  assert.deepEqual(
    runs.map(({ args }) => args.filter((arg) => !arg.includes("reporter"))),
    [
      ["--test-concurrency=1", FILES[0]],
      ["--test-concurrency=3", FILES[1], FILES[2]],
    ],
  );
  assert.equal(planRuns(FILES.slice(1), [], "/x").length, 1);
});

test("the numbers of all runs become one sum, and none when a run left none", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "recado-plan-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const wanted = join(folder, "sum.json");
  const runs = planRuns(FILES, [...FLAGS, `--test-reporter-destination=${wanted}`], folder);
  const [first, second] = runs.map(({ counts }) => counts ?? "");
  assert.ok(
    runs.every(({ args, counts }) => args.includes(`--test-reporter-destination=${counts}`)),
  );
  writeFileSync(first ?? "", JSON.stringify({ passed: 2, failed: 1, skipped: 0 }));
  sumCounts(runs);
  assert.ok(!existsSync(wanted));
  writeFileSync(second ?? "", JSON.stringify({ passed: 3, failed: 0, skipped: 4 }));
  sumCounts(runs);
  assert.deepEqual(JSON.parse(readFileSync(wanted, "utf8")), { passed: 5, failed: 1, skipped: 4 });
});
