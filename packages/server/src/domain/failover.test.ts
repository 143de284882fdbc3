import assert from "node:assert/strict";
import { test } from "node:test";
import { mayTryElsewhere } from "./failover.ts";
import type { Failure, Retry } from "./send-outcome.ts";

const failure = (retry: Retry, elsewhere?: true): Failure => ({
  blame: "provider",
  code: "402",
  reason: "",
  providerCode: null,
  retry,
  ...(elsewhere && { elsewhere }),
});

test("the person's and the content's trouble is the same at every number", () => {
  for (const retry of [{ kind: "never" }, { kind: "soon" }] as const) {
    assert.equal(mayTryElsewhere(failure(retry), 9), false);
  }
});

test("a final refusal of the number goes at once, a passing fault after a second try", () => {
  assert.equal(mayTryElsewhere(failure({ kind: "never" }, true), 1), true);
  assert.equal(mayTryElsewhere(failure({ kind: "soon" }, true), 1), false);
  assert.equal(mayTryElsewhere(failure({ kind: "soon" }, true), 2), true);
});

test("a short rest and the pace of one person are waited for", () => {
  const after = (retryAfterMs: number) => failure({ kind: "after", retryAfterMs }, true);
  assert.equal(mayTryElsewhere(after(5_000), 1), false);
  assert.equal(mayTryElsewhere(after(5_001), 1), true);
  assert.equal(mayTryElsewhere(failure({ kind: "pair" }, true), 5), false);
});
