import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILURE_WORDS } from "@recado/contract/plain/failure-words";
import { ERROR_CODES } from "../providers/cloud-wire/error-codes.ts";
import { GUPSHUP_CODES } from "../providers/gupshup/failures.ts";
import { describeFailure } from "./failure-words.ts";

const FACTS = { reason: null, wasTaken: false, wasUnknown: false };

test("every code of every provider is told in plain words, in both languages", () => {
  for (const code of [...ERROR_CODES.keys(), ...GUPSHUP_CODES.keys()]) {
    const words = FAILURE_WORDS[String(code)];
    assert.ok(words !== undefined && words.es !== words.en, String(code));
    assert.deepEqual(describeFailure({ ...FACTS, code: String(code) }).reason, words);
  }
});

test("a doubt is never called safe to repeat, whatever its code says", () => {
  const facts = { ...FACTS, code: "130429" };
  assert.equal(describeFailure(facts).retry, "safe");
  assert.equal(describeFailure({ ...facts, wasUnknown: true }).retry, "never");
  assert.equal(describeFailure({ ...FACTS, code: "402", wasTaken: true }).retry, "never");
});

test("an unknown code keeps the provider's words, and a name of every object is no code", () => {
  const { reason, advice } = describeFailure({ ...FACTS, code: "constructor", reason: "Hm" });
  assert.deepEqual(reason, { es: "WhatsApp dice: Hm", en: "WhatsApp says: Hm" });
  assert.equal(advice.en, "Try again.");
});
