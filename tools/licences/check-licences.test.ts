import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkLicences } from "./check-licences.ts";

const root = mkdtempSync(join(tmpdir(), "recado-licences-"));
after(() => rmSync(root, { recursive: true }));

function offencesOf(packages: Record<string, unknown>): string[] {
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  return checkLicences(root).map(({ path, licence }) => `${path} ${licence}`);
}

test("a licence that binds what we ship is refused, and so is none", () => {
  assert.deepEqual(
    offencesOf({
      "": { license: "UNLICENSED" },
      "node_modules/a": { license: "MIT" },
      "node_modules/b": { license: "AGPL-3.0-only" },
      "node_modules/c/node_modules/d": {},
      "node_modules/e": { license: "(MIT AND GPL-3.0)" },
    }),
    [
      "node_modules/b AGPL-3.0-only",
      "node_modules/c/node_modules/d none named",
      "node_modules/e (MIT AND GPL-3.0)",
    ],
  );
});

test("of alternatives one that is allowed is enough", () => {
  assert.deepEqual(offencesOf({ "node_modules/a": { license: "(BSD-3-Clause OR GPL-2.0)" } }), []);
});

test("what only a tool may have is refused in what is shipped", () => {
  const licence = "CC-BY-4.0";
  assert.deepEqual(
    offencesOf({
      "node_modules/tool": { license: licence, dev: true },
      "node_modules/part": { license: licence },
    }),
    ["node_modules/part CC-BY-4.0"],
  );
});

test("a lock file without packages is no success", () => {
  assert.throws(() => offencesOf({}), /names no package/u);
});
