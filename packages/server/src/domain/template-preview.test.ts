import assert from "node:assert/strict";
import { test } from "node:test";
import type { TemplateDefinition } from "./template.ts";
import { previewTemplate } from "./template-preview.ts";

const SHOP: TemplateDefinition = {
  header: { format: "text", text: "Pedido {{1}}" },
  body: "Hola {{1}}, debe {{2}}",
  footer: "Sol",
  buttons: [
    { kind: "quick_reply", text: "Sí", target: null },
    { kind: "url", text: "Ver", target: "https://example.com/{{1}}?x={{1}}" },
    { kind: "copy_code", text: "Copiar", target: null },
  ],
  parameterFormat: "positional",
};
const preview = (
  definition: TemplateDefinition,
  values: readonly (string | undefined)[],
  examples: readonly string[] = [],
) => previewTemplate({ definition, category: "marketing" }, { values, examples });

test("every value stands in its place: header, body, address, coupon", () => {
  assert.deepEqual(preview(SHOP, ["7", "Ana", "$5", "a$&b", "SOL10"]), {
    header: { format: "text", text: "Pedido 7" },
    body: "Hola Ana, debe $5",
    footer: "Sol",
    buttons: [
      { kind: "quick_reply", text: "Sí", target: null },
      { kind: "url", text: "Ver", target: "https://example.com/a$&b?x={{1}}" },
      { kind: "copy_code", text: "Copiar", target: "SOL10" },
    ],
    missing: [],
  });
});

test("a value that is missing or blank is taken from the examples", () => {
  const { header, body, missing } = preview(
    SHOP,
    [undefined, "  ", ""],
    ["8", "Luz", "$6", "c", "SOL"],
  );
  assert.deepEqual([header?.text, body, missing], ["Pedido 8", "Hola Luz, debe $6", []]);
});

test("what has neither is named, and shown as it is written; a button keeps its address", () => {
  const { header, body, buttons, missing } = preview(SHOP, [], ["8"]);
  assert.equal(header?.text, "Pedido 8");
  assert.equal(body, "Hola {{2}}, debe {{3}}");
  assert.deepEqual(missing, ["2", "3", "4", "5"]);
  assert.deepEqual(buttons, SHOP.buttons);
});

test("a named variable is named by its own name", () => {
  const named = {
    ...SHOP,
    header: null,
    body: "Hola {{cliente}}",
    buttons: [],
    parameterFormat: "named" as const,
  };
  const { body, missing } = preview(named, []);
  assert.deepEqual([body, missing], ["Hola {{cliente}}", ["cliente"]]);
});

test("a header without words stays what it is", () => {
  const image = { ...SHOP, header: { format: "image" as const, text: null } };
  assert.deepEqual(preview(image, []).header, { format: "image", text: null });
  assert.equal(preview({ ...SHOP, header: null }, []).header, null);
});
