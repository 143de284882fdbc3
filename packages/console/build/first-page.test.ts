import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FIRST_PAGE_BYTES_MAX, listFirstPage } from "./first-page.ts";

const dist = join(import.meta.dirname, "..", "dist");
const built = existsSync(join(dist, ".vite", "manifest.json"));

test("the first page's JavaScript is below 250 KB, packed by gzip", {
  skip: !built && "not built",
}, (t) => {
  const files = listFirstPage(dist);
  const sum = files.reduce((total, { bytes }) => total + bytes, 0);
  t.diagnostic(`${Math.round(sum / 1000)} KB in ${files.length} files`);
  const list = files.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
  assert.ok(files.length > 5 && sum > 100_000, `the list is not believable:\n${list}`);
  assert.ok(sum < FIRST_PAGE_BYTES_MAX, `${sum} bytes:\n${list}`);
});
