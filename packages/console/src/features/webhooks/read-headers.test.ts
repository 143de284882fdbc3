import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeaders } from "./read-headers.ts";

test("headers are read a line each, values with their colons; what is no header is refused", () => {
  assert.deepEqual(readHeaders(""), {});
  assert.deepEqual(readHeaders("Authorization: Bearer a:b \n\n x-key:1"), {
    Authorization: "Bearer a:b",
    "x-key": "1",
  });
  for (const bad of ["Bearer abc", "two words: x", "empty:", "a: 1\nb"]) {
    assert.equal(readHeaders(bad), null, bad);
  }
});
