import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, type Draft, listVariables, newDraft, showDraft } from "./draft.ts";

const draft: Draft = {
  ...newDraft(),
  header: "text",
  headerText: "Cita {{ 1 }}",
  body: "Hola {{2}}, {{1}} y {{2}}",
  buttons: [
    { key: "a", kind: "url", text: "Ver", target: "https://example.com/{{3}}" },
    { key: "b", kind: "quick_reply", text: "Sí {{9}}", target: "" },
  ],
  examples: { "1": "lunes", "2": "Ana" },
};

test("variables are listed once, in the order in which they are filled", () => {
  assert.deepEqual(listVariables(draft), ["1", "2", "3"]);
  assert.deepEqual(listVariables({ ...draft, header: "image" }), ["2", "1", "3"]);
});

test("what is sent has examples in that order, and no empty part", () => {
  const content = contentOf({ ...draft, footer: "" });
  assert.deepEqual(content.examples, ["lunes", "Ana", ""]);
  assert.equal(content.footer, null);
  assert.deepEqual(content.buttons?.[1], { kind: "quick_reply", text: "Sí {{9}}", target: null });
  assert.equal("examples" in contentOf({ ...draft, examples: {} }), false);
});

test("the telephone shows examples, and a variable without one as it is written", () => {
  assert.equal(showDraft(draft).body, "Hola Ana, lunes y Ana");
  assert.equal(showDraft({ ...draft, examples: {} }).header?.text, "Cita {{ 1 }}");
});
