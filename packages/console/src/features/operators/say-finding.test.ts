import assert from "node:assert/strict";
import { test } from "node:test";
import { es } from "./i18n/es.ts";
import { sayFinding } from "./say-finding.ts";

test("what the doctor says is said in the reader's language, and what is new stays as it was", () => {
  const said: Record<string, string> = es.health.said;
  const say: Parameters<typeof sayFinding>[0] = (key, values) =>
    `${said[key.replace("health.said.", "")]} ${JSON.stringify(values)}`;
  assert.match(sayFinding(say, "20 of 20 have run") ?? "", /aplicadas.*"done":"20"/u);
  assert.match(sayFinding(say, "none has ever come") ?? "", /nunca ha llegado/u);
  const last = sayFinding(say, "the last one came at 2026-11-23T02:08:31.345Z") ?? "";
  assert.match(last, /el último llegó/u);
  assert.ok(!last.includes("T02:08"), "a moment is written as people do");
  assert.equal(sayFinding(say, "something new"), null);
});
