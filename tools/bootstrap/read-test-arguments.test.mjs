import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readTestArguments } from "./read-test-arguments.mjs";

const bin = mkdtempSync(join(tmpdir(), "recado-bin-"));
writeFileSync(join(bin, "postgres"), "");
after(() => rmSync(bin, { recursive: true, force: true }));

test("paths and flags of node --test are told apart from our own options", () => {
  const args = ["tools", "--database", "--postgres", bin, "--test-name-pattern=x", "packages"];
  assert.deepEqual(readTestArguments(args), {
    postgresBin: bin,
    databaseOnly: true,
    flags: ["--test-name-pattern=x"],
    wanted: ["tools", "packages"],
  });
  assert.equal(readTestArguments([`--postgres=${bin}`]).postgresBin, bin);
  const plain = { postgresBin: null, databaseOnly: false, flags: [], wanted: [] };
  assert.deepEqual(readTestArguments([]), plain);
});

test("a folder without PostgreSQL's programs is refused, rather than another one being tested", () => {
  for (const args of [["--postgres", join(bin, "no")], ["--postgres"], ["--postgres="]]) {
    assert.throws(() => readTestArguments(args), /--postgres takes the folder/u);
  }
});
