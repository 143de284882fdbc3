import assert from "node:assert/strict";
import { test } from "node:test";
import { findMentions } from "./find-mentions.ts";

const people = [
  { id: "a", name: "Ana" },
  { id: "am", name: "Ana María" },
  { id: "b1", name: "Beto" },
  { id: "b2", name: "Beto" },
  { id: "x", name: "" },
];

test("whoever is named by the longer name is meant alone, and each is named once", () => {
  assert.deepEqual(findMentions("@Ana María, mira esto", people), ["am"]);
  assert.deepEqual(findMentions("@Ana y @Ana María y @Ana", people), ["a", "am"]);
  assert.deepEqual(findMentions("@Beto", people), ["b1", "b2"]);
  assert.deepEqual(findMentions("ana@ejemplo.co, @, @Nadie", people), []);
});
