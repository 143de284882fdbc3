import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { test } from "node:test";
import fc from "fast-check";
import { createUtf8Checker } from "./utf8-checker.ts";

/** Bytes near the borders of the encoding, so that random ones are often almost right. */
const byte = fc.constantFrom(
  0x41,
  0x80,
  0xbf,
  0xc2,
  0xc3,
  0xe0,
  0xa0,
  0xed,
  0x9f,
  0xef,
  0xf0,
  0x90,
  0xf4,
  0xff,
);
const text = fc.string({ unit: "grapheme" }).map((each) => [...Buffer.from(each)]);

test("however the bytes are cut, the verdict is that on the whole", () => {
  const bytes = fc.oneof(fc.array(byte, { maxLength: 12 }), text);
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 5 }), (input, piece) => {
      const checker = createUtf8Checker();
      const whole = Uint8Array.from(input);
      for (let at = 0; at < whole.length; at += piece)
        checker.update(whole.subarray(at, at + piece));
      assert.equal(checker.end(), isUtf8(whole));
    }),
  );
});
