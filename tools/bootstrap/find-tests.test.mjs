import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { findTests } from "./find-tests.mjs";

const root = mkdtempSync(join(tmpdir(), "recado-find-"));
after(() => rmSync(root, { recursive: true, force: true }));

const present = [
  "packages/server/src/domain/phone.test.ts",
  "packages/server/src/domain/phone.ts",
  "packages/server/src/wallet/ledger.db.test.ts",
  "packages/server/node_modules/x/src/x.test.ts",
  "packages/simulator/src/fixtures/trap.test.ts",
  "packages/simulator/src/phones.test.ts",
  "tools/tidy/tidy.test.ts",
  "tools/bootstrap/start.test.mjs",
  "e2e/specs/api/send.test.ts",
];
for (const path of present) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "");
}

test("all tests of packages and tools are run, and none that needs a browser", () => {
  assert.deepEqual(findTests(root), [
    "packages/server/src/domain/phone.test.ts",
    "packages/server/src/wallet/ledger.db.test.ts",
    "packages/simulator/src/phones.test.ts",
    "tools/bootstrap/start.test.mjs",
    "tools/tidy/tidy.test.ts",
  ]);
});

test("a path narrows them to a folder or a file, never to a name that merely begins like it", () => {
  assert.deepEqual(findTests(root, ["packages/server/"]).length, 2);
  assert.deepEqual(findTests(root, ["./tools/tidy/tidy.test.ts"]), ["tools/tidy/tidy.test.ts"]);
  assert.deepEqual(findTests(root, ["packages/sim"]), []);
});
