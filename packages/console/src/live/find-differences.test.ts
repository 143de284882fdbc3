import assert from "node:assert/strict";
import { test } from "node:test";
import { findDifferences } from "./find-differences.ts";

test("differences are named by their path, and what is passing is not compared", () => {
  const here = { rows: [{ id: "a", unread: 2, version: 7 }], counts: { open: 1 } };
  const fresh = { rows: [{ id: "a", unread: 3, version: 9 }, { id: "b" }], counts: { open: 1 } };
  assert.deepEqual(findDifferences(here, fresh, { passing: ["version"] }), [
    "rows.0.unread: 2 ≠ 3",
    'rows.1: nothing ≠ {"id":"b"}',
  ]);
  assert.deepEqual(findDifferences(here, structuredClone(here)), []);
  assert.equal(findDifferences([1, 2, 3], [4, 5, 6], { max: 2 }).length, 2);
});
