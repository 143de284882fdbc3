import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAlertMail } from "./alert-mail.ts";

const facts = {
  accountName: "Tienda Sol",
  currency: "COP",
  balance: 45_000_000n,
  threshold: 50_000_000n,
  rearmAt: 60_000_000n,
  at: new Date("2026-11-22T15:15:30.123Z"),
};

test("a low balance is told whole in both languages: who, how much, when, below what, and when again", () => {
  const { subject, body } = formatAlertMail(facts, "es");
  assert.equal(subject, "Saldo bajo: 4500.00 COP en Tienda Sol");
  assert.equal(
    body,
    [
      "El saldo de Tienda Sol bajó a 4500.00 COP el 2026-11-22T15:15:30.123Z (UTC), por debajo de su alerta de 5000.00 COP.",
      "",
      "Los envíos sin saldo se rechazan con el código 5. Pida una recarga a su operador para seguir enviando.",
      "",
      "Esta alerta vuelve a avisar cuando el saldo haya llegado a 6000.00 COP y baje otra vez.",
      "",
    ].join("\n"),
  );
  const english = formatAlertMail(facts, "en");
  assert.equal(english.subject, "Low balance: 4500.00 COP in Tienda Sol");
  assert.equal(
    english.body,
    [
      "The balance of Tienda Sol fell to 4500.00 COP at 2026-11-22T15:15:30.123Z (UTC), below your alert of 5000.00 COP.",
      "",
      "Sends without balance are refused with code 5. Ask your operator for a top-up to go on sending.",
      "",
      "This alert speaks again once the balance has reached 6000.00 COP and falls once more.",
      "",
    ].join("\n"),
  );
});
