import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { exitCodeOf, formatTotals, runStages, type Stage } from "./run-stages.ts";

const folder = mkdtempSync(join(tmpdir(), "recado-stages-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const quiet = { cwd: folder, say: () => {} };

function stage(name: string, script: string, limitMs = 60_000): Stage {
  const countsPath = join(folder, `${name}.json`);
  const prelude = `const leave = (x) => require("node:fs").writeFileSync(${JSON.stringify(countsPath)}, x);`;
  return { name, args: ["-e", prelude + script], countsPath, limitMs };
}

test("all stages run and their numbers are added up", async () => {
  const totals = await runStages(
    [
      stage("one", `leave('{"passed":5,"failed":2,"skipped":1}'); process.exit(1)`),
      stage("two", `leave('{"passed":7,"failed":0}')`),
    ],
    quiet,
  );
  assert.deepEqual(totals, { passed: 12, failed: 2, skipped: 1 });
  assert.equal(formatTotals(totals), "12 passed, 2 failed");
});

test("stages of one list run beside each other, and what each failed counts", async () => {
  // Each waits for the other's mark: one after the other would never end.
  const meet = (own: string, other: string) =>
    `const fs = require("node:fs"); fs.writeFileSync("${own}.here", "");
     const look = () => fs.existsSync("${other}.here")
       ? leave('{"passed":1,"failed":1}') : setTimeout(look, 10);
     look();`;
  const pair = [stage("left", meet("left", "right")), stage("right", meet("right", "left"))];
  const totals = await runStages([pair, stage("last", `leave('{"passed":1}')`)], quiet);
  assert.deepEqual(totals, { passed: 3, failed: 2, skipped: 0 });
});

const bad: Record<string, Stage> = {
  "crashes before it counts": stage("crash", "process.exit(1)"),
  "ends well but counts nothing": stage("mute", ""),
  "leaves half a file": stage("half", `leave('{"passed":')`),
  "ends badly though nothing failed": stage("lying", `leave('{"failed":0}'); process.exit(3)`),
  "takes too long": stage("slow", "setInterval(() => {}, 1000)", 200),
};
for (const [what, one] of Object.entries(bad)) {
  test(`a stage that ${what} is a failure`, async () => {
    writeFileSync(one.countsPath, '{"passed":9,"failed":0}');
    assert.deepEqual(await runStages([one], quiet), { passed: 0, failed: 1, skipped: 0 });
  });
}

test("a run is good only when something passed and nothing failed", () => {
  assert.equal(exitCodeOf({ passed: 1, failed: 0, skipped: 0 }), 0);
  assert.equal(exitCodeOf({ passed: 1, failed: 1, skipped: 0 }), 1);
  assert.equal(exitCodeOf({ passed: 0, failed: 0, skipped: 5 }), 1);
});

test("the reporter counts over all files: cancelled as failed, crashed files too", async () => {
  const path = (name: string): string => join(folder, name);
  const heading = 'const { test } = require("node:test");';
  writeFileSync(
    path("a.test.cjs"),
    `${heading} test("1", () => {}); test("2", () => { throw new Error("no"); }); test("3", { skip: "why" }, () => {});`,
  );
  writeFileSync(path("b.test.cjs"), "syntax error here");
  const countsPath = path("reported.json");
  const reporter = join(import.meta.dirname, "count-reporter.mjs");
  const flags = [`--test-reporter=${reporter}`, `--test-reporter-destination=${countsPath}`];
  const files = [path("a.test.cjs"), path("b.test.cjs")];
  const one = { name: "x", args: ["--test", ...flags, ...files], countsPath, limitMs: 60_000 };
  // A runner inside of a runner would report to the outer one.
  const outer = process.env.NODE_TEST_CONTEXT;
  delete process.env.NODE_TEST_CONTEXT;
  const totals = await runStages([one], quiet);
  if (outer !== undefined) process.env.NODE_TEST_CONTEXT = outer;
  assert.deepEqual(JSON.parse(readFileSync(countsPath, "utf8")), {
    passed: 1,
    failed: 2,
    skipped: 1,
  });
  assert.deepEqual(totals, { passed: 1, failed: 2, skipped: 1 });
});
