import assert from "node:assert/strict";
import { test } from "node:test";
import { findTrigger } from "./find-trigger.ts";

test("a slash asks for a canned reply where a word begins, and nowhere else", () => {
  assert.deepEqual(findTrigger("/sal", 4, false), { kind: "canned", query: "sal", start: 0 });
  assert.deepEqual(findTrigger("Hola /", 6, false), { kind: "canned", query: "", start: 5 });
  assert.deepEqual(findTrigger("a\n/adiós b", 8, false), {
    kind: "canned",
    query: "adiós",
    start: 2,
  });
  for (const text of ["https://x.co/a", "22/11", "/sal udo", "y/o"]) {
    assert.equal(findTrigger(text, text.length, false), null, text);
  }
});

test("an at sign asks for a colleague in notes only", () => {
  assert.deepEqual(findTrigger("mira @lau", 9, true), { kind: "mention", query: "lau", start: 5 });
  assert.equal(findTrigger("mira @lau", 9, false), null);
  assert.equal(findTrigger("ana@correo", 10, true), null);
});
