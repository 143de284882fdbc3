import assert from "node:assert/strict";
import { test } from "node:test";
import { finalFailure } from "./send-outcome.ts";

test("a failure of our own making is final, has no provider's code and asks no other number", () => {
  assert.deepEqual(finalFailure("customer", "1010", "not a file"), {
    blame: "customer",
    code: "1010",
    reason: "not a file",
    providerCode: null,
    retry: { kind: "never" },
  });
});
