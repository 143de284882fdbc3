import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createBase64Decoder } from "./base64-decoder.ts";

/** Decodes in pieces of the given size; null when refused. */
function decode(text: string, piece = 5): Buffer | null {
  const decoder = createBase64Decoder();
  const bytes = Buffer.from(text);
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    const decoded = decoder.write(bytes.subarray(at, at + piece));
    if (decoded === null) return null;
    out.push(decoded);
  }
  const last = decoder.end();
  return last === null ? null : Buffer.concat([...out, last]);
}

const content = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
const piece = fc.integer({ min: 1, max: 50 });

test("whatever the alphabet, padding and pieces, the bytes are those that were encoded", () => {
  const encoding = fc.constantFrom("base64", "base64url");
  fc.assert(
    fc.property(content, encoding, piece, (bytes, alphabet, size) => {
      const text = bytes.toString(alphabet);
      assert.deepEqual(decode(text, size), bytes);
      assert.deepEqual(decode(text.replaceAll("=", ""), size), bytes);
      assert.deepEqual(decode(text.replace(/.{1,19}/gu, "$&\r\n"), size), bytes);
      assert.deepEqual(decode(`  ${text}\n`, size), bytes);
    }),
  );
});

test("a plus that became a blank is mended, wherever it stood inside the text", () => {
  const many = fc
    .array(fc.constantFrom(0xfb, 0xef, 0xbe, 0x00), { maxLength: 40 })
    .map((each) => Buffer.from([0, ...each, 1]));
  fc.assert(
    fc.property(many, piece, (bytes, size) => {
      const text = bytes.toString("base64").replaceAll("+", " ");
      assert.deepEqual(decode(text, size), bytes);
    }),
  );
});

test("blanks at the end are blanks when the text is complete without them", () => {
  assert.deepEqual(decode("aG9sYQ==  "), Buffer.from("hola"));
  assert.deepEqual(decode("aG9s   "), Buffer.from("hol"));
  assert.deepEqual(decode("aG9 "), Buffer.from("aG9+", "base64"));
});

for (const text of [
  "a",
  "aG9sY",
  "aG9s!",
  "aG9s=",
  "aG===",
  "=",
  "aG9sYQ==aG9s",
  "añ==",
  "a%2B",
  "a.b",
  "AA\0A",
]) {
  test(`${JSON.stringify(text)} is not base64`, () => {
    assert.equal(decode(text), null);
  });
}

test("a refused text stays refused, and endless blanks take no memory", () => {
  const decoder = createBase64Decoder();
  assert.equal(decoder.write(Buffer.from("!")), null);
  assert.equal(decoder.write(Buffer.from("AAAA")), null);
  assert.equal(decoder.end(), null);
  assert.equal(decode(`AAAA${" ".repeat(100_000)}AAAA`, 60_000), null);
});
