import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACCOUNT_EVENTS, WEBHOOK_EVENTS } from "./webhook-payloads.ts";

for (const language of ["es", "en"]) {
  test(`the integrator's page in ${language} has a row for every event about the account, and no other`, () => {
    const page = new URL(`../../../docs/integrators/${language}/events.md`, import.meta.url);
    const rows = [...readFileSync(page, "utf8").matchAll(/^\| `([a-z]+\.[a-z_]+)` \|/gmu)];
    assert.deepEqual(rows.map(([, name]) => name).sort(), [...ACCOUNT_EVENTS].sort());
  });
}

test("what an endpoint gets that asks for nothing stays the five of the manual", () => {
  assert.deepEqual(WEBHOOK_EVENTS, ["failed", "sent", "delivered", "read", "reply"]);
});
