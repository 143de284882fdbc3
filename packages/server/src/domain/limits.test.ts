import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type OptOutRules, readWish } from "./limits.ts";

const RULES: OptOutRules = {
  outWords: ["Ya no"],
  inWords: ["Vuelvo"],
  outReply: null,
  inReply: null,
};

describe("what a person writes", () => {
  test("opts out or in when the whole text is a word, whatever its case, accents and punctuation", () => {
    for (const text of [
      "BAJA",
      " baja. ",
      "¡Stop!",
      "NO  MÁS",
      "no mas",
      "*Cancelar*",
      "unsubscribe\n",
    ]) {
      assert.equal(readWish(text, undefined), "out", text);
    }
    for (const text of ["alta", "START!", "¿Subscribe?"]) {
      assert.equal(readWish(text, undefined), "in", text);
    }
  });

  test("says nothing when a word is only part of it, or it is none", () => {
    for (const text of [
      "",
      "...",
      "🙂",
      "baja el precio",
      "no",
      "bajar",
      "stopwatch",
      "BAJA ".repeat(50),
    ]) {
      assert.equal(readWish(text, undefined), null, text);
    }
  });

  test("is judged by the project's own words where it has some", () => {
    assert.equal(readWish("ya NO!", RULES), "out");
    assert.equal(readWish("vuelvo", RULES), "in");
    assert.equal(readWish("BAJA", RULES), null);
    assert.equal(readWish("BAJA", { ...RULES, outWords: [] }), null);
  });
});

test("a wish is a short text with something in it", () => {
  const word = "BAJA";
  assert.equal(readWish(`${word}${".".repeat(96)}`, undefined), "out");
  assert.equal(readWish(`${word}${".".repeat(97)}`, undefined), null);
  const blank = { ...RULES, outWords: ["..."], inWords: ["¿?"] };
  for (const text of ["", " ", "...", "👍"]) assert.equal(readWish(text, blank), null, text);
  assert.equal(readWish("no-mas", undefined), "out");
  assert.equal(readWish("nomas", undefined), null);
});
