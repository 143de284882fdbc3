import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { renderText, slotNames, type TemplateDefinition, templateSlots } from "./template.ts";

const PLAIN: TemplateDefinition = {
  header: null,
  body: "Hola",
  footer: null,
  buttons: [],
  parameterFormat: "positional",
};

describe("a template's slots", () => {
  test("count header text, body, URL suffixes and coupon codes, in this order", () => {
    const slots = templateSlots(
      {
        ...PLAIN,
        header: { format: "text", text: "Pedido {{1}}" },
        body: "Hola {{1}}, debe {{2}}",
        buttons: [
          { kind: "quick_reply", text: "Sí", target: null },
          { kind: "url", text: "Ver", target: "https://example.com/{{1}}" },
          { kind: "url", text: "Casa", target: "https://example.com/" },
          { kind: "copy_code", text: "Copiar", target: null },
        ],
      },
      "marketing",
    );
    assert.deepEqual(slots, [
      { part: "header", name: null },
      { part: "body", name: null },
      { part: "body", name: null },
      { part: "button", index: 1, subType: "url" },
      { part: "button", index: 3, subType: "copy_code" },
    ]);
  });

  test("of an authentication template are its code alone, wherever the code stands", () => {
    const otp = { kind: "otp", text: "Copiar", target: null } as const;
    const definition = { ...PLAIN, body: "Su código es {{1}}", buttons: [otp] };
    assert.equal(templateSlots(definition, "authentication").length, 1);
  });

  test("count a variable that stands twice once, and none in the footer or a media header", () => {
    const definition: TemplateDefinition = {
      ...PLAIN,
      header: { format: "image", text: "{{1}}" },
      body: "{{1}} y {{ 1 }} y {{2}}",
      footer: "{{9}}",
    };
    assert.equal(templateSlots(definition, "utility").length, 2);
  });

  test("of a named template carry the names, by first appearance", () => {
    const definition: TemplateDefinition = {
      ...PLAIN,
      body: "{{nombre}} debe {{monto}}, {{nombre}}",
      parameterFormat: "named",
    };
    assert.deepEqual(
      templateSlots(definition, "utility").map((slot) => slot.part === "body" && slot.name),
      ["nombre", "monto"],
    );
  });
});

describe("a rendered text", () => {
  test("puts values where their numbers stand, in whatever order the text uses them", () => {
    assert.equal(renderText("{{2}} antes de {{1}}, {{2}}", ["a", "b"]), "b antes de a, b");
    assert.equal(renderText("{{10}} {{9}}", ["nueve", "diez"]), "diez nueve");
  });

  test("leaves a place without a value as it is, and values that look like places alone", () => {
    assert.equal(renderText("{{1}} {{2}}", ["a"]), "a {{2}}");
    assert.equal(renderText("{{1}} {{2}}", ["{{2}}", "$&"]), "{{2}} $&");
  });

  test("holds every value whole, whatever it contains", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        assert.equal(renderText("<{{1}}>", [value]), `<${value}>`);
      }),
    );
  });
});

test("a slot is called by its own name, else by its place from one", () => {
  const named: TemplateDefinition = { ...PLAIN, body: "{{a}} {{b}}", parameterFormat: "named" };
  assert.deepEqual(slotNames(named, "utility"), ["a", "b"]);
  const coupon = { kind: "copy_code", text: "Copiar", target: null } as const;
  const mixed: TemplateDefinition = { ...PLAIN, body: "{{1}} {{2}}", buttons: [coupon] };
  assert.deepEqual(slotNames(mixed, "marketing"), ["1", "2", "3"]);
  assert.deepEqual(slotNames({ ...PLAIN, body: "x" }, "authentication"), ["1"]);
});

test("slots of what carries no text are those of the body, and the same list while the template stands", () => {
  const image: TemplateDefinition = { ...PLAIN, header: { format: "image", text: "{{1}}" } };
  assert.deepEqual(templateSlots(image, "utility"), []);
  assert.equal(templateSlots(image, "utility"), templateSlots(image, "utility"));
  const bare: TemplateDefinition = { ...PLAIN, header: { format: "text", text: null } };
  assert.deepEqual(templateSlots(bare, "utility"), []);
  const call = { kind: "phone_number", text: "Llamar", target: "57{{1}}" } as const;
  const link = { kind: "url", text: "Ver", target: null } as const;
  assert.deepEqual(templateSlots({ ...PLAIN, buttons: [call, link] }, "utility"), []);
});

test("names that look like numbers beside others keep the order in which they first stand", () => {
  const mixed: TemplateDefinition = {
    ...PLAIN,
    body: "{{b}} {{2}} {{1}}",
    parameterFormat: "named",
  };
  assert.deepEqual(slotNames(mixed, "utility"), ["b", "2", "1"]);
});

test("a text without values is shown as it is written, and a value that is missing leaves its place", () => {
  assert.equal(renderText("Hola {{1}}", []), "Hola {{1}}");
  assert.equal(renderText("Hola {{1}} {{2}}", ["Ana"]), "Hola Ana {{2}}");
});
