import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffDelayMs } from "./backoff.ts";

test("waiting grows with every try, stays below fifteen seconds and is spread by chance", () => {
  assert.equal(backoffDelayMs(0, 0), 200);
  assert.equal(backoffDelayMs(0, 1), 400);
  assert.ok(backoffDelayMs(3, 0) > backoffDelayMs(1, 1));
  assert.equal(backoffDelayMs(1_000, 1), 15_000);
  assert.equal(backoffDelayMs(1_000, 0), 7_500);
});
