import assert from "node:assert/strict";
import { it } from "node:test";
import { FAILURE_REASONS } from "@recado/contract/failure-codes";
import { findCodeRule } from "../cloud-wire/error-codes.ts";
import { redact } from "../cloud-wire/upstream-error.ts";
import { readFailedCall, readRepeatableFailure } from "./failures.ts";

const NOW = new Date("2026-11-22T10:00:00Z");

function retryAfter(headers: Record<string, string>, code = 4) {
  const body = JSON.stringify({ error: { code, message: `(#${code}) x` } });
  const failed = readFailedCall({ kind: "reply", status: 400, headers, body }, [], NOW);
  return failed.kind === "refused" ? failed.failure.retry : failed;
}

it("a Retry-After that is a date counts from now", () => {
  const headers = { "retry-after": "Sun, 22 Nov 2026 10:05:00 GMT" };
  assert.deepEqual(retryAfter(headers), { kind: "after", retryAfterMs: 300_000 });
});

it("headers lengthen a rest and never shorten it", () => {
  const past = { "retry-after": "Sun, 22 Nov 2026 09:00:00 GMT" };
  for (const headers of [past, { "retry-after": "1" }, { "retry-after": "soon" }]) {
    assert.deepEqual(retryAfter(headers), { kind: "after", retryAfterMs: 60_000 });
  }
});

it("no header makes a number rest for longer than a day", () => {
  const day = { kind: "after", retryAfterMs: 86_400_000 };
  assert.deepEqual(retryAfter({ "retry-after": "999999999" }), day);
});

it("a usage header that is no such thing is passed over", () => {
  for (const usage of [
    "",
    "{",
    "[]",
    '{"1":7}',
    '{"1":[{"estimated_time_to_regain_access":"5"}]}',
  ]) {
    const headers = { "x-business-use-case-usage": usage };
    assert.deepEqual(retryAfter(headers), { kind: "after", retryAfterMs: 60_000 }, usage);
  }
});

it("a passing fault waits as long as the header asks", () => {
  assert.deepEqual(retryAfter({}, 131016), { kind: "soon" });
  const asked = { kind: "after", retryAfterMs: 3_000 };
  assert.deepEqual(retryAfter({ "retry-after": "3" }, 131016), asked);
});

it("the pair limit and final refusals are not changed by headers", () => {
  assert.deepEqual(retryAfter({ "retry-after": "3" }, 131056), { kind: "pair" });
  assert.deepEqual(retryAfter({ "retry-after": "3" }, 131026), { kind: "never" });
});

it("an error whose code is no code is no envelope", () => {
  for (const code of [undefined, null, "x", -1, 1.5, {}, "constructor"]) {
    const body = JSON.stringify({ error: { code, message: "x" } });
    const reply = { kind: "reply", status: 500, headers: {}, body } as const;
    assert.equal(readFailedCall(reply, [], NOW).kind, "unknown", String(code));
  }
});

it("what is unknown may be repeated where repeating is safe", () => {
  const lost = { kind: "lost", why: "other side closed" } as const;
  assert.equal(readFailedCall(lost, [], NOW).kind, "unknown");
  assert.equal(readRepeatableFailure(lost, [], NOW).retry.kind, "soon");
});

it("codes that the manual explains to integrators are final", () => {
  for (const code of Object.keys(FAILURE_REASONS)) {
    assert.equal(findCodeRule(Number(code))?.retry ?? "never", "never", code);
  }
});

it("no credential and no address is passed on, and no text without end", () => {
  const text = "token my-token, EAAGm0PX4ZCpsBAKtest01 at https://graph.example/x?access_token=1";
  assert.equal(redact(text, ["my-token", ""]), "token ***, *** at (URL)");
  assert.equal(redact("x".repeat(9_000), []).length, 500);
});
