import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanProfileName, foldText, formatContactSearch } from "./fold-text.ts";

test("names are compared without case, accents and blanks that run together", () => {
  assert.equal(foldText("  José  ÑÁÑEZ "), "jose nanez");
  assert.equal(formatContactSearch(["José", null, "JOSE", "Pepe"]), "jose | pepe");
});

test("a stranger's name is kept without what terminals and pages obey, and is not endless", () => {
  assert.equal(cleanProfileName("A\u0000\u202ena\n"), "Ana");
  assert.equal(cleanProfileName(" \u0007 "), null);
  assert.equal(cleanProfileName(null), null);
  assert.equal([...(cleanProfileName("😀".repeat(500)) ?? "")].length, 200);
});

test("a contact is found by what is left of its names, each once, and a blank one leaves nothing", () => {
  assert.equal(formatContactSearch(["Ána", " ", null, "ana", "Sol"]), "ana | sol");
  assert.equal(formatContactSearch([" ", ""]), "");
});
