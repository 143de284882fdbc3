import assert from "node:assert/strict";
import { it } from "node:test";
import { FAILURE_REASONS } from "@recado/contract/failure-codes";
import {
  GUPSHUP_CODES,
  readFailedCall,
  readRepeatableFailure,
  reportedFailure,
} from "./failures.ts";

it("a reported failure is final, whatever its code", () => {
  for (const code of [...GUPSHUP_CODES.keys(), 131056, 130429, 999_999]) {
    const failure = reportedFailure({ code, reason: "x", byWhatsApp: false });
    assert.deepEqual(failure.retry, { kind: "never" });
    assert.equal(failure.code, String(code));
  }
});

it("the manual's codes have the manual's words, unless WhatsApp means something else by them", () => {
  const reasons: Record<string, string> = FAILURE_REASONS;
  const different: string[] = [];
  for (const [code, text] of Object.entries(reasons)) {
    const said = { code: Number(code), reason: "Gupshup's" };
    assert.equal(reportedFailure({ ...said, byWhatsApp: false }).reason, text);
    if (reportedFailure({ ...said, byWhatsApp: true }).reason !== text) different.push(code);
  }
  assert.deepEqual(different, ["1005", "1008", "1010", "1011"]);
});

it("nothing of an address or a key comes through", () => {
  const failure = reportedFailure({
    code: 4002,
    reason: "see https://x.example/?apikey=1",
    byWhatsApp: false,
  });
  assert.equal(failure.reason, "see (URL)");
});

it("Retry-After is bounded, and never shortens the rest", () => {
  const rest = (value: string) => {
    const headers = { "retry-after": value };
    const failed = readFailedCall({ kind: "reply", status: 429, headers, body: "" }, []);
    return failed.kind === "refused" ? failed.failure.retry : failed;
  };
  assert.deepEqual(rest("99999"), { kind: "after", retryAfterMs: 3_600_000 });
  for (const value of ["0", "soon", "-5", "999999999999"]) {
    assert.deepEqual(rest(value), { kind: "after", retryAfterMs: 2_000 }, value);
  }
});

it("what is unknown may be repeated where repeating is safe", () => {
  const reply = { kind: "reply", status: 500, headers: {}, body: "<html>" } as const;
  assert.equal(readFailedCall(reply, []).kind, "unknown");
  assert.equal(readRepeatableFailure(reply, []).retry.kind, "soon");
});
