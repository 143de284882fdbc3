import assert from "node:assert/strict";
import { test } from "node:test";
import { noteBufferPassed } from "./passing-buffers.ts";

const MB = 1024 * 1024;
const CHUNK_BYTES = 65_536;

test("buffers that have passed are given back while a file passes, not after it", () => {
  const before = process.memoryUsage().arrayBuffers;
  let highest = 0;
  for (let passed = 0; passed < 64 * MB; passed += CHUNK_BYTES) {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    noteBufferPassed(chunk.length);
    highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
  }
  assert.ok(highest < 8 * MB, `${highest} bytes were held at once`);
});
