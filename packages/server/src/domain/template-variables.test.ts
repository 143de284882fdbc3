import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseTemplateVariables } from "./template-variables.ts";

const READABLE: [what: string, input: string | string[] | undefined, values: string[]][] = [
  ["the manual's own example", "[Carlos] [$100] [miércoles]", ["Carlos", "$100", "miércoles"]],
  ["nothing", undefined, []],
  ["a blank text", "  \n ", []],
  ["no space between", "[a][b]", ["a", "b"]],
  ["commas between", "[a], [b],[c]", ["a", "b", "c"]],
  ["line breaks between", "[a]\r\n[b]", ["a", "b"]],
  ["brackets that nest", "[a [b [c]] d] [e]", ["a [b [c]] d", "e"]],
  ["emoji", "[¡Hola 👩‍👩‍👧! 🎉]", ["¡Hola 👩‍👩‍👧! 🎉"]],
  ["line breaks, tabs and runs inside", "[ a\r\n\tb    c ]", ["a b c"]],
  ["a blank variable, kept", "[a] [ ] []", ["a", "", ""]],
  ["a list", ["Carlos", " $100 "], ["Carlos", "$100"]],
  ["a list whose values hold brackets", ["[x]", "]"], ["[x]", "]"]],
  ["an empty list", [], []],
];

for (const [what, input, values] of READABLE) {
  test(`reads ${what}`, () => {
    assert.deepEqual(parseTemplateVariables(input), { kind: "values", values });
  });
}

const UNREADABLE: [what: string, input: string | string[]][] = [
  ["text without brackets", "Carlos"],
  ["text between variables", "[a] y [b]"],
  ["a bracket that is never closed", "[a] [b"],
  ["a bracket that closes nothing", "[a]] [b]"],
  ["more variables than a template can have", "[a]".repeat(1000)],
  ["a list longer than a template can use", Array.from({ length: 1000 }, () => "a")],
  ["a value beyond every limit", `[${"a".repeat(40_000)}]`],
  ["a million opening brackets", "[".repeat(1_000_000)],
  ["a million closing brackets", "]".repeat(1_000_000)],
  ["a million pairs", "[]".repeat(1_000_000)],
  ["a million nested pairs", "[".repeat(500_000) + "]".repeat(500_000)],
];

for (const [what, input] of UNREADABLE) {
  test(`says that it cannot read ${what}`, () => {
    const result = parseTemplateVariables(input);
    assert.equal(result.kind, "unreadable");
    assert.ok(result.kind === "unreadable" && result.why.length < 100);
  });
}

test("no text of brackets makes it throw, and what it reads has balanced brackets", () => {
  const text = fc.string({ unit: fc.constantFrom("[", "]", ",", " ", "a", "\n", "ñ", "😀") });
  fc.assert(
    fc.property(text, (input) => {
      const result = parseTemplateVariables(input);
      if (result.kind === "unreadable") return;
      for (const value of result.values) {
        const open = value.split("[").length;
        assert.equal(open, value.split("]").length);
        assert.ok(!/\n| {2}/u.test(value));
      }
    }),
  );
});

test("values without brackets come back as they were written", () => {
  const value = fc.string({ unit: fc.constantFrom("a", "ñ", "1", "$", ",", "😀"), minLength: 1 });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), (values) => {
      const text = values.map((each) => `[${each}]`).join(" ");
      assert.deepEqual(parseTemplateVariables(text), { kind: "values", values });
    }),
  );
});

test("what cannot be read says why and where, counted from one", () => {
  const why = (input: string | string[]) => {
    const read = parseTemplateVariables(input);
    return read.kind === "unreadable" ? read.why : null;
  };
  assert.equal(why("[a] ]"), 'a "]" at character 5 closes nothing');
  assert.equal(why("[a] b"), "character 5 stands outside the brackets");
  assert.equal(why("[a] [b"), 'the "[" before character 6 is never closed');
  assert.equal(why("[a]".repeat(257)), "there are more than 256 variables");
  assert.equal(why(["a".repeat(32_769)]), "a variable is longer than 32768 characters");
});

test("the most that is read is 256 values of 32,768 characters", () => {
  assert.equal(parseTemplateVariables("[a]".repeat(256)).kind, "values");
  assert.equal(parseTemplateVariables(["a".repeat(32_768)]).kind, "values");
  assert.equal(parseTemplateVariables(Array.from({ length: 256 }, () => "a")).kind, "values");
  assert.equal(parseTemplateVariables(Array.from({ length: 257 }, () => "a")).kind, "unreadable");
});
