import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesWords } from "./match-words.ts";

test("a search ignores accents and case, and wants each of its words at the beginning of one", () => {
  assert.ok(matchesWords("nandu", "El Ñandú corre"));
  assert.ok(matchesWords("CITA mied", "Recordatorio de la cita", "miedo"));
  assert.ok(matchesWords("", "x"));
  assert.ok(matchesWords("hor", "bienvenida-horario"));
  assert.ok(!matchesWords("ita", "cita"));
  assert.ok(!matchesWords("cita lunes", "cita"));
  assert.ok(!matchesWords("a", null));
});
