import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CURES } from "./channel-finding.ts";

const PAGE = new URL("../../../../docs/how-to/doctor.md", import.meta.url);

test("the page on the doctor has every cure, word for word, and no other", () => {
  const [, table = ""] = readFileSync(PAGE, "utf8").split("## What is wrong, and the cure");
  const rows = table.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gmu);
  const written = Object.fromEntries(
    [...rows].map(([, problem = "", es, en]) => [problem, { es, en }]),
  );
  assert.deepEqual(written, CURES);
});
