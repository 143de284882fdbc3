import assert from "node:assert/strict";
import { test } from "node:test";
import { eraseMobile, findMessageCountry, isErasedMobile } from "./erased.ts";

test("an erased number keeps its country, by which a message is priced, and nothing else", () => {
  assert.equal(eraseMobile("573001234567"), "erased-CO");
  assert.equal(eraseMobile("34612345678"), "erased-ES");
  for (const mobile of ["573001234567", "34612345678"]) {
    assert.equal(findMessageCountry(eraseMobile(mobile)), findMessageCountry(mobile));
  }
});

test("what was no telephone number is erased without a country", () => {
  assert.equal(eraseMobile("CO.1234"), "erased");
  assert.equal(findMessageCountry("erased"), "*");
});

test("only what erasing made counts as erased", () => {
  assert.deepEqual(["erased", "erased-CO", "erasedCO", "573001234567", ""].map(isErasedMobile), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.equal(findMessageCountry("573001234567"), "CO");
});
