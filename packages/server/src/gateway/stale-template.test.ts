import assert from "node:assert/strict";
import { test } from "node:test";
import { isTemplateStale } from "./stale-template.ts";

test("a template is read anew when the provider has another one, or none, and for no other failure", () => {
  for (const providerCode of ["132000", "132001", "132012", "132015", "132016", "4003"])
    assert.equal(isTemplateStale({ providerCode }), true, providerCode);
  for (const providerCode of [null, "", "131026", "132005"])
    assert.equal(isTemplateStale({ providerCode }), false, String(providerCode));
});
