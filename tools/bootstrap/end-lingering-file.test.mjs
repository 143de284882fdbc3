import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

const preload = fileURLToPath(new URL("./end-lingering-file.mjs", import.meta.url));

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recado-linger-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a test file with these lines as `npm test` would, but with little patience. */
function run(...lines) {
  const file = join(folder, "some.test.mjs");
  writeFileSync(file, ['import { after, test } from "node:test";', ...lines].join("\n"));
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ["--test", `--import=${preload}`, "--test-reporter=tap", file];
  return spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...env, RECADO_TEST_LINGER_MS: "300" },
    timeout: 50_000,
  });
}

test("a file that a forgotten timer keeps alive fails, though its tests passed, and says what kept it", () => {
  const { status, stdout } = run(
    'test("passes", () => {});',
    "setTimeout(() => {}, 2_000_000_000);",
  );
  assert.equal(status, 1);
  assert.match(stdout, /some\.test\.mjs was still running 0\.3 s after its last test.*1 Timeout/);
  assert.match(stdout, /ok 1 - passes/);
  assert.match(stdout, /^not ok .*some\.test\.mjs/m);
});

test("a file that cleans up in its own hook is left alone, and one that fails keeps its failure", () => {
  const clean = run(
    "const timer = setTimeout(() => {}, 2_000_000_000);",
    'test("passes", () => {});',
    "after(() => clearTimeout(timer));",
  );
  assert.equal(clean.status, 0, clean.stdout);
  const failed = run('test("fails", () => { throw new Error("on purpose"); });');
  assert.equal(failed.status, 1);
  assert.match(failed.stdout, /on purpose/);
  assert.doesNotMatch(failed.stdout, /still running/);
});
