import assert from "node:assert/strict";
import { test } from "node:test";
import { fillTemplate } from "./fill-template.ts";

test("header and body take their own values out of one list, and an empty slot stays to be seen", () => {
  const template = {
    header: { format: "text", text: "Pedido {{1}}" },
    body: "Hola {{1}}, llega el {{2}}. {{ciudad}}",
    variables: [
      { name: "1", part: "header" as const },
      { name: "1", part: "body" as const },
      { name: "2", part: "body" as const },
      { name: "ciudad", part: "body" as const },
    ],
  };
  assert.deepEqual(fillTemplate(template, ["A-7", "Ana", " ", "Cali $1"]), {
    header: "Pedido A-7",
    body: "Hola Ana, llega el {{2}}. Cali $1",
  });
  assert.equal(fillTemplate({ ...template, header: null }, []).header, "");
});
