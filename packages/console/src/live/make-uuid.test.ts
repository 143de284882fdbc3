import assert from "node:assert/strict";
import { test } from "node:test";
import { makeUuid } from "./make-uuid.ts";

test("an id is a UUIDv7 that begins with its moment", () => {
  const ids = [0, 1_700_000_000_000, 1_795_000_000_000].map(makeUuid);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  assert.deepEqual(ids.toSorted(), ids);
  assert.equal(Number.parseInt(ids[1]?.replace("-", "").slice(0, 12) ?? "", 16), 1_700_000_000_000);
  assert.notEqual(makeUuid(5), makeUuid(5));
});
