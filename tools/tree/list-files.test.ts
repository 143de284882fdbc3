import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { listFiles } from "./list-files.ts";

const root = mkdtempSync(join(tmpdir(), "recado-tree-"));
after(() => rmSync(root, { recursive: true, force: true }));

for (const path of [".gitignore", "a/é.ts", "a/gone.ts", "node_modules/x.js", "b/dist/y.js"]) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), path === ".gitignore" ? "node_modules/\ndist/\n" : "");
}
const git = (...args: string[]): void => {
  assert.equal(spawnSync("git", args, { cwd: root }).status, 0);
};

test("without git, what is installed or built is left out", () => {
  assert.deepEqual(listFiles(root), [".gitignore", "a/gone.ts", "a/é.ts"]);
});

test("with git, new files count, ignored and deleted ones do not", () => {
  git("init", "--quiet");
  git("add", "a/gone.ts");
  rmSync(join(root, "a/gone.ts"));
  assert.deepEqual(listFiles(root), [".gitignore", "a/é.ts"]);
});
