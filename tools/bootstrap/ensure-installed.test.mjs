import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ensureInstalled } from "./ensure-installed.mjs";
import { runQuietly } from "./quiet-command.mjs";

const folder = mkdtempSync(join(tmpdir(), "recado-install-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const packages = {
  "": { name: "x" },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/other-platform": { version: "1.0.0", integrity: "sha512-o", optional: true },
};

function newClone(name) {
  const root = join(folder, name);
  mkdirSync(root);
  writeLock(root, packages);
  return root;
}

const writeLock = (root, content) =>
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: content }));

/** Stands where npm stands, and counts how often it is asked. */
function newInstaller() {
  const calls = [];
  const install = async (root) => {
    calls.push(root);
    mkdirSync(join(root, "node_modules"), { recursive: true });
  };
  return { calls, options: { install, say: () => {} } };
}

test("installs once when node_modules is missing, and again only when the lock file changes", async () => {
  const root = newClone("once");
  const { calls, options } = newInstaller();
  await ensureInstalled(root, options);
  await ensureInstalled(root, options);
  assert.equal(calls.length, 1);
  writeLock(root, { ...packages, "node_modules/b": { version: "2.0.0", integrity: "sha512-b" } });
  await ensureInstalled(root, options);
  assert.equal(calls.length, 2);
});

test("two at once install once", async () => {
  const root = newClone("two");
  const { calls, options } = newInstaller();
  await Promise.all([ensureInstalled(root, options), ensureInstalled(root, options)]);
  assert.equal(calls.length, 1);
});

test("an installation that failed is tried again", async () => {
  const root = newClone("failed");
  const { calls, options } = newInstaller();
  const install = async () => Promise.reject(new Error("no network"));
  await assert.rejects(ensureInstalled(root, { ...options, install }), /no network/);
  await ensureInstalled(root, options);
  assert.equal(calls.length, 1);
});

const present = { "node_modules/a": packages["node_modules/a"] };
const records = {
  "whole, without another platform's package": { record: present, installs: 0 },
  "of another version": {
    record: { "node_modules/a": { version: "0.9.0", integrity: "sha512-z" } },
    installs: 1,
  },
  "without a package that is needed": { record: {}, installs: 1 },
  "with a package too many": {
    record: { ...present, "node_modules/z": { version: "1.0.0" } },
    installs: 1,
  },
};

for (const [state, { record, installs }] of Object.entries(records)) {
  test(`an installation by hand that is ${state} is ${installs ? "replaced" : "kept"}`, async () => {
    const root = newClone(`by hand ${state}`);
    mkdirSync(join(root, "node_modules"));
    const recordPath = join(root, "node_modules", ".package-lock.json");
    writeFileSync(recordPath, JSON.stringify({ packages: record }));
    const { calls, options } = newInstaller();
    await ensureInstalled(root, options);
    assert.equal(calls.length, installs);
  });
}

test("a failing command is reported with its output, without npm's warnings", async () => {
  const script = `console.log("npm warn EBADENGINE old"); console.error("the reason"); process.exit(3)`;
  const error = await runQuietly(process.execPath, ["-e", script]).catch((problem) => problem);
  assert.match(error.message, /ended with 3\nthe reason$/);
});

test("an abort ends the command and whatever it has started", async () => {
  const stop = new AbortController();
  const running = runQuietly("sh", ["-c", "sleep 600 & wait"], { signal: stop.signal });
  stop.abort(new Error("enough"));
  await assert.rejects(running, /enough/);
});
