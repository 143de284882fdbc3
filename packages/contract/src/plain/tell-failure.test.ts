import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILURE_REASONS } from "../failure-codes.ts";
import { FAILURE_WORDS } from "./failure-words.ts";
import { tellFailure } from "./tell-failure.ts";

const en = (code: string | null, reason: string | null) => tellFailure({ code, reason }, "en");
const es = (code: string | null, reason: string | null) => tellFailure({ code, reason }, "es");

test("every code of the manual is told in both languages, and its Spanish is not what an English reader gets", () => {
  for (const [code, reason] of Object.entries(FAILURE_REASONS)) {
    const words = FAILURE_WORDS[code];
    assert.ok(words !== undefined, code);
    assert.equal(en(code, reason), words.en);
    assert.equal(es(code, reason), words.es);
    assert.equal(en(null, reason).includes(reason), false);
  }
});

test("a provider's English is told in Spanish where its code is known, and quoted where it is not", () => {
  assert.match(es("131026", "Message undeliverable"), /^WhatsApp no puede entregar/u);
  assert.equal(es("999999", "Something new"), "WhatsApp dice: Something new");
  assert.equal(en("999999", "Something new"), "WhatsApp says: Something new");
});

test("what stands behind the manual's words is kept, in the reader's language", () => {
  assert.equal(
    en("402", "Error por parte de WhatsApp (sin conexión)"),
    "WhatsApp did not take it (no connection).",
  );
  assert.equal(
    es("402", "Error por parte de WhatsApp (HTTP 503 without a readable answer)"),
    "WhatsApp no lo aceptó (HTTP 503 sin respuesta legible).",
  );
  assert.equal(en("402", "Error por parte de WhatsApp (sin motivo)"), "WhatsApp did not take it.");
  assert.equal(
    en("1010", "URL de medios no válida: la URL respondió 404"),
    "The file could not be taken (the URL answered 404).",
  );
});

test("a sentence of ours is translated whole, whatever its code", () => {
  assert.equal(
    en("402", "La fecha límite del mensaje pasó antes de poder entregarlo a WhatsApp"),
    "The message's deadline passed before it could be handed to WhatsApp.",
  );
  assert.equal(es(null, "HTTP 500 without a readable answer"), "HTTP 500 sin respuesta legible.");
});

test("a code of WhatsApp's old servers is not taken for the manual's of the same number", () => {
  assert.equal(en("1005", "Access denied"), "WhatsApp says: Access denied");
});

test("nothing known is said so, and a reason is never a pattern", () => {
  assert.equal(en(null, null), "No reason given.");
  assert.equal(es(null, "  "), "Sin motivo.");
  assert.equal(en("131026", "$& $1 {}"), FAILURE_WORDS["131026"]?.en);
  assert.equal(en("toString", "x"), "WhatsApp says: x");
});
