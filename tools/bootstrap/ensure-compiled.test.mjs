import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { compileCacheOf, ensureCompiled } from "./ensure-compiled.mjs";

const root = mkdtempSync(join(tmpdir(), "recado-compiled-"));
after(() => rmSync(root, { recursive: true, force: true }));

const source = join(root, "packages", "server", "src", "main.ts");
for (const name of ["contract", "server", "simulator"]) {
  mkdirSync(join(root, "packages", name, "src"), { recursive: true });
}
mkdirSync(compileCacheOf(root).NODE_COMPILE_CACHE, { recursive: true });
writeFileSync(source, "one");
let runs = 0;
const options = {
  node: process.execPath,
  warmUp: async () => {
    runs++;
  },
};

test("sources are compiled once, then only when one has changed", async () => {
  await ensureCompiled(root, options);
  await ensureCompiled(root, options);
  assert.equal(runs, 1);
  writeFileSync(source, "another text");
  await ensureCompiled(root, options);
  assert.equal(runs, 2);
});

test("a failure to compile ahead stops nothing and is tried again", async () => {
  writeFileSync(source, "a third text, which fails");
  const failing = { ...options, warmUp: () => Promise.reject(new Error("no")) };
  await ensureCompiled(root, failing);
  await ensureCompiled(root, options);
  assert.equal(runs, 3);
});
