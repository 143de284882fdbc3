import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWhatsappText, plainText, type TextNode } from "./whatsapp-text.ts";

function sketch(nodes: TextNode[]): string {
  return nodes
    .map((node) =>
      "children" in node
        ? `${node.kind}(${sketch(node.children)})`
        : node.kind === "plain"
          ? node.text
          : `${node.kind}(${node.text})`,
    )
    .join("");
}

const cases: [string, string, string][] = [
  ["the four marks are recognised", "*a* _b_ ~c~ ```d```", "bold(a) italic(b) strike(c) mono(d)"],
  ["marks nest", "*a _b_ c*", "bold(a italic(b) c)"],
  ["marks within words are text", "2*3*4 snake_case_name", "2*3*4 snake_case_name"],
  ["a mark beside a blank is text", "* a* and *b *", "* a* and *b *"],
  ["an unclosed mark is text", "*a and _b", "*a and _b"],
  ["a mark does not cross a line", "*a\nb*", "*a\nb*"],
  ["punctuation may touch a mark", "(*hola*), ¡_ya_!", "(bold(hola)), ¡italic(ya)!"],
  ["nothing inside mono is read", "```*a* _b_\n~c~```", "mono(*a* _b_\n~c~)"],
  ["inline code holds marks as text", "`*a*`", "code(*a*)"],
  ["empty marks are text", "** __ ~~ ``````", "** __ ~~ ``````"],
  ["accents count as letters", "é*a*é", "é*a*é"],
  [
    "an address ends before punctuation and keeps its underscores",
    "ver https://x.co/a_b_c?d=1.",
    "ver link(https://x.co/a_b_c?d=1).",
  ],
  ["an address within a mark stays one", "*https://x.co*", "bold(link(https://x.co))"],
];

for (const [name, text, expected] of cases) {
  test(name, () => assert.equal(sketch(parseWhatsappText(text)), expected));
}

test("a thousand marks neither lose text nor exhaust the stack", () => {
  const text = `${"*_a~".repeat(1000)}x`;
  const words = sketch(parseWhatsappText(text)).replace(/bold|italic|strike|[*_~()]/g, "");
  assert.equal(words, `${"a".repeat(1000)}x`);
});

test("a line for a list has the words, and none of the signs", () => {
  assert.equal(plainText("*Hola*,\n_su_ ~vieja~ ```clave```"), "Hola, su vieja clave");
  assert.equal(plainText("> dijo esto\n\n* uno\n* dos"), "dijo esto - uno - dos");
  assert.equal(plainText("2*3*4 > 5"), "2*3*4 > 5");
  assert.equal(plainText(" \n "), "");
});
