import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "./en.ts";
import { es } from "./es.ts";

/** Every text of an area, in no order. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((each) =>
    typeof each === "string" ? [each] : textsOf(each as object),
  );
}

test("a conversation that is over is resolved and nothing else; closed is only the window, which then says what can be sent", () => {
  const others: [object, RegExp, RegExp][] = [
    [es, /conversaci/iu, /cerrad|cerr[óo]|terminad|finalizad/iu],
    [en, /conversation/iu, /closed|finished|ended/iu],
  ];
  for (const [words, about, wrong] of others) {
    const said = textsOf(words).filter((text) => about.test(text));
    assert.ok(said.length > 5);
    assert.deepEqual(
      said.filter((text) => wrong.test(text)),
      [],
    );
  }
  // Beside a conversation's name the word alone would be the conversation's.
  assert.doesNotMatch(es.window.closedShort, /cerrad/iu);
  assert.doesNotMatch(en.window.closedShort, /closed/iu);
});
