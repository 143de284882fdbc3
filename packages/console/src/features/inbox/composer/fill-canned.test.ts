import assert from "node:assert/strict";
import { test } from "node:test";
import { fillCanned } from "./fill-canned.ts";

const values = {
  contact: { name: "Ana", mobile: null, custom_fields: { plan: "Oro", cuotas: 3 } },
  agent: { name: "Luis" },
};

test("what is known is filled in, and a hole stays to be seen", () => {
  const text =
    "Hola {contact.name}, soy {agent.name}. Plan {contact.plan}, {contact.cuotas} cuotas.";
  assert.equal(fillCanned(text, values), "Hola Ana, soy Luis. Plan Oro, 3 cuotas.");
  for (const hole of ["{contact.mobile}", "{contact.toString}", "{agent.role}", "{x}", "{}"]) {
    assert.equal(fillCanned(hole, values), hole);
  }
});
