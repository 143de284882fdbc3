import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FAILURE_WORDS } from "@recado/contract/plain/failure-words";
import { ERROR_CODES } from "../providers/cloud-wire/error-codes.ts";
import { GUPSHUP_CODES } from "../providers/gupshup/failures.ts";
import { describeFailure, type FailureFacts } from "./failure-words.ts";

const failed = (code: string | null, facts: Partial<FailureFacts> = {}) =>
  describeFailure({ code, reason: null, wasTaken: false, wasUnknown: false, ...facts });

/** What passes by itself, or by what somebody else does. */
const LATER = "5 402 471 1002 1003 130429 131000 131016 131031 131048 131056".split(" ");
/** What lies in the message, the person or the closed window. */
const USELESS =
  "11 470 1004 1005 1006 1007 1008 1010 1011 130472 131021 131026 131030 131047 131049 131050 131051 131052 131053 132005 132007 132015 132016".split(
    " ",
  );

describe("sending once more", () => {
  test("is safe only for what passes by itself", () => {
    for (const code of LATER) assert.equal(failed(code).retry, "safe", code);
    for (const code of USELESS) {
      const { retry, retryWhy } = failed(code);
      assert.deepEqual([retry, retryWhy.en], ["never", "The same message would fail again."], code);
    }
  });

  test("is never safe when nobody knows what became of the call, whatever the code", () => {
    for (const code of [...LATER, ...USELESS, null, "999999"]) {
      const { retry, retryWhy } = failed(code, { wasUnknown: true });
      assert.equal(retry, "never");
      assert.match(retryWhy.en, /may have arrived/u);
      assert.match(retryWhy.es, /Puede que sí haya llegado/u);
    }
  });

  test("is not safe when it was taken and then given up on, which is what 402 without news means", () => {
    assert.equal(failed("402", { wasTaken: true }).retry, "never");
    assert.equal(failed(null, { wasTaken: true }).retry, "never");
    assert.equal(failed("402").retry, "safe");
    assert.equal(failed(null).retry, "safe");
  });

  test("is safe when WhatsApp took it and said itself that it failed for a passing reason", () => {
    const { retry, retryWhy } = failed("131000", { wasTaken: true });
    assert.equal(retry, "safe");
    assert.match(retryWhy.en, /known not to have arrived/u);
    assert.match(retryWhy.es, /Se sabe que no llegó/u);
  });
});

describe("the words of a failure", () => {
  test("are there in two languages for every code that is known", () => {
    for (const code of [...LATER, ...USELESS]) {
      const { reason, advice, retryWhy } = failed(code);
      for (const words of [reason, advice, retryWhy]) {
        assert.match(words.es, /^[\p{Lu}].{6,}\.$/u, code);
        assert.match(words.en, /^[\p{Lu}].{6,}\.$/u, code);
        assert.notEqual(words.es, words.en, code);
      }
    }
  });

  test("of a code that nobody knows are WhatsApp's own, and say that it may be tried again", () => {
    const words = failed("999999", { reason: "  Odd thing  " });
    assert.equal(words.code, "999999");
    assert.deepEqual(words.reason, {
      es: "WhatsApp dice: Odd thing",
      en: "WhatsApp says: Odd thing",
    });
    assert.deepEqual([words.retry, words.advice.en], ["safe", "Try again."]);
  });

  test("of an unknown code that may have arrived send the reader to look, not to try again", () => {
    const words = failed("999999", { wasUnknown: true });
    assert.equal(words.reason.es, "Sin motivo.");
    assert.equal(words.advice.en, "Check the message, or tell your supervisor.");
    assert.equal(words.advice.es, "Revise el mensaje o avise a su supervisor.");
  });

  test("without a code are those of 402", () => {
    assert.equal(failed(null, { reason: "x" }).code, "402");
    assert.deepEqual(failed(null).reason, failed("402").reason);
  });

  test("every code of every provider is told in plain words, in both languages", () => {
    for (const code of [...ERROR_CODES.keys(), ...GUPSHUP_CODES.keys()]) {
      const words = FAILURE_WORDS[String(code)];
      assert.ok(words !== undefined && words.es !== words.en, String(code));
      assert.deepEqual(failed(String(code)).reason, words);
    }
  });

  test("of a code that is the name of every object's part are WhatsApp's own", () => {
    const { reason, advice } = failed("constructor", { reason: "Hm" });
    assert.deepEqual(reason, { es: "WhatsApp dice: Hm", en: "WhatsApp says: Hm" });
    assert.equal(advice.en, "Try again.");
  });
});
