import assert from "node:assert/strict";
import { test } from "node:test";
import { formatJson } from "./format-json.ts";

test("halves of surrogate pairs and NUL become U+FFFD, whole pairs and look-alikes stay", () => {
  const cases: [string, string][] = [
    ["a\ud800b", "a\ufffdb"],
    ["\udc00", "\ufffd"],
    ["\u0000", "\ufffd"],
    ["😀", "😀"],
    ["\\ud800", "\\ud800"],
    ["\\\ud800", "\\\ufffd"],
    ["\u0007", "\u0007"],
  ];
  for (const [given, stored] of cases) {
    assert.deepEqual(JSON.parse(formatJson({ [given]: [given] })), { [stored]: [stored] });
  }
});
