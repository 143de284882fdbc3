import assert from "node:assert/strict";
import { test } from "node:test";
import { type Format, replaceSelection, type Selected, wrapSelection } from "./wrap-selection.ts";

/** `a «b» c`: what stands between the signs is selected. */
function read(drawn: string): Selected {
  const start = drawn.indexOf("«");
  const end = drawn.indexOf("»") - 1;
  return { text: drawn.replace(/[«»]/gu, ""), start, end };
}

function draw({ text, start, end }: Selected): string {
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

test("marks go around the words, blanks stay outside, and the same again takes them away", () => {
  const cases: [string, Format, string][] = [
    ["Hola «Ana» hoy", "bold", "Hola *«Ana»* hoy"],
    ["Hola« Ana »hoy", "italic", "Hola _«Ana»_ hoy".replace("Hola ", "Hola ")],
    ["Hola «»", "strike", "Hola ~«»~"],
    ["Hola *«Ana»* hoy", "bold", "Hola «Ana» hoy"],
    ["Hola «*Ana*» hoy", "bold", "Hola «Ana» hoy"],
    ["«código»", "code", "`«código»`"],
    ["«   »x", "bold", "   *«»*x"],
  ];
  for (const [before, format, expected] of cases) {
    assert.equal(draw(wrapSelection(read(before), format)), expected, before);
  }
});

test("a piece takes the place of what is selected", () => {
  assert.equal(draw(replaceSelection(read("a «b» c"), "😀")), "a 😀«» c");
});
