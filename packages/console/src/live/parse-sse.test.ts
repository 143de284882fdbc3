import assert from "node:assert/strict";
import { test } from "node:test";
import { createSseParser } from "./parse-sse.ts";

const STREAM = [
  ": a comment",
  "id: 41",
  "event: change",
  'data: {"a":1}',
  "",
  "event: beat",
  "data:41",
  "",
  "id: 42",
  "data: one",
  "data: two",
  "",
  "data: never finished",
].join("\n");

test("a stream gives the same messages wherever the network cuts it", () => {
  const expected = [
    { event: "change", data: '{"a":1}', lastEventId: "41" },
    { event: "beat", data: "41", lastEventId: "41" },
    { event: "message", data: "one\ntwo", lastEventId: "42" },
  ];
  for (const ending of ["\n", "\r\n", "\r"]) {
    const stream = STREAM.replaceAll("\n", ending);
    for (let size = 1; size <= stream.length; size += 1) {
      const parser = createSseParser();
      const pieces = stream.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      assert.deepEqual(
        pieces.flatMap((piece) => parser.push(piece)),
        expected,
        `${JSON.stringify(ending)} in pieces of ${size}`,
      );
    }
  }
});

test("a message without data, and an unfinished one, are not given", () => {
  const parser = createSseParser();
  assert.deepEqual(parser.push("event: nothing\n\ndata: half"), []);
});

test("a line without end is given up instead of filling the memory", () => {
  const parser = createSseParser();
  assert.throws(() => parser.push("x".repeat(2_000_001)), RangeError);
});
