import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "../../product/processes.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The Postman collection as its user runs it: whole, from top to bottom, by Postman's own runner. */

const run = promisify(execFile);
const FOLDER = join(ROOT, "docs", "postman");
const NEWMAN = join(
  dirname(createRequire(import.meta.url).resolve("newman/package.json")),
  "bin",
  "newman.js",
);
const RUNS_MS_MAX = 360_000;

let product: Product;
let folder = "";
let environment = "";
let ran: Awaited<ReturnType<typeof runTwice>>;

before(async () => {
  product = await startProduct();
  folder = mkdtempSync(join(tmpdir(), "recado-postman-"));
  environment = join(folder, "environment.json");
  const demo = join(product.dataDir, "demo.json");
  const args = ["tools/postman/main.ts", "--demo", demo, "--out", environment];
  await run(process.execPath, args, { cwd: ROOT });
  ran = await runTwice();
});
after(async () => {
  await product?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("the environment made of a demonstration is read by its owner only", () => {
  assert.equal(statSync(environment).mode & 0o777, 0o600);
});

for (const [iteration, which] of ["first", "second"].entries()) {
  test(`every request of the collection gets the answer that its script expects, in a ${which} run`, () => {
    const executions = ran.executions.filter(({ cursor }) => cursor.iteration === iteration);
    const lines = executions.flatMap(({ item, response, assertions, requestError }) => {
      const faults = assertions.filter((one) => one.error).map((one) => one.error?.message);
      const told = [...faults, ...(requestError ? [requestError.message] : [])];
      if (assertions.length === 0) told.push("no assertion was made");
      const body = Buffer.from(response?.stream?.data ?? []).toString();
      return told.length > 0
        ? [`${item.id} ${response?.code}: ${told.join("; ")}: ${body.slice(0, 300)}`]
        : [];
    });
    assert.equal(lines.join("\n"), "");
    assert.equal(ran.error, null);
    const asked = new Set(executions.map(({ item }) => item.id));
    assert.equal(asked.size, countRequests(readCollection()));
  });
}

interface Execution {
  cursor: { iteration: number };
  item: { id: string };
  response?: { code: number; stream?: { data: number[] } };
  requestError?: { message: string };
  assertions: { assertion: string; error?: { message: string } }[];
}

interface Report {
  run: { executions: (Omit<Execution, "assertions"> & Partial<Execution>)[]; error?: unknown };
}

/** Twice, one after the other, as two presses of Postman's button: it keeps the variables too. */
async function runTwice(): Promise<{ executions: Execution[]; error: unknown }> {
  const report = join(folder, "report.json");
  const args = [
    ...[NEWMAN, "run", join(FOLDER, "recado.postman_collection.json")],
    ...["--environment", environment, "--working-dir", FOLDER, "--iteration-count", "2"],
    ...["--reporters", "json", "--reporter-json-export", report],
    ...["--timeout", `${RUNS_MS_MAX}`, "--suppress-exit-code", "--color", "off"],
  ];
  const { stderr } = await run(process.execPath, args, { cwd: folder, timeout: RUNS_MS_MAX });
  const { executions, error = null } = (JSON.parse(readFileSync(report, "utf8")) as Report).run;
  assert.ok(executions.length > 0, stderr);
  return {
    executions: executions.map((one) => ({ ...one, assertions: one.assertions ?? [] })),
    error,
  };
}

interface Item {
  item?: Item[];
}

function readCollection(): Item {
  return JSON.parse(readFileSync(join(FOLDER, "recado.postman_collection.json"), "utf8"));
}

function countRequests({ item }: Item): number {
  return item ? item.reduce((sum, one) => sum + countRequests(one), 0) : 1;
}
