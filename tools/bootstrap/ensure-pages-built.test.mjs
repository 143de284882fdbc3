import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ensurePagesBuilt } from "./ensure-pages-built.mjs";

const root = mkdtempSync(join(tmpdir(), "recado-pages-"));
after(() => rmSync(root, { recursive: true, force: true }));

const page = join(root, "packages", "simulator-web");
const source = join(page, "src", "main.tsx");
let builds = 0;
const options = {
  node: process.execPath,
  say: () => {},
  build: async (folder) => {
    builds++;
    mkdirSync(join(folder, "dist"), { recursive: true });
  },
};

test("a page without index.html is not built", async () => {
  await ensurePagesBuilt(root, options);
  assert.equal(builds, 0);
});

test("a page is built once, then only when the content of a source has changed", async () => {
  mkdirSync(join(page, "src"), { recursive: true });
  writeFileSync(join(page, "index.html"), "<html>");
  writeFileSync(source, "one");
  await Promise.all([ensurePagesBuilt(root, options), ensurePagesBuilt(root, options)]);
  utimesSync(source, new Date(0), new Date(0));
  await ensurePagesBuilt(root, options);
  assert.equal(builds, 1);
  writeFileSync(source, "two");
  await ensurePagesBuilt(root, options);
  assert.equal(builds, 2);
});

test("a build that failed does not count", async () => {
  writeFileSync(source, "three");
  const build = async () => Promise.reject(new Error("syntax"));
  await assert.rejects(ensurePagesBuilt(root, { ...options, build }), /syntax/);
  await ensurePagesBuilt(root, options);
  assert.equal(builds, 3);
});
